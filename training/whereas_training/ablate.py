"""Ablations: short runs that differ in one thing, on the same seeds, in one table.

    python -m whereas_training.ablate --out build/model --minutes 5 --seeds 7 8

Every run starts from the base, not from a published artefact, which has learned what it would be tested for. The runs are far shorter
than a real one: they rank choices, and differences below the spread of the seeds are noise.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from whereas.recognition.schema import load_schema
from whereas.recognition.tokenizer import WordPieces
from whereas_training import pretrain
from whereas_training.ablate_table import table
from whereas_training.batching import CLS, SEP
from whereas_training.evaluate import Logits, Predict, evaluate
from whereas_training.measure import choose
from whereas_training.model import BASE, new_model
from whereas_training.train import Plan, train
from whereas_training.windows import Window, load

CONDITIONS: dict[str, dict[str, Any]] = {
    "reference": {},
    "without letter case": {"cased": False},
    "strict view of the labels": {"view": "strict"},
    "without generated contracts": {"without": ("synthetic",)},
    "without damaged windows": {"without": ("cuad-noisy",)},
    "without pages that were read": {"without": ("cuad-pages",)},
    "without tweets": {"without": ("btc", "wnut")},
    "rare roles weigh like others": {"rare": 1.0},
    "label smoothing 0.05": {"smoothing": 0.05},
    "pretrained on contract text": {"pretrain": True},
}


def torch_predictor(checkpoint: Path, *, cased: bool) -> Predict:
    """Return what runs a window through a checkpoint: float32 logits, shape (tokens, labels)."""
    model = new_model()
    model.load_state_dict(load_file(checkpoint / "model.safetensors"))
    model.eval()

    def predict(window: Window) -> Logits:
        ids = torch.tensor([[CLS, *window.input_ids.tolist(), SEP]])
        types = torch.tensor([[0, *window.token_type_ids.tolist(), 0]]) * int(cased)
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(input_ids=ids, token_type_ids=types, attention_mask=torch.ones_like(ids)).logits
        result: Logits = logits[0, 1:-1].float().numpy().astype(np.float32)
        return result

    return predict


def run_condition(out: Path, name: str, changes: Mapping[str, Any], *, minutes: float, seed: int, contracts: Path) -> dict[str, float]:
    """Train one condition with one seed and return its micro F1 scores."""
    folder = out / "ablations" / f"{name.replace(' ', '-')}-{seed}"
    changes = dict(changes)
    start = "base"
    if changes.pop("pretrain", False):
        start = str(folder / "pretrained" / "checkpoint")
        pretrain.pretrain(folder / "pretrained", contracts, minutes=minutes, start="base", workers=1, batch=16, device="cpu", seed=seed)
    plan = Plan(**{"minutes": minutes, "workers": 1, "rare": 2.0, "start": start, "seed": seed, **changes})
    train(folder, out / "data", plan)
    schema, pieces = load_schema(out), WordPieces.load(BASE / "tokenizer.json")
    predict = torch_predictor(folder / "checkpoint", cased=plan.cased)
    files = {"contracts": "dev.npz", "pages": "pages-dev.npz", "general": "general-dev.npz"}
    sets = {name: load(out / "data" / file) for name, file in files.items()}
    sets["contracts"] = choose(sets["contracts"])
    scores = {s: evaluate(w, [predict(x) for x in w], schema, pieces) for s, w in sets.items()}
    return {
        "roles": scores["contracts"]["role"]["viterbi"]["micro"]["f1"],
        "roles, argmax": scores["contracts"]["role"]["argmax"]["micro"]["f1"],
        "mentions, labelled pages": scores["pages"]["mention"]["viterbi"]["micro"]["f1"],
        "mentions, votes": scores["contracts"]["mention"]["viterbi"]["micro"]["f1"],
        "general mentions": scores["general"]["mention"]["viterbi"]["micro"]["f1"],
    }


def main() -> None:
    """Run the conditions that have no result yet; write ``ablations.json`` and ``ablations.md`` into the run's folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with cuad/")
    parser.add_argument("--out", type=Path, required=True, help="the run's folder, with data/ and label_schema.json in it")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 8])
    parser.add_argument("--only", nargs="+", choices=tuple(CONDITIONS), default=list(CONDITIONS), metavar="CONDITION")
    args = parser.parse_args()
    path = args.out / "ablations.json"
    results: dict[str, dict[str, dict[str, float]]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for seed in args.seeds:
        for name in args.only:
            if str(seed) not in results.setdefault(name, {}):
                results[name][str(seed)] = run_condition(
                    args.out, name, CONDITIONS[name], minutes=args.minutes, seed=seed, contracts=args.data / "cuad"
                )
                path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
                done = {n: list(rows.values()) for n, rows in results.items() if rows}
                (args.out / "ablations.md").write_text(table(done), encoding="utf-8")
                print(name, seed, results[name][str(seed)], flush=True)


if __name__ == "__main__":
    main()
