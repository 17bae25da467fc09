"""Ablations: short runs that differ in one thing, on the same seeds, in one table.

    python -m whereas_training.ablate --out build/model --tokens 800000 --seeds 7 8

Every run starts from the base, not from a published artefact, which has learned what it would be tested for, and sees as many tokens as
every other, so that the same seed gives the same run on a busy machine. The runs are far shorter than a real one: they rank choices,
and differences below the spread of the seeds are noise. A run that has its result is not done again; two processes with a seed each
may share a folder.
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
    "without pages that were read": {"without": ("cuad-pages",)},
    "one labeller's word is no label": {"view": "abstain"},
    "after pretraining on contracts": {"pretrain": True},
    "with a teacher": {"data": ("train", "pool"), "soft": 0.5},
    "rare roles weigh like others": {"rare": 1.0},
    "label smoothing 0.05": {"smoothing": 0.05},
    "without damaged windows": {"without": ("cuad-noisy",)},
    "without generated contracts": {"without": ("synthetic",)},
    "without tweets": {"without": ("btc", "wnut")},
}
"""The reference is the recipe of the published models, without their start, their length and their teacher."""


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


def run_condition(out: Path, name: str, changes: Mapping[str, Any], *, tokens: int, seed: int, contracts: Path) -> dict[str, float]:
    """Train one condition with one seed and return its micro F1 scores; pretraining sees as many tokens again."""
    folder = out / "ablations" / f"{name.replace(' ', '-')}-{seed}"
    changes = dict(changes)
    start = "base"
    if changes.pop("pretrain", False):
        start = str(folder / "pretrained" / "checkpoint")
        pretrain.pretrain(folder / "pretrained", contracts, Plan(tokens=tokens, workers=1, rate=pretrain.RATE, seed=seed))
    plan = Plan(**{"tokens": tokens, "workers": 1, "batch": 8, "rare": 2.0, "view": "strict", "start": start, "seed": seed, **changes})
    train(folder, out / "data", plan)
    schema, pieces = load_schema(out), WordPieces.load(BASE / "tokenizer.json")
    predict = torch_predictor(folder / "checkpoint", cased=plan.cased)
    files = {"contracts": ("dev",), "pages": ("pages-dev", "pages-calibration"), "general": ("general-dev",)}
    sets = {name: [w for stem in stems for w in load(out / "data" / f"{stem}.npz")] for name, stems in files.items()}
    sets["contracts"] = choose(sets["contracts"])
    scores = {s: evaluate(w, [predict(x) for x in w], schema, pieces) for s, w in sets.items()}
    (folder / "state.pt").unlink()
    return {
        "mentions, contract pages": scores["pages"]["mention"]["viterbi"]["micro"]["f1"],
        "the same by argmax": scores["pages"]["mention"]["argmax"]["micro"]["f1"],
        "roles": scores["contracts"]["role"]["viterbi"]["micro"]["f1"],
        "roles by argmax": scores["contracts"]["role"]["argmax"]["micro"]["f1"],
        "mentions, general English": scores["general"]["mention"]["viterbi"]["micro"]["f1"],
    }


def gather(out: Path) -> dict[str, list[dict[str, float]]]:
    """Return the results that lie in the run's folder: by condition, in the order of the conditions, a row a seed."""
    found = {name: sorted((out / "ablations").glob(f"{name.replace(' ', '-')}-*.json")) for name in CONDITIONS}
    return {name: [json.loads(p.read_text(encoding="utf-8")) for p in paths] for name, paths in found.items() if paths}


def main() -> None:
    """Run the conditions that have no result yet; write a result a run, and ``ablations.md``, into the run's folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with cuad/")
    parser.add_argument("--out", type=Path, required=True, help="the run's folder, with data/ and label_schema.json in it")
    parser.add_argument("--tokens", type=int, default=800_000, help="what each run sees (default: %(default)s, 8 minutes a core)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 8])
    parser.add_argument("--only", nargs="+", choices=tuple(CONDITIONS), default=list(CONDITIONS), metavar="CONDITION")
    args = parser.parse_args()
    for name in args.only:
        for seed in args.seeds:
            path = args.out / "ablations" / f"{name.replace(' ', '-')}-{seed}.json"
            if not path.exists():
                row = run_condition(args.out, name, CONDITIONS[name], tokens=args.tokens, seed=seed, contracts=args.data / "cuad")
                path.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
                print(name, seed, row, flush=True)
            (args.out / "ablations.md").write_text(table(gather(args.out)), encoding="utf-8")


if __name__ == "__main__":
    main()
