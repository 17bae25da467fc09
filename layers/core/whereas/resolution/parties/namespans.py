"""Names in running text: from a given start, where may a name end?

A name is a run of capitalised words, joined by "of", "&", "and" …, with a legal form after a comma where there is one.
Clauses are never swallowed: a comma that no legal form follows ends a name, and so does a descriptor ("a Delaware …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from whereas.resolution.parties.aliases import ROLE_WORDS
from whereas.resolution.parties.nameparts import FIRM
from whereas.resolution.parties.names import is_legal_form
from whereas.resolution.view import View

# A word with the mark after it. "L.L .C ." and "INC ." carry the stray blanks that text layers put before a full stop.
_TOKEN = re.compile(
    r"\s{0,6}((?:[A-Z]\s?\.\s?){1,4}[A-Z]\s?\.(?![a-z])|\([^()\"]{1,30}\)|[^\s,;:()\"]+(?:\s\.(?=[\s,;:()]|\Z))?)(\s?[,;:\")]?)"
)
_JOINERS = frozenset([
    "of", "the", "for", "de", "du", "la", "le", "van", "von", "der", "den", "del", "di", "da", "in", "at", "on", "y", "e", "et", "und",
    "to", "do", "dos", "das", "zu", "zur",
])  # fmt: skip
_SOFT_STOP = frozenset([
    "on", "you", "it", "we", "i", "now", "name", "title", "date", "address", "place", "its", "if", "as", "or", "to", "with", "under",
    "from", "tel", "phone", "by", "is", "are", "this",
])  # fmt: skip
_HARD_STOP = frozenset([
    "whereas", "that", "which", "who", "whose", "each", "collectively", "individually", "together", "hereinafter", "hereafter", "party",
    "parties", "agreement", "agreements", "witnesseth", "having", "located", "organized", "between", "among", "was", "were", "has",
    "have", "hereby", "shall", "will", "dated", "effective", "made", "entered", "attention", "attn", "re", "acting", "doing",
    "formerly", "solely", "recitals", "therefore", "a", "an", "registered", "referred", "telephone", "fax", "email", "e-mail",
    "facsimile", "d/b/a", "dba", "f/k/a", "a/k/a", "upon", "source", "exhibit", "section", "article", "schedule",
])  # fmt: skip
_CAPITAL = re.compile(r"'?(?:[A-Z0-9À-Þ][^\s]*|[a-z]{1,3}[A-Z][\w.]*|[a-z][\w-]*\.(?:com|net|org|ai|io)\b\.?)")
_BRAND = re.compile(r"[a-z]\d?-?[a-z\d]*\b")
_SENTENCE_DOT = re.compile(r"[a-z0-9]{3,}\.$")
_ABBREVIATION = re.compile(r"(?:Jr|Sr|Mr|Mrs|Dr|St|Bros|Cos|Mfg|Intl|Int'l|Dept|Assoc|Natl|Univ|Bancorp)\.")
_COMMON_FORMS = frozenset({
    "corporation", "company", "co", "trust", "bank", "partnership", "association", "foundation", "university", "authority", "holdings",
    "limited",
})  # fmt: skip
_CLOSING = frozenset(["inc", "incorporated", "ltd", "ltda", "llc", "l.l.c", "llp", "gmbh", "plc"])
_NOT_FIRST = frozenset(["and", "or", "by", "of", "in", "to", "for", "as", "with", "on", "at", "from", "is", "that"])
_INITIAL = re.compile(r"[A-Z]\.?")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|JR|SR)\.?")


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    mark: str
    start: int
    end: int
    after: int

    @property
    def bare(self) -> str:
        return self.word.lower().rstrip(". ")


def _next(view: View, at: int, limit: int) -> _Token | None:
    match = _TOKEN.match(view.shadow, at, limit)
    return _Token(match.group(1), match.group(2).strip(), match.start(1), match.end(1), match.end()) if match else None


def _is_form(word: str) -> bool:
    """A legal form as part of a name: "Corporation" is, the "corporation" of a descriptor is not."""
    return is_legal_form(word) and (word[0].isupper() or (len(word) > 2 and word.lower().rstrip(".") not in _COMMON_FORMS))


def _is_name_word(word: str) -> bool:
    bare = word.lower().rstrip(". ")
    if bare in _HARD_STOP or (bare in _SOFT_STOP and word.islower()):
        return False
    return bool(_CAPITAL.match(word))


def _starts_name(view: View, token: _Token, limit: int) -> bool:
    if token.word.isupper() and token.bare in _NOT_FIRST:
        return False
    if _is_name_word(token.word):
        return True
    following = _next(view, token.after, limit)
    return bool(
        _BRAND.match(token.word)
        and ("-" in token.word or token.word[1:2].isdigit())
        and following
        and (_is_form(following.word) or _is_name_word(following.word))
    )


def _goes_past(view: View, token: _Token, limit: int) -> bool:
    """After ``token``'s comma only a legal form or "Jr." goes on with the name: "Acme, Inc.", "Bank One, N.A."."""
    if not token.mark:
        return True
    following = _next(view, token.after, limit)
    if token.mark != "," or not following or following.word == "incorporated":  # "Larch S.A., incorporated in Mexico"
        return False
    return (_is_form(following.word) and following.bare not in {"trust", "bank", "university", "holdings"}) or bool(
        _SUFFIX.fullmatch(following.word)
    )


