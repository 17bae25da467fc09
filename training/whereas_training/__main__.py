"""Command line: one command a step, ``all`` for everything, from data to the model layer."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path

from whereas_training.gate import precedence
from whereas_training.sizes import SIZES, TEACHERS, Size

STEPS = ("data", "pretrain", "train", "distil", "export", "quantize", "calibrate", "evaluate", "publish")
ROOT = Path(__file__).resolve().parents[2]


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    result = argparse.ArgumentParser(prog="whereas_training", description=__doc__)
    result.add_argument("step", choices=(*STEPS, "all"), help="the step to run; all runs them in this order")
    result.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with cuad/ and general/ (default: %(default)s)"
    )
    result.add_argument("--score", type=Path, help="folder with document-level scorers; without it documents are not scored")
    result.add_argument("--out", type=Path, default=ROOT / "build" / "model", help="folder for all that a run makes (default: %(default)s)")
    result.add_argument("--target", type=Path, default=ROOT / "layers" / "model", help="the model layer's folder (default: %(default)s)")
    golden = ROOT / "tests" / "model" / "golden.json"
    result.add_argument("--golden", type=Path, default=golden, help="golden outputs that belong to the artefact (default: %(default)s)")
    result.add_argument("--size", choices=tuple(SIZES), default="laptop", help="how long and on what (default: %(default)s)")
    result.add_argument("--pretrain-minutes", type=float, help="instead of the size's: masked-language-model training")
    result.add_argument("--teacher-minutes", type=float, help="instead of the size's: wall-clock minutes of each teacher")
    result.add_argument("--student-minutes", type=float, help="instead of the size's: wall-clock minutes of the student")
    result.add_argument("--pool-only", action="store_true", help="let teachers label the unlabelled pool alone, for lack of time")
    result.add_argument("--workers", type=int, help="instead of the size's: processes that train, one core each")
    result.add_argument(
        "--start",
        default="published",
        help="what training begins with: published (the artefact in --target) or base (default: %(default)s)",
    )
    result.add_argument(
        "--beside", type=Path, metavar="RUN", help="the folder of a run whose data and teachers this one shares: another student"
    )
    result.add_argument(
        "--student-start", type=Path, metavar="CHECKPOINT", help="what the student begins with (default: the mean of its teachers)"
    )
    result.add_argument(
        "--keep", type=int, nargs="+", default=[], metavar="LAYER", help="layers that the student keeps, from 0 (default: all)"
    )
    result.add_argument("--note", default="", help="what the model card must say of this very run")
    result.add_argument("--version", default="", help="semantic version that the model card states; publish needs it")
    result.add_argument("--force", metavar="REASON", help="publish although the gate refuses; the reason lands in the card")
    return result


def size_of(args: argparse.Namespace) -> Size:
    """Return the size that the arguments name, with their exceptions."""
    fields = ("pretrain_minutes", "teacher_minutes", "student_minutes", "workers")
    size = SIZES[args.size]
    size = dataclasses.replace(size, soften_labelled=size.soften_labelled and not args.pool_only)
    return dataclasses.replace(size, **{f: getattr(args, f) for f in fields if getattr(args, f) is not None})


def run(step: str, args: argparse.Namespace) -> None:
    """Run one step; imports are local because some steps need torch and others do not."""
    out: Path = args.out
    out.mkdir(parents=True, exist_ok=True)
    if step == "data":
        _data(args)
    elif step in ("pretrain", "train", "distil"):
        _learn(step, args, size_of(args))
    elif step in ("export", "quantize", "calibrate"):
        _convert(step, out)
    elif step == "evaluate":
        _evaluate(args)
    else:
        from whereas_training.gate import GateRefusedError
        from whereas_training.golden import write_golden
        from whereas_training.publish import publish

        try:
            publish(out, args.target, version=args.version, note=args.note, force_reason=args.force)
        except GateRefusedError as exc:
            sys.exit(str(exc))
        write_golden(args.target, args.golden)


def _data(args: argparse.Namespace) -> None:
    from whereas_training import dataset, pool
    from whereas_training.model import BASE

    previous = args.target if (args.target / "model.onnx").exists() else None
    dataset.build(args.data, args.out / "data", BASE / "tokenizer.json", previous_model=previous)
    pool.build_pool(args.data / "cuad", args.out / "data", BASE / "tokenizer.json", tokens=size_of(args).pool_tokens)


def _learn(step: str, args: argparse.Namespace, size: Size) -> None:
    from whereas_training import distil, pretrain
    from whereas_training.train import Plan, train

    out, data = args.out, args.out / "data"
    for shared in ("data", "teachers") if args.beside else ():
        if not (out / shared).exists():
            (out / shared).symlink_to((args.beside / shared).resolve(), target_is_directory=True)
    common = {"workers": size.workers, "batch": size.batch, "device": size.device}
    if step == "pretrain":
        if size.pretrain_minutes:
            plan = Plan(minutes=size.pretrain_minutes, start=start_of(args), rate=pretrain.RATE, seed=pretrain.SEED, **common)
            pretrain.pretrain(out / "pretrained", args.data / "cuad", plan)
        return
    teachers = [out / "teachers" / str(seed) for _, seed in TEACHERS]
    if step == "train":
        for folder, (view, seed) in zip(teachers, TEACHERS, strict=True):
            print(f"teacher {folder.name}: {view} view", flush=True)
            rate = {"rate": 2.5e-4} if args.start == "base" else {"rate": 1.2e-4, "head_rate": 6e-4}
            plan = Plan(minutes=size.teacher_minutes, start=start_of(args), view=view, seed=seed, rare=2.0, **rate, **common)
            train(folder, data, plan)
        return
    checkpoints = [t / "checkpoint" for t in teachers]
    for name in ("pool", "train") if size.soften_labelled else ("pool",):
        if not (data / f"{name}.soft.npy").exists():
            distil.soften(checkpoints, data, name, device=size.device, threads=size.workers)
    distil.mix(checkpoints, out / "mixed")
    rate, head_rate = (2.5e-4, 1e-3) if args.keep else (1.2e-4, 6e-4)  # what a lost layer did is learned anew
    start = str(args.student_start or out / "mixed")
    plan = Plan(minutes=size.student_minutes, start=start, data=("train", "pool"), soft=0.5, seed=9, view="strict", rare=2.0,
                keep=tuple(args.keep), rate=rate, head_rate=head_rate, **common)  # fmt: skip
    train(out, data, plan)


def start_of(args: argparse.Namespace) -> str:
    """Return what training begins with: what ``pretrain`` made, else a published artefact, else the base."""
    if (args.out / "pretrained" / "checkpoint").exists():
        return str(args.out / "pretrained" / "checkpoint")
    published = args.target / "model.onnx"
    return str(published) if args.start == "published" and published.exists() else "base"


def _convert(step: str, out: Path) -> None:
    from whereas_training import calibrate, export

    if step == "export":
        export.export(out)
        export.write_schema(out / "label_schema.json")
        export.write_tokenizer(out / "tokenizer.json")
    elif step == "quantize":
        for scheme in export.SCHEMES:
            export.quantize(out, scheme)
    else:
        calibrate.calibrate(out)


def _evaluate(args: argparse.Namespace) -> None:
    from whereas_training.evaluation.run import evaluate_model
    from whereas_training.measure import measure
    from whereas_training.publish import stage_artefact

    out: Path = args.out
    measure(out, out)
    stage_artefact(out, out / "staged", version=args.version or "0.0.0")
    served = args.target if (args.target / "model.onnx").exists() else None
    evaluate_model(
        out / "staged", data=args.data, scorers=args.score, out=out / "evaluation", baseline=served, cache=out / "cache",
        windows=out / "data" / "dev.npz",
    )  # fmt: skip


def main() -> None:
    """Parse the arguments and run."""
    made = parser()
    args = made.parse_args()
    if args.step in ("all", "publish"):  # said before the night's training, not after it
        try:
            precedence(args.version)
        except ValueError as exc:
            made.error(f"--version: {exc}")
    for step in STEPS if args.step == "all" else (args.step,):
        print(f"== {step}", flush=True)
        run(step, args)


if __name__ == "__main__":
    main()
