"""Whether a reference points into another paper: "Section 2 of the Master Agreement", "Section 365 of the Bankruptcy Code"."""

from __future__ import annotations

import re

from whereas.resolution.view import View, rx

_NOUN = (
    r"(?:Agreement|Contract|Lease|License|Licence|Plan|Indenture|Policy|Bylaws|By-Laws|Certificate|Charter|Deed|Note|Terms|"
    r"Conditions|Addendum|Amendment|Order|Guaranty|Guarantee|Act|Code|Law|Regulations?|Rules?|Statutes?|Directive|Convention|"
    r"Constitution|Declaration|Protocol|Ordinance|Treaty|Memorandum|Letter|Prospectus|Statement|Supplement|Guidelines|Manual|Warrants?|Debentures?|Articles)"
)
_OF = r"(?:,? ?(?:of|to|in|under|from) )"
_OTHER = rx(
    rf"{_OF}(?:the |that certain |that |such |its |their |any |said |each |our |your |a |an )?"
    rf"(?P<name>(?:(?!This\b)[A-Z\d][\w.&'/-]{{0,30}},? (?:(?:and|of|for|on|in) (?:the )?)?){{0,8}}{_NOUN})\b",
    0,
)
_THEIR = rx(
    r",? ?(?:thereof|thereto|therein|thereunder)\b|"
    r",? ?(?:of|to|in|under) (?:that|such) (?:agreement|contract|document|instrument|lease)"
)
_BEFORE = rx(rf"\b(?:the|its|such|that) (?P<name>(?:[A-Z][\w&'/-]{{0,30}} ){{1,5}}{_NOUN}),? ?\Z", 0)
_OWN = rx(rf"\b(?:[Tt]his|THIS|[Tt]hese|THESE) (?P<name>(?:[A-Z][\w&'/-]{{0,30}} ){{0,6}}(?:{_NOUN}|[A-Z]{{5,12}}))\b", 0)
_CALLED = rx(rf"\"(?P<name>(?:[A-Z][\w&'/-]{{0,30}} ){{0,4}}{_NOUN})\"", 0)
_PREAMBLE = 6000
_REACH = 160
_REACH_BACK = 90


class OtherPapers:
    """Knows the names that the contract gives itself, and so which references leave it."""

    def __init__(self, view: View) -> None:
        self._shadow = view.shadow
        self._own = {"agreement", "contract"}
        for pattern in (_OWN, _CALLED):
            self._own |= {
                " ".join(m["name"].lower().split()) for m in pattern.finditer(view.shadow, 0, _PREAMBLE) if _own(pattern, view, m)
            }

    def holds(self, start: int, end: int) -> bool:
        """Say whether the words around the reference in [start, end) name another paper."""
        before = _BEFORE.search(self._shadow[max(0, start - _REACH_BACK) : start])
        if before and " ".join(before["name"].lower().split()) not in self._own:
            return True
        stop = end + _REACH
        if _THEIR.match(self._shadow, end, stop):
            return True
        match = _OTHER.match(self._shadow, end, stop)
        return bool(match and " ".join(match["name"].lower().split()) not in self._own)


def _own(pattern: re.Pattern[str], view: View, match: re.Match[str]) -> bool:
    """A name in quotes is the contract's own where "this" stands in front, or it is called so right after "this … Agreement"."""
    if pattern is _OWN:
        return True
    before = view.shadow[max(0, match.start() - 40) : match.start()].lower()
    return (
        bool(re.search(r"(?:this|together,? (?:the|this)|hereinafter(?: called| referred to as)?,?(?: the)?) ?\Z", before))
        and "dated" not in before
    )