def name_ends(view: View, start: int, limit: int) -> list[int]:
    """Return where a name that starts at ``start`` may end, likeliest first; [] where none starts there.

    The first stops before an "and" that two names may share; the reading across it ("Smith and Sons Ltd.") follows, or
    precedes where the whole ends in a legal form that the left part lacks.
    """
    ends: list[int] = []
    at, words, end = start, 0, start
    form = closed = False
    firm = FIRM.match(view.shadow, start, limit)
    while words < 16:
        token = _next(view, at, limit)
        if token is None or (words and _line_ends_name(view, start, at, token)):
            break
        if words == 0:
            if not _starts_name(view, token, limit):
                break
        else:
            step = "stop" if token.mark == ":" and not _is_form(token.word) else _step(view, at, token, limit, form=form)
            if closed and _is_name_word(token.word) and not _is_form(token.word):
                step = "stop"
            if step == "stop":
                break
            if step == "and":
                ends.append(end)
        words += token.bare not in {"and", "&"}
        at, end, form, closed = token.end, token.end, form or _is_form(token.word), token.bare in _CLOSING and _is_form(token.word)
        if token.mark:
            if not _goes_past(view, token, limit) and not (firm and token.mark == "," and at < firm.end()):
                break
            at = token.after
        elif _SENTENCE_DOT.search(token.word) and not is_legal_form(token.word) and not _ABBREVIATION.fullmatch(token.word):
            end -= 1
            break
    if end > start:
        ends.append(end)
    ends = [_trim(view, start, e) for e in ends]
    ends = [e for n, e in enumerate(ends) if e > start and e not in ends[:n]]
    if len(ends) > 1 and _joined_is_better(view, start, ends):
        ends.reverse()
    return ends


def _line_ends_name(view: View, start: int, at: int, token: _Token) -> bool:
    """A blank line ends a name, and so does the end of a line after "Ltd." or "Inc.", or before a house number."""
    gap = view.shadow[at : token.start]
    if "\n" not in gap:
        return False
    so_far = view.shadow[start:at]
    if so_far.isdigit() or (so_far.isupper() and so_far.lower() in ROLE_WORDS):  # a postcode, "EMPLOYEE"
        return True
    last = so_far.split()[-1].rstrip(",")
    form = _is_form(last)
    closed = form and last.lower().rstrip(".") not in (_COMMON_FORMS - {"limited", "co"})
    return "\n\n" in gap or (closed and not _is_form(token.word)) or (form and token.word[0].isdigit())


def _step(view: View, at: int, token: _Token, limit: int, *, form: bool) -> str:
    """Say whether the name goes on with ``token``: "go", "stop", or "and" where it may also have ended before."""
    following = _next(view, token.after, limit)
    if token.word[0] == "&" and len(token.word) > 1:
        return "go" if _is_name_word(token.word[1:]) else "stop"
    if token.word[0] == "-" and view.shadow[at - 1].isalnum() and _is_name_word(token.word[1:]):
        return "go"  # a text layer's stray blank: "Build-A -Bear"
    if token.bare in {"and", "&", "+"}:
        if token.mark or not following or not _is_name_word(following.word):
            return "stop"
        if token.bare != "and":
            return "go"
        return "stop" if form and following.bare not in {"co", "company"} else "and"
    if token.word.startswith("("):
        short = re.fullmatch(r"\([A-Z][\w. ]{1,20}\)", token.word)
        if token.word[1:-1].strip().lower() in ROLE_WORDS:
            return "stop"
        goes = short and following and (_is_form(following.word) or (not token.mark and _is_name_word(following.word)))
        return "go" if goes else "stop"
    if token.bare in _JOINERS and token.word.islower():
        goes = (
            not token.mark
            and following
            and not (form and following.word[0].isdigit())
            and (_is_name_word(following.word) or following.word in {"the", "la"})
        )
        return "go" if goes else "stop"
    if _is_initial(view, at, token, following):
        return "go"
    return "go" if _is_name_word(token.word) or _is_form(token.word) else "stop"


def _is_initial(view: View, at: int, token: _Token, following: _Token | None) -> bool:
    """Say whether "A" is a person's initial, "Ann A. Lee" or "Ann A Lee", and not the article of capitals, "ACME INC. A UTAH COMPANY"."""
    if not following or not _INITIAL.fullmatch(token.word) or token.mark or not _is_name_word(following.word):
        return False
    return "." in token.word or not view.shadow[max(0, at - 4) : at].rstrip(" .,\n")[-1:].isupper()


def _trim(view: View, start: int, end: int) -> int:
    text = view.shadow[start:end].rstrip(" \n'\"&,;:-")
    words = text.split()
    while words and words[-1].lower() in (_JOINERS | {"and"}):
        text = text[: -len(words[-1])].rstrip(" \n,")
        words = text.split()
    return start + len(text)


def _joined_is_better(view: View, start: int, ends: list[int]) -> bool:
    left, right = view.shadow[start : ends[0]].split(), view.shadow[ends[0] : ends[-1]].split()[1:]
    return bool(right) and is_legal_form(right[-1]) and not is_legal_form(left[-1]) and (len(right) <= 2 or len(left) == 1)
