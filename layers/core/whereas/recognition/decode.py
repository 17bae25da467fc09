"""Logits to mentions: probabilities, the best legal BIO path over whole words, spans without stray punctuation.

Decoding is by words: all pieces of a word share one label, so that no mention begins or ends inside a word. The best path is
found by Viterbi over the legal moves (I-X follows B-X or I-X alone), which needs no trained transitions and can never emit
an illegal sequence (Forney 1973; for NER, Lample et al. 2016, arXiv 1603.01360, with learned transitions).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from whereas.errors import ModelContractError
from whereas.recognition.schema import Group, LabelSchema
from whereas.recognition.spans import skip_article, take_stop, trim
from whereas.recognition.tokenizer import Tokens
from whereas.types import Mention, TokenScores

Floats = npt.NDArray[np.float32]

QUIET = 0.98
"""Tokens with P(no role) from here on have no role scores: they are nearly all of a contract."""
LEAST = 0.01
"""Role probabilities below this are left out."""


def log_softmax(logits: Floats) -> Floats:
    """Return log-probabilities over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def word_scores(log_probs: Floats, firsts: npt.NDArray[np.int64]) -> Floats:
    """Sum piece scores to word scores.

    Args:
        log_probs: float32, shape (tokens, labels) of one BIO group, O first, then B and I in turn.
        firsts: int64, shape (words,): each word's first token; the first is 0.

    Returns:
        float32, shape (words, labels): the word's first piece takes the label, its other pieces O or the I of its type.
    """
    following = log_probs.copy()
    following[:, 1::2] = following[:, 2::2]
    following[firsts] = log_probs[firsts]
    result: Floats = np.add.reduceat(following, firsts, axis=0)
    return result


def is_legal(path: npt.NDArray[np.int64]) -> bool:
    """Say whether a path of columns has no I without its B or I before it."""
    before = np.concatenate(([0], path[:-1]))
    inside = (path > 0) & (path % 2 == 0)
    return bool(np.all(~inside | (before == path) | (before == path - 1)))


