"""When a contract takes effect by reference: "shall commence on the date hereof", "takes effect on the date of its signature"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whereas.resolution.facts import Locate, evidence
from whereas.resolution.forms.windows import find_from
from whereas.resolution.parties.signatures import Signature
from whereas.resolution.provisions.relative import AGREEMENT, anchor_at
from whereas.resolution.view import View, rx
from whereas.types import Fact

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading

_PAPER = r"(?:agreement|amendment|contract|lease|licen[sc]e|addendum|undertaking|letter|deed)"
_TAKES_EFFECT: Final = rx(
    rf"\b(?:this (?:\w+ ){{0,3}}{_PAPER}|(?:initial )?term(?: of (?:this|the) (?:\w+ ){{0,2}}{_PAPER})?)(?: \([^()]{{1,40}}\))?,? "
    r"(?:(?:shall|will|does|is|to|has|be) ){0,2}(?:(?:be|become|becomes) effective|effective|takes? effect|commences?|begins?|starts?|"
    r"enters? into (?:force|effect)|comes? into (?:force|effect))(?: and (?:be )?(?:effective|binding))? "
    r"(?:(?:on|as of|as from|from|with effect from|at) )?(?:and (?:from|as of) )?(?=the )"
)
_COMMENCING: Final = rx(
    rf"\bterm of (?:this|the) (?:\w+ ){{0,2}}{_PAPER}\b[^.;]{{0,120}}\b(?:commencing|beginning|starting|effective) "
    r"(?:on|as of|from) (?=the )"
)
_NAMED: Final = rx(r"\b(?:Effective|Commencement) Date\"?:? (?:shall )?(?:means?|is|be) (?=the )")
_SIGNATURE: Final = rx(
    r"the date of (?:its |the )?(?:signature|signing)\b[^.;,]{0,40}|the (?:last|latest|later|final) (?:date of )?(?:signature|execution)\b"
)


def effective_by_reference(reading: Reading, *, agreement: Fact | None, locate: Locate) -> Fact | None:
    """Return the effective date that the text gives by pointing at the agreement's own date or its last signature, else None.

    "The date of signature" is the last dated signature or the agreement date, whichever is later.
    """
    view = reading.view
    for pattern, *stems in ((_TAKES_EFFECT, "this", "term", "initial"), (_COMMENCING, "term"), (_NAMED, "effective", "commencement")):
        for match in find_from(view, pattern, *stems):
            pointed = _pointed_at(view, match.end(), reading.signatures, agreement, locate)
            if pointed:
                day, end = pointed
                return _fact(view, match.start(), end, day, locate)
    return None


def _pointed_at(
    view: View, position: int, signatures: tuple[Signature, ...], agreement: Fact | None, locate: Locate
) -> tuple[Fact, int] | None:
    signature = _SIGNATURE.match(view.shadow, position, position + 120)
    if signature:
        days = [day for day in (_last_signature(view, signatures, locate), agreement) if day]
        return (max(days, key=lambda d: str(d.value)), signature.end()) if days else None
    anchor = anchor_at(view, position)
    if anchor and agreement and anchor[0] in {AGREEMENT, "execution date", "signing date"}:
        return agreement, anchor[1]
    return None


def _last_signature(view: View, signatures: tuple[Signature, ...], locate: Locate) -> Fact | None:
    dated = [s.date for s in signatures if s.date]
    if not dated:
        return None
    last = max(dated, key=lambda d: str(d.value))
    return Fact(
        value=last.value,
        text=view.text[last.start : last.end],
        evidence=(evidence(last.start, last.end, locate),),
        score=0.85,
        source="rule:signature-date",
        precision=last.precision,
    )


def _fact(view: View, start: int, end: int, day: Fact, locate: Locate) -> Fact:
    score = round(0.9 * day.score, 4)
    return Fact(
        value=day.value,
        text=view.text[start:end],
        evidence=(evidence(start, end, locate), *day.evidence),
        score=score,
        source="rule:effective-by-reference",
        derivation=f"It takes effect on the day that these words point at, {day.value}.",
        precision=day.precision,
        rule="effective-by-reference",
        rule_score=score,
    )
