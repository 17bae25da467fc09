"""Whether a contract renews itself, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whereas.resolution.facts import Locate, evidence
from whereas.resolution.forms.windows import find_from
from whereas.resolution.provisions import renewalcues as cue
from whereas.resolution.view import View, rx
from whereas.types import Fact

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading

_SPEAKS = rx(
    r"\b(?:renew\w*|exten(?:d|ds|ded|sion|sions|ding)|evergreen|successive|prolong\w*|roll(?:s|ed)? over|"
    r"(?:year|month)[ -]to[ -](?:year|month))\b"
)
_SPEAKS_STEMS = ("renew", "exten", "evergreen", "successive", "prolong", "roll", "year", "month")
_HEADING = rx(r"\b(?:term|duration|renewal|extension|period)\b")
_SAME_LENGTH = rx(
    r"\b(?:terms?|periods?) (?:of|with) (?:the )?(?:same|like|equal|equivalent|identical) (?:duration|length|term|period)s?\b|"
    r"\b(?:terms?|periods?) (?:each )?(?:equal|equivalent|identical)(?: in (?:length|duration))? to (?:that of )?the "
    r"(?:initial|original|previous|preceding) (?:term|period)\b|"
    r"\b(?:for|by) (?:(?:a|an|the|successive|consecutive|additional|further) )?(?:like|equal|similar|same|identical) (?:terms?|periods?)\b"
)
_MAX_SENTENCES = 400
_LADDER = (
    (cue.NEVER, False, 0.9, "renewal-denied"),
    (cue.AUTOMATIC, True, 0.95, "renewal-automatic"),
    (cue.UNLESS, True, 0.9, "renewal-unless"),
    (cue.ON_DEMAND, False, 0.8, "renewal-on-demand"),
    (cue.RENEWS, True, 0.7, "renewal-recurs"),
)


@dataclass(frozen=True, slots=True)
class RenewalWords:
    """Words on renewal as [start, end), what they say and how surely."""

    start: int
    end: int
    automatic: bool
    score: float
    rule: str


def _sentences(view: View) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in find_from(view, _SPEAKS, *_SPEAKS_STEMS):
        if found and match.start() < found[-1][1]:
            continue
        found.append(view.sentence(match.start(), reach=600))
        if len(found) == _MAX_SENTENCES:
            break
    return found


def _first(patterns: tuple[re.Pattern[str], ...], view: View, start: int, end: int) -> re.Match[str] | None:
    found = [m for p in patterns if (m := p.search(view.shadow, start, end))]
    return min(found, key=lambda m: (m.start(), -m.end())) if found else None


def _says(view: View, start: int, end: int) -> RenewalWords | None:
    """What one sentence says; a denial is looked for first, for it holds the words of what it denies."""
    for patterns, automatic, score, rule in _LADDER:
        match = _first(patterns, view, start, end)
        # "notice that the term will not be renewed" denies nothing: it is what stops a renewal.
        if match and not (patterns is cue.NEVER and cue.CONDITION.search(view.shadow, max(start, match.start() - 110), match.start())):
            asked = patterns is cue.RENEWS and cue.ASKED.search(view.shadow, start, end)
            return RenewalWords(match.start(), match.end(), automatic and not asked, score, rule)
    return None


def _about_the_contract(view: View, words: RenewalWords, start: int) -> float:
    """How sure it is that the contract itself is renewed, and not an insurance or a letter of credit."""
    around = view.shadow[max(start, words.start - 260) : words.end + 60]
    if cue.OTHER_SUBJECT.search(view.shadow, max(start, words.start - 110), min(words.end + 40, len(view.shadow))):
        return 0.4
    section = view.section_at(words.start)
    headed = bool(section and section.heading and _HEADING.search(section.heading))
    return 1.0 if cue.SUBJECT.search(around) else 0.85 if headed else 0.55


def renewal_words(view: View) -> Iterator[RenewalWords]:
    """Yield what the text says of the contract's renewal, sentence by sentence, scores weighed by the sentence's subject."""
    for start, end in _sentences(view):
        said = _says(view, start, end)
        if said:
            yield RenewalWords(said.start, said.end, said.automatic, said.score * _about_the_contract(view, said, start), said.rule)


def find_auto_renewal(reading: Reading, locate: Locate) -> Fact | None:
    """Return True or False with the words that say so, None where the contract does not speak of renewal.

    Of several sentences the surest counts, the earlier of equals: a clause that renews the contract by itself outweighs a later
    option. An extension that takes somebody's option, consent or agreement is False.
    """
    said = sorted(renewal_words(reading.view), key=lambda w: (-w.score, w.start))
    if not said or said[0].score < 0.5:
        return None
    best = said[0]
    return Fact(
        value=best.automatic,
        text=reading.view.text[best.start : best.end],
        evidence=(evidence(best.start, best.end, locate),),
        score=round(best.score, 4),
        source=f"rule:{best.rule}",
        rule=best.rule,
        rule_score=round(best.score, 4),
    )


def renewal_as_long_as_term(reading: Reading, term: Fact | None, locate: Locate) -> Fact | None:
    """Return the term's own length where the text renews "for successive terms of the same duration", else None."""
    if term is None or not isinstance(term.value, str):
        return None
    for start, end in _sentences(reading.view):
        match = _SAME_LENGTH.search(reading.view.shadow, start, end)
        if match and _first((*cue.AUTOMATIC, *cue.UNLESS, *cue.RENEWS, *cue.ON_DEMAND), reading.view, start, end):
            return Fact(
                value=term.value,
                text=reading.view.text[match.start() : match.end()],
                evidence=(evidence(match.start(), match.end(), locate), *term.evidence),
                score=round(0.9 * term.score, 4),
                source="rule:renewal-as-term",
                derivation=f"Each renewal is as long as the term, {term.value}.",
                kind=term.kind,
                rule="renewal-as-term",
                rule_score=round(0.9 * term.score, 4),
            )
    return None
