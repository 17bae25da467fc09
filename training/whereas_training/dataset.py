"""The windows that training reads, from contracts, pages that were read, generated contracts and general English.

``build`` takes the data folder as an argument; the public originals are named in ``cuad`` and ``general``. Kleister-NDA is
never read here: it states no licence.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import pickle
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from whereas.recognition.artefact import MODEL_FILE, sha256_of
from whereas.recognition.tokenizer import Tokens, WordPieces
from whereas_training import cuad, general, pages, previous, silver, synthetic, voting
from whereas_training.augment import clutter, damage
from whereas_training.evaluation import gold
from whereas_training.evaluation.gold import Page
from whereas_training.labels import MENTIONS, ROLES, Span, all_labels, token_masks
from whereas_training.windows import WINDOW, Window, save

NEGATIVES = 10
"""Windows a contract drawn at random, besides those around evidence."""

MOSTLY_READ = 0.8
"""Share of a window's text that lies in labelled pages, from which on it counts as one of them."""

NOISY = 0.2
"""Share of contract windows repeated with the damage that OCR does, or with clutter between their lines."""


def _starts(tokens: Tokens, anchors: list[int], text: str, read: Sequence[Page], rng: random.Random) -> list[int]:
    """Choose window starts (token indices): the opening, pages read, around each anchor, signature blocks, and some at random."""
    last = max(0, len(tokens) - WINDOW)
    wanted = [0, WINDOW - 64]
    for page in read:
        first, end = (int(i) for i in np.searchsorted(tokens.offsets[:, 0], (page.start, page.end)))
        wanted += [*range(first, max(first + 1, end - WINDOW), WINDOW - 64), end - WINDOW]
    positions = np.searchsorted(tokens.offsets[:, 0], [*anchors, *(m.start() for m in cuad.WITNESS.finditer(text))])
    wanted += [int(p) - rng.randint(80, WINDOW - 80) for p in positions]
    wanted += [rng.randint(0, last) for _ in range(NEGATIVES)]
    starts: list[int] = []
    for start in wanted:
        start = min(max(start, 0), last)
        if all(abs(start - s) > WINDOW // 3 for s in starts):
            starts.append(start)
    return starts


@dataclass(frozen=True, slots=True)
class _Job:
    """One window of a contract before its labels are merged; spans count from the window's start, ``low`` in the contract's text."""

    contract: str
    low: int
    tokens: Tokens
    text: str
    roles: list[Span]
    mentions: list[Span]
    opening: bool
    lower: frozenset[str]


def _jobs(contracts: Iterable[cuad.Contract], pieces: WordPieces, read: Mapping[str, Sequence[Page]], rng: random.Random) -> Iterator[_Job]:
    for contract in contracts:
        labelled, tokens = cuad.label(contract), pieces.encode(contract.text)
        lower = frozenset(re.findall(r"\b[a-z]{3,}\b", contract.text))
        for start in _starts(tokens, labelled.anchors, contract.text, read.get(contract.contract_id, ()), rng):
            part = slice(start, min(start + WINDOW, len(tokens)))
            low, high = int(tokens.offsets[part][0, 0]), int(tokens.offsets[part][-1, 1])
            roles, mentions = (
                [s.shifted(-low) for s in spans if s.start < high and s.end > low] for spans in (labelled.roles, labelled.mentions)
            )
            cut = Tokens(tokens.input_ids[part], tokens.token_type_ids[part], tokens.offsets[part] - low, tokens.word_ids[part])
            yield _Job(contract.contract_id, low, cut, contract.text[low:high], roles, mentions, start == 0, lower)


def _taggers(jobs: list[_Job], previous_model: Path | None, votes: Path | None) -> list[list[list[Span]]]:
    """Return each tagger's spans of each window; taggers run side by side, and what they said is kept in ``votes``."""
    key = hashlib.sha256("\0".join(job.text for job in jobs).encode()).hexdigest()[:16]
    calls: dict[str, tuple[Callable[..., list[list[Span]]], tuple[Any, ...]]] = {
        "silver": (silver.label_all, ([(job.text, job.lower) for job in jobs],))
    }
    if previous_model:
        model = sha256_of(previous_model / MODEL_FILE)[:16]
        calls[f"model-{model}"] = (previous.label_all, (previous_model, [job.text for job in jobs]))
    with ProcessPoolExecutor(len(calls), mp_context=multiprocessing.get_context("spawn")) as pool:
        kept = {name: votes / f"{name}-{key}.pickle" if votes else None for name in calls}
        running = {name: pool.submit(call, *args) for name, (call, args) in calls.items() if not (kept[name] and kept[name].exists())}
        found = {}
        for name, path in kept.items():
            found[name] = running[name].result() if name in running else pickle.loads(path.read_bytes())
            if path and name in running:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(pickle.dumps(found[name]))
    return list(found.values())


def contract_windows(
    folder: Path, pieces: WordPieces, *, split: str, previous_model: Path | None, votes: Path | None = None, seed: int = 7
) -> Iterator[Window]:
    """Yield the windows of one CUAD split: lawyers' answers and rules, names by the vote of all labellers, pages as they were read.

    Args:
        folder: the ``cuad`` folder.
        pieces: the tokenizer.
        split: "train" or "dev".
        previous_model: a published artefact that votes on names; None for a vote without one.
        votes: folder that keeps what the taggers said of these very windows, for a build that is run again.
        seed: decides where windows lie and which are damaged.
    """
    rng = random.Random(seed)
    read = pages.pages_of(folder) if split == "train" else {}
    jobs = list(_jobs(cuad.read_contracts(folder, split=split), pieces, read, rng))
    taggers = _taggers(jobs, previous_model, votes)
    voted = [voting.vote(job.text, job.lower, job.mentions, found) for job, *found in zip(jobs, *taggers, strict=True)]
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    for job, mentions in zip(jobs, voted, strict=True):
        names.setdefault(job.contract, {}).update(voting.telling_names(job.text, mentions, job.lower))
    for found in (p for group in read.values() for p in group):  # last: what was read overrules what was voted
        names.setdefault(found.contract, {}).update(voting.telling_names(found.text, pages.read_spans([found]), frozenset()))
    for job, mentions in zip(jobs, voted, strict=True):
        merged, source = voting.propagate(job.text, mentions, names[job.contract]), f"cuad-{split}"
        here = read.get(job.contract, [])
        if here:
            low, high = job.low, job.low + len(job.text)
            settled = pages.settle([s.shifted(low) for s in merged], here)
            merged = [s.shifted(-low) for s in settled if s.start < high and s.end > low]
            source = "cuad-pages" if pages.share_read(low, high, here) > MOSTLY_READ else source
        forms = pages.form_masks(job.tokens.offsets + job.low, here) if here else None
        yield replace(_window(job.tokens, merged, job.roles, opening=job.opening, source=source), forms=forms)
        if split == "train" and rng.random() < NOISY:
            text, (merged, roles) = clutter(job.text, (merged, job.roles), rng, pieces=rng.choice((0, 1, 3)))
            text = damage(text, rng, share=rng.choice((0.0, 0.01, 0.02, 0.04)))
            yield _window(pieces.encode(text), merged, roles, opening=job.opening, source="cuad-noisy")


def page_windows(folder: Path, pieces: WordPieces, labels: Path, *, source: str) -> Iterator[Window]:
    """Yield labelled pages of the ``cuad`` folder as windows side by side: all that was read, nothing else, and no roles."""
    for page in (p for group in pages.pages_of(folder, labels).values() for p in group):
        tokens = pieces.encode(page.text[page.start : page.end])
        offsets = tokens.offsets + page.start
        masks = token_masks(offsets, pages.read_spans([page]), MENTIONS), np.full(len(tokens), all_labels(ROLES))
        forms = pages.form_masks(offsets, [page])
        for start in range(0, len(tokens), WINDOW):
            part = slice(start, start + WINDOW)
            ids, types = tokens.input_ids[part], tokens.token_type_ids[part]
            yield Window(ids, types, masks[0][part], masks[1][part], start == 0, source, forms[part])


def synthetic_windows(pieces: WordPieces, *, seed: int = 7) -> Iterator[Window]:
    """Yield the windows of generated contracts."""
    for written in synthetic.contracts(seed=seed):
        tokens = pieces.encode(written.text)
        masks = token_masks(tokens.offsets, written.mentions, MENTIONS), token_masks(tokens.offsets, written.roles, ROLES)
        for start in range(0, len(tokens), WINDOW):
            part = slice(start, start + WINDOW)
            yield Window(tokens.input_ids[part], tokens.token_type_ids[part], masks[0][part], masks[1][part], start == 0, "synthetic")


def _window(tokens: Tokens, mentions: list[Span], roles: list[Span], *, opening: bool, source: str) -> Window:
    masks = token_masks(tokens.offsets, mentions, MENTIONS), token_masks(tokens.offsets, roles, ROLES)
    return Window(tokens.input_ids, tokens.token_type_ids, *masks, opening, source)


def general_windows(path: Path, pieces: WordPieces, *, words: int = 110) -> Iterator[Window]:
    """Yield the passages of a general set as windows; contract roles are O there, except in loan agreements: unknown."""
    for passage in general.read_passages(path, words=words):
        tokens = pieces.encode(passage.text)
        roles = np.full(len(tokens), all_labels(ROLES) if passage.contract else 1, dtype=np.int64)
        mentions = token_masks(tokens.offsets, passage.mentions, MENTIONS)
        for start in range(0, len(tokens), WINDOW):
            part = slice(start, start + WINDOW)
            yield Window(tokens.input_ids[part], tokens.token_type_ids[part], mentions[part], roles[part], False, path.stem)


def _hashes(data: Path) -> dict[str, str]:
    files = [
        data / "cuad" / "contracts.jsonl",
        data / "cuad" / "spans.jsonl",
        pages.LABELS,
        pages.CALIBRATION,
        gold.LABELS,
        *(data / "general" / f"{n}.jsonl" for n in [*general.TRAIN, general.DEV]),
    ]
    hashes = {f"{f.parent.name}/{f.name}": hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
    texts = hashlib.sha256()
    for f in sorted((data / "cuad" / "text").glob("*.txt")):
        texts.update(f.name.encode() + hashlib.sha256(f.read_bytes()).digest())
    return {**hashes, "cuad/text": texts.hexdigest()}


def build(data: Path, out: Path, tokenizer: Path, *, previous_model: Path | None = None) -> None:
    """Write ``train.npz``, ``dev.npz`` (CUAD), two files of its labelled pages, ``general-dev.npz`` (GUM), and sources' hashes."""
    pieces = WordPieces.load(tokenizer)
    train = list(contract_windows(data / "cuad", pieces, split="train", previous_model=previous_model, votes=out / "votes"))
    print(f"cuad train: {len(train)} windows", flush=True)
    train += synthetic_windows(pieces)
    for name, repeats in general.TRAIN.items():
        windows = list(general_windows(data / "general" / f"{name}.jsonl", pieces))
        print(f"{name}: {len(windows)} windows", flush=True)
        train += windows * repeats
    save(out / "train.npz", train)
    save(out / "dev.npz", list(contract_windows(data / "cuad", pieces, split="dev", previous_model=None, votes=out / "votes")))
    save(out / "pages-dev.npz", list(page_windows(data / "cuad", pieces, gold.LABELS, source="cuad-pages-dev")))
    save(out / "pages-calibration.npz", list(page_windows(data / "cuad", pieces, pages.CALIBRATION, source=pages.CALIBRATION_SOURCE)))
    save(out / "general-dev.npz", list(general_windows(data / "general" / f"{general.DEV}.jsonl", pieces)))
    (out / "data.json").write_text(
        json.dumps(
            {
                "sha256": _hashes(data),
                "voter": sha256_of(previous_model / MODEL_FILE) if previous_model else None,
                "windows": len(train),
                "tokens": sum(len(w.input_ids) for w in train),
            },
            indent=1,
        )
    )
    print(f"train: {len(train)} windows, {sum(len(w.input_ids) for w in train)} tokens", flush=True)
