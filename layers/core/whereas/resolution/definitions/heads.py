"""Which word before a bracket a term takes up: the one that is its head, or those whose initials spell it."""

from __future__ import annotations

import re

from whereas.resolution.definitions.words import AUXILIARIES, VERBS


def spelled_at(term: str, tokens: list[str]) -> int | None:
    """Index of the first of the capitalised words whose initials are the letters of a term like "GMA"; None where there are none."""
    letters = [c for c in term if c.isalpha()]
    if not 2 < len(letters) <= 8 or term != term.upper() or " " in term:
        return None
    words = [(i, t) for i, t in enumerate(tokens) if t[0].isupper()]
    size = len(letters)
    for at in range(len(words) - size, -1, -1):
        run = words[at : at + size]
        if all(t[0] == c for (_, t), c in zip(run, letters, strict=True)) and run[-1][0] - run[0][0] < 2 * size:
            return run[0][0]
    return None


def stem(word: str) -> str:
    """Return a word in lower case without plural and possessive endings."""
    word = re.sub(r"\(.*|'s?\Z|[^\w]+\Z", "", word.lower())
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("es") if word.endswith("sses") else word.rstrip("s")


def head_of(term: str, tokens: list[str], first: int, *, last: bool) -> int | None:
    """Index of the last (or first) token that is the term's head word, else of one that is another long word of it."""
    words = [stem(w) for w in re.split(r"\sof\s", term)[0].split() if len(w) > 2]
    stems = [stem(t) for t in tokens]
    order = list(range(first, len(tokens)))
    for word in reversed(words):
        at = [i for i in order if stems[i] == word and not _is_no_noun(tokens, i) and (word == words[-1] or len(word) > 4)]
        if at:
            # "a monthly fee, half of the usual fee (the "Monthly Fee")": where more words of the term stand together goes first.
            whole = [i for i in at if word == words[-1] and len(words) > 1 and last and stems[max(0, i - len(words) + 1) : i + 1] == words]
            return (whole or at)[-1 if last else 0]
    return None


def _is_no_noun(tokens: list[str], at: int) -> bool:
    """Say whether a word counts something or is a verb: "at $5 per *share*", "shall *pay*", "to *use*"."""
    before = tokens[at - 1].lower() if at else ""
    return before == "per" or (tokens[at] in VERBS and (before == "to" or before in AUXILIARIES))