def best_path(scores: Floats) -> npt.NDArray[np.int64]:
    """Return the legal path of columns with the highest sum of scores.

    Args:
        scores: float32, shape (words, labels): log-probabilities; columns O, B-0, I-0, B-1, I-1, …

    Returns:
        int64, shape (words,).
    """
    greedy: npt.NDArray[np.int64] = scores.argmax(axis=1)
    if is_legal(greedy):  # the best of all paths is the best of the legal ones, if legal
        return greedy
    steps, width = scores.shape
    back = np.zeros((steps, width), dtype=np.int64)
    begins, insides = np.arange(1, width, 2), np.arange(2, width, 2)
    best = scores[0].astype(np.float64)
    best[insides] = -np.inf
    for i in range(1, steps):
        top = int(best.argmax())
        back[i] = top
        stay = best[insides] >= best[begins]
        back[i, insides] = np.where(stay, insides, begins)
        best = best[back[i]] + scores[i]
    path = np.zeros(steps, dtype=np.int64)
    path[-1] = int(best.argmax())
    for i in range(steps - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def type_probabilities(probs: Floats, group: Group, schema: LabelSchema) -> tuple[tuple[str, ...], Floats]:
    """Return public types and, float32 of shape (tokens, types), each one's P(B) + P(I), shared labels counted for all."""
    public = tuple(dict.fromkeys(t for kind in group.types for t in schema.public_types(kind)))
    marginals = np.zeros((len(probs), len(public)), dtype=np.float32)
    for i, kind in enumerate(group.types):
        for name in schema.public_types(kind):
            marginals[:, public.index(name)] += probs[:, 2 * i + 1] + probs[:, 2 * i + 2]
    return public, np.minimum(marginals, 1.0)


def path_spans(path: npt.NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Return (first word, end word, type index) of a legal path's entities."""
    spans: list[tuple[int, int, int]] = []
    for begin in np.flatnonzero(path % 2 == 1):
        end = int(begin) + 1
        while end < len(path) and path[end] == path[begin] + 1:
            end += 1
        spans.append((int(begin), end, (int(path[begin]) - 1) // 2))
    return spans


def join_touching(spans: list[tuple[int, int, int]], offsets: npt.NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Join neighbours of one type with nothing between them: the tokenizer cuts "US$5" in two words, a reader does not.

    Args:
        spans: (first token, end token, type index), sorted.
        offsets: int64, shape (tokens, 2), characters.
    """
    joined: list[tuple[int, int, int]] = []
    for first, end, kind in spans:
        if joined and joined[-1][2] == kind and joined[-1][1] == first and offsets[first - 1, 1] == offsets[first, 0]:
            joined[-1] = (joined[-1][0], end, kind)
        else:
            joined.append((first, end, kind))
    return joined


def _firsts(word_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.concatenate(([0], np.flatnonzero(np.diff(word_ids)) + 1)).astype(np.int64)


def decode_mentions(logits: Floats, tokens: Tokens, text: str, *, schema: LabelSchema, chunk_start: int) -> list[Mention]:
    """Turn one chunk's token logits into mentions of the document.

    Args:
        logits: float32, shape (tokens, labels), unnormalised, special tokens left out.
        tokens: the chunk's tokens.
        text: the chunk's text.
        schema: what the columns mean.
        chunk_start: where the chunk starts in the cleaned text, in characters.

    Returns:
        Mentions sorted by start; score is the mean probability of the type over the mention's tokens, calibrated as the
        schema says. Mentions below their type's threshold are left out.

    Raises:
        ModelContractError: columns and labels differ in number.
    """
    _check_width(logits, schema)
    if not len(tokens):
        return []
    firsts = _firsts(tokens.word_ids)
    ends = np.append(firsts[1:], len(tokens))
    found: list[Mention] = []
    for group in schema.groups:
        log_probs = log_softmax(logits[:, group.columns])
        names, marginals = type_probabilities(np.exp(log_probs), group, schema)
        calibration = schema.calibration_of(group.layer)
        spans = [(int(firsts[a]), int(ends[b - 1]), kind) for a, b, kind in path_spans(best_path(word_scores(log_probs, firsts)))]
        for first, stop, kind in join_touching(spans, tokens.offsets):
            rows = slice(first, stop)
            start, end = trim(text, int(tokens.offsets[rows.start, 0]), int(tokens.offsets[rows.stop - 1, 1]))
            if start == end:
                continue
            end = take_stop(text, start, end)
            if group.layer == "mention":
                start = skip_article(text, start, end)
            for name in schema.public_types(group.types[kind]):
                score = round(calibration.apply(float(marginals[rows, names.index(name)].mean())), 4)
                if score >= schema.thresholds.get(name, 0.0):
                    found.append(Mention(group.layer, name, start + chunk_start, end + chunk_start, score))
    return sorted(found, key=lambda m: (m.start, m.end, m.layer, m.type))


def role_scores(logits: Floats, tokens: Tokens, *, schema: LabelSchema, chunk_start: int) -> list[TokenScores]:
    """Return the role probabilities of the tokens of one chunk that may have a role; arguments as ``decode_mentions``.

    Raises:
        ModelContractError: columns and labels differ in number.
    """
    _check_width(logits, schema)
    scores: list[TokenScores] = []
    for group in (g for g in schema.groups if g.layer == "role" and len(tokens)):
        probs = np.exp(log_softmax(logits[:, group.columns] / np.float32(schema.calibration_of(group.layer).token_temperature)))
        names, marginals = type_probabilities(probs, group, schema)
        for row in np.flatnonzero(probs[:, 0] < QUIET):
            start, end = tokens.offsets[row] + chunk_start
            scores.append(TokenScores(int(start), int(end), _ranked(names, marginals[row])))
    return scores


def _ranked(names: Sequence[str], values: Floats) -> tuple[tuple[str, float], ...]:
    kept = [(name, round(float(value), 4)) for name, value in zip(names, values, strict=True) if value >= LEAST]
    return tuple(sorted(kept, key=lambda pair: (-pair[1], pair[0])))


def _check_width(logits: Floats, schema: LabelSchema) -> None:
    if logits.shape[1] != schema.width:
        raise ModelContractError(f"the label schema has {schema.width} columns, the logits {logits.shape[1]}: publish the model anew")
