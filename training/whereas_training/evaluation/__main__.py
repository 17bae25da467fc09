"""Command line of the evaluation: ``python -m whereas_training.evaluation --model layers/model``."""

from __future__ import annotations

import argparse
from pathlib import Path

from whereas_training.evaluation.changes import NoRunError
from whereas_training.evaluation.gold import LABELS
from whereas_training.evaluation.run import PAGE, evaluate_model
from whereas_training.evaluation.serving import WORKERS
from whereas_training.evaluation.sources import SEEN, SETS

ROOT = Path(__file__).resolve().parents[3]


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    result = argparse.ArgumentParser(
        prog="whereas_training.evaluation", description="Evaluate a model artefact; writes JSON, HTML and plots."
    )
    build = ROOT / "build"
    result.add_argument("--model", type=Path, default=ROOT / "layers" / "model", help="the artefact's folder (default: %(default)s)")
    result.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data",
        help="folder with cuad/, general/ and kleister-nda/ (default: %(default)s)",
    )  # fmt: skip
    result.add_argument("--score", type=Path, help="folder with document-level scorers; without it documents are not scored")
    result.add_argument("--out", type=Path, default=build / "evaluation", help="folder for the results (default: %(default)s)")
    result.add_argument("--baseline", type=Path, help="an artefact to compare with on the same documents")
    result.add_argument("--previous", type=Path, help="folder of the run to compare with (default: the one that --out holds)")
    result.add_argument("--cache", type=Path, default=build / "evaluation-cache", help="what later runs read again (default: %(default)s)")
    result.add_argument("--windows", type=Path, default=build / "model" / "data" / "dev.npz", help="dev windows (default: %(default)s)")
    result.add_argument("--labels", type=Path, default=LABELS, help="the hand-labelled pages (default: %(default)s)")
    result.add_argument(
        "--sets", nargs="+", choices=(*SETS, *SEEN), default=SETS, help="sets of documents (default: those that the model has not seen)"
    )
    result.add_argument("--no-documents", action="store_true", help="score spans alone")
    result.add_argument("--limit", type=int, help="only so many pages and documents a set")
    result.add_argument("--workers", type=int, default=WORKERS, help="processes (default: %(default)s)")
    return result


def main() -> None:
    """Parse the arguments and evaluate."""
    args = parser().parse_args()
    try:
        evaluate_model(
            args.model, data=args.data, scorers=None if args.no_documents else args.score, out=args.out, baseline=args.baseline,
            previous=args.previous, cache=args.cache, limit=args.limit, sets=args.sets, windows=args.windows, labels=args.labels,
            workers=args.workers,
        )  # fmt: skip
    except NoRunError as exc:
        raise SystemExit(str(exc)) from exc
    print(args.out / PAGE)


if __name__ == "__main__":
    main()
