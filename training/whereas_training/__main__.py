"""Command line: one command a step, ``all`` for everything, from data to the model layer."""

from __future__ import annotations

import argparse
from pathlib import Path

STEPS = ("data", "train", "export", "quantize", "evaluate", "publish")
ROOT = Path(__file__).resolve().parents[2]


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    result = argparse.ArgumentParser(prog="whereas_training", description=__doc__)
    result.add_argument("step", choices=(*STEPS, "all"), help="the step to run; all runs them in this order")
    result.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with cuad/ and general/ (default: %(default)s)"
    )
    result.add_argument("--out", type=Path, default=ROOT / "build" / "model", help="folder for all that a run makes (default: %(default)s)")
    result.add_argument("--target", type=Path, default=ROOT / "layers" / "model", help="the model layer's folder (default: %(default)s)")
    golden = ROOT / "tests" / "model" / "golden.json"
    result.add_argument("--golden", type=Path, default=golden, help="golden outputs that belong to the artefact (default: %(default)s)")
    result.add_argument(
        "--minutes", type=float, default=75.0, help="wall-clock minutes of training; a broken-off run carries on (default: %(default)s)"
    )
    result.add_argument("--workers", type=int, default=2, help="processes that training uses, one core each (default: %(default)s)")
    result.add_argument("--note", default="", help="what the model card must say of this very run")
    result.add_argument("--version", default="0.1.0", help="version that the model card states (default: %(default)s)")
    return result


def run(step: str, args: argparse.Namespace) -> None:
    """Run one step; imports are local because some steps need torch and others do not."""
    out: Path = args.out
    out.mkdir(parents=True, exist_ok=True)
    if step == "data":
        from whereas_training import dataset
        from whereas_training.model import BASE

        dataset.build(args.data, out / "data", BASE / "tokenizer.json")
    elif step == "train":
        from whereas_training import train

        train.train(out, train.Plan(minutes=args.minutes, workers=args.workers))
    elif step in ("export", "quantize", "evaluate"):
        _convert(step, out)
    else:
        from whereas_training.golden import write_golden
        from whereas_training.publish import publish

        publish(out, args.target, version=args.version, note=args.note)
        write_golden(args.target, args.golden)


def _convert(step: str, out: Path) -> None:
    from whereas_training import export

    if step == "export":
        export.export(out)
        export.write_schema(out / "label_schema.json")
        export.write_tokenizer(out / "tokenizer.json")
    elif step == "quantize":
        for scheme in export.SCHEMES:
            export.quantize(out, scheme)
    else:
        from whereas_training.measure import measure

        measure(out, out)


def main() -> None:
    """Parse the arguments and run."""
    args = parser().parse_args()
    for step in STEPS if args.step == "all" else (args.step,):
        print(f"== {step}", flush=True)
        run(step, args)


if __name__ == "__main__":
    main()
