"""Does the artefact answer the same on other processors? Golden sentences and generated contracts, compared with this machine's answers.

Needs Debian 12 or a relative of it with ``qemu-user`` installed, and a network for the arm64 parts, which are kept. A minute or two a
processor. Dynamic quantization rounds activations to 8 bits, so the last bit of a float, which differs between kernels, can move a value by
a whole step; what is compared is what becomes of that.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whereas_training.emulators import PROCESSORS, ROOT, emulate

MODEL, GOLDEN = ROOT / "layers" / "model", ROOT / "tests" / "model" / "golden.json"
SURE, NEAR = 0.8, 0.2
"""As ``tests/model``: a mention found with this score must be found again, with a score this close."""
STRAY = 0.02
"""Share of a contract's mentions, sure ones, that may be found on one side only: bounds that move count twice. No golden one may."""
CHUNKS = 2
"""Chunks of each generated contract, from its beginning."""
Span = tuple[str, str, int, int]
Answers = list[dict[Span, float]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two machines' answers: ``only`` counts mentions that one of them lacks, ``only_sure`` those with a score of ``SURE`` or more."""

    mentions: int
    only: int
    only_sure: int
    largest: float
    mean: float

    def is_close(self, *, stray: float = 0.0) -> bool:
        """Say whether the answers are as close as the model's tests demand, but for a share of ``stray`` sure mentions."""
        return self.only_sure <= stray * self.mentions and self.largest < NEAR


def compare(here: Sequence[Mapping[Span, float]], there: Sequence[Mapping[Span, float]]) -> Difference:
    """Compare the mentions of the same texts.

    Raises:
        ValueError: there are not as many texts in one as in the other.
    """
    pairs = list(zip(here, there, strict=True))
    moved = [abs(a[span] - b[span]) for a, b in pairs for span in a.keys() & b.keys()]
    only = [score for a, b in pairs for one, other in ((a, b), (b, a)) for span, score in one.items() if span not in other]
    return Difference(
        sum(len(a) for a, _ in pairs), len(only), sum(s >= SURE for s in only), round(max(moved, default=0.0), 4),
        round(sum(moved) / max(len(moved), 1), 5),
    )  # fmt: skip


def answers(model: Path, texts: Sequence[str]) -> list[list[list[Any]]]:
    """Return layer, type, start, end and score of the mentions of each text; runs inside the emulator too."""
    from whereas.recognition.recognizer import Recognizer
    from whereas.types import Chunk

    recognizer = Recognizer.load(model)
    found = [recognizer.recognize([Chunk(0, 0, len(text), text, 0)])[0] for text in texts]
    return [[[m.layer, m.type, m.start, m.end, m.score] for m in one.mentions] for one in found]


def by_span(rows: Sequence[Sequence[Sequence[Any]]]) -> Answers:
    """Return scores by layer, type, start and end, for each text."""
    return [{(m[0], m[1], m[2], m[3]): float(m[4]) for m in row} for row in rows]


def contracts(model: Path) -> list[str]:
    """Return the first chunks of one generated contract of each kind."""
    from whereas.chunking.windows import split_chunks
    from whereas.recognition.artefact import TOKENIZER_FILE
    from whereas.recognition.schema import load_schema
    from whereas.recognition.tokenizer import WordPieces
    from whereas_local.samples.composing import KINDS, compose

    schema, pieces = load_schema(model), WordPieces.load(model / TOKENIZER_FILE)
    texts = []
    for kind in KINDS:
        text = "\n".join(f"{b.number} {b.plain}".strip() for b in compose(kind, seed=1).blocks if b.plain)
        texts += [c.text for c in split_chunks(text, pieces, max_tokens=schema.max_tokens, overlap=schema.overlap)[:CHUNKS]]
    return texts


def main() -> int:
    """Compare all processors; 1 where one is not close or did not run."""
    parser = argparse.ArgumentParser(prog="python -m whereas_training.elsewhere", description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL, help="the model layer's folder (default: %(default)s)")
    parser.add_argument("--golden", type=Path, default=GOLDEN, help="its golden outputs (default: %(default)s)")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "elsewhere", help="for arm64's Python (default: %(default)s)")
    parser.add_argument("--report", type=Path, help="file for the figures, as JSON")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        print(json.dumps(answers(args.model, json.loads(args.inside.read_text(encoding="utf-8")))))
        return 0
    golden = json.loads(args.golden.read_text(encoding="utf-8"))["rows"]
    sentences = [row["text"] for row in golden]
    texts = [*sentences, *contracts(args.model)]
    here = by_span(answers(args.model, texts))
    args.folder.mkdir(parents=True, exist_ok=True)
    handed = args.folder / "texts.json"
    handed.write_text(json.dumps(texts), encoding="utf-8")
    report: dict[str, Any] = {
        "machine": platform.machine(),
        "sentences": len(sentences),
        "chunks": len(texts) - len(sentences),
        "processors": {},
    }
    failed = False
    for processor in PROCESSORS:
        try:
            inside = ["-m", "whereas_training.elsewhere", "--inside", str(handed), "--model", str(args.model)]
            there = by_span(json.loads(emulate(processor, inside, folder=args.folder / "arm64")))
        except (OSError, RuntimeError, subprocess.SubprocessError) as exc:
            print(f"{processor.name}: did not run: {exc}", flush=True)
            report["processors"][processor.name], failed = {"error": str(exc)}, True
            continue
        size = len(sentences)
        found = {
            "golden": compare(by_span([row["mentions"] for row in golden]), there[:size]),
            "contracts": compare(here[size:], there[size:]),
        }
        failed |= not (found["golden"].is_close() and found["contracts"].is_close(stray=STRAY))
        report["processors"][processor.name] = {name: asdict(difference) for name, difference in found.items()}
        for name, row in found.items():
            print(
                f"{processor.name}, {name}: {row.mentions} mentions, {row.only} on one side only ({row.only_sure} of them sure), "
                f"scores differ by {row.largest:.4f} at most, {row.mean:.5f} on average",
                flush=True,
            )
    if args.report:
        args.report.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
