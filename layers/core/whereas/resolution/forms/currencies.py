"""Currencies as contracts write them, to ISO 4217 codes; the tables are ``currencies.toml``."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import resources
from typing import Final

from whereas.resolution.forms.windows import find_from, find_in, windows
from whereas.resolution.view import View, rx

_TABLES = tomllib.loads(resources.files(__package__).joinpath("currencies.toml").read_text(encoding="utf-8"))
SYMBOLS: Final[dict[str, str]] = {form: code for code, forms in _TABLES["symbols"].items() for form in forms}
NAMES: Final[dict[str, str]] = {form: code for code, forms in _TABLES["names"].items() for form in forms}
_DOLLARS: Final[dict[str, str]] = _TABLES["dollars"]
_COUNTRY: Final = "|".join(re.escape(c).replace(r"\ ", " ") for c in sorted(_DOLLARS, key=len, reverse=True))
AMBIGUOUS: Final = frozenset({"$", "dollars", "dollar", "cents"})
# "All dollar amounts are in Canadian dollars", "references to \"$\" are to the lawful currency of Canada".
_DECLARED = rx(
    r"(?:\"?\$\"?|\bdollars?\b\"?|\bcurrency\b|\bamounts?\b|\bsums?\b|\bfunds\b|\bprices?\b|\bpayments?\b)[^.;$]{0,60}"
    rf"\b(?:mean|means|refer|refers|is|are|in|to|be|made|payable|expressed|stated|references?) (?:[a-z]+ ){{0,5}}?(?:the )?"
    rf"(?:(?:lawful )?(?:currency|money|dollars?) of (?:the )?({_COUNTRY})\b|({_COUNTRY}) (?:dollars?|currency|funds)\b)"
)
_COUNTRIES = rx(rf"\b(?:{_COUNTRY})\b")
_COUNTRY_STEMS: Final = tuple({re.split(r"\W", country)[0] for country in _DOLLARS})
_MONEY = r"(?:[Dd]ollars?|[Ff]unds|[Cc]urrency|DOLLARS?)"
_NAMED = (
    rf"(?:(?:USD|CAD|AUD|NZD|HKD|SGD|RMB|CDN|Cdn|US|U\.S\.|Canadian|Australian)(?![\w-])(?: {_MONEY}\b)?|"
    rf"(?:Hong Kong|Singapore|New Zealand|Taiwan|United States) {_MONEY}\b)"
)
_CODE_AFTER = rx(rf" ?(?:\(({_NAMED})\)|({_NAMED}))", 0)
_LAST_WORD = re.compile(rf"\s{{1,6}}{_MONEY}\Z")


def symbol_code(raw: str) -> str:
    """Return the code of a symbol as it stands in the text, white space and case aside."""
    spaced = " ".join(raw.split())
    return SYMBOLS[spaced] if spaced in SYMBOLS else SYMBOLS[spaced.upper()]


def code_after(view: View, end: int) -> tuple[str, int] | None:
    """Return the currency named right after an amount ("$500 CAD", "$500 Canadian") and where its name ends, or None."""
    match = _CODE_AFTER.match(view.shadow, end)
    if not match:
        return None
    name = " ".join(_LAST_WORD.sub("", match.group(1) or match.group(2)).split())
    return SYMBOLS.get(name.upper()) or _DOLLARS[name.lower()], match.end()


def plain_dollar(view: View) -> str:
    """Return the currency of a bare "$" in this text: what the text declares it to be, else US dollars."""
    near = windows(view, find_from(view, _COUNTRIES, *_COUNTRY_STEMS), before=240, after=12)
    declared = Counter(_DOLLARS[" ".join((m.group(1) or m.group(2)).lower().split())] for m in find_in(view, _DECLARED, near))
    return declared.most_common(1)[0][0] if declared else "USD"
