"""Laws by name or citation: acts, codes, treaties, official rules, "15 U.S.C. § 78a", "Rule 24b-2", "1934 Act", "GDPR".

"The laws of Oregon", "applicable law" and rules of the parties' own making are none. (The law that governs the contract is
``law.py``'s.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.windows import find_at, find_from
from whereas.resolution.view import View, rx

_SECTION = r"\d{1,5}[A-Za-z]{0,3}(?:[.-]\d{1,5}[A-Za-z]{0,2}){0,3}(?: ?\([A-Za-z0-9]{1,5}\)){0,5}"
_CITATION = rx(
    r"\b\d{1,2} (?:U\. ?S\. ?C\.?(?:A\.)?|U\.S\. Code|USC|C\. ?F\. ?R\.?|CFR)(?:,? ?(?:§{1,2}|ss?\.(?: ?ss?\.)?|Sections?|Sec\.|"
    r"Parts?|Chapter))? ?"
    rf"{_SECTION}(?:(?:,| and| or| through| to|-) ?(?:§{{1,2}} ?)?(?=\d{{1,5}}[.a-z(]|\d{{3}}){_SECTION}){{0,4}}(?: et\.? seq\.)?|"
    rf"\bTitle \d{{1,2}} of the (?:Code of Federal Regulations|United States Code)(?:, Section {_SECTION})?|"
    r"\b(?:FAR|DFARS?) (?:Part |Section |§ ?)?\d{2,3}\.\d{3,4}(?:-\d{1,4})?(?:\([a-z0-9]\)){0,3}",
    0,
)
_RULE = rx(
    r"\b(?:SEC |Securities Act |Exchange Act |FINRA |NASD |NYSE )?(?:Rules?|RULES?) (?=\d{3}|\d{1,2}(?:[a-zA-Z]|"
    r"\([a-z]\)-))\d{1,4}(?:[a-zA-Z]{1,2}\d{0,2}|"
    r"(?=\())(?:\([a-z0-9]{1,4}\)){0,4}(?:-\d{1,3})?(?:\([a-zA-Z0-9]{1,4}\)){0,4}(?:(?:,| and| or)(?: and|"
    r" or)? \d{1,4}(?:[a-zA-Z]{1,2}\d{0,2})?"
    r"(?:\([a-z0-9]{1,4}\)){0,4}(?:-\d{1,3})?(?:\([a-zA-Z0-9]{1,4}\)){0,4}){0,3}(?: of Regulation [A-Z](?:-[A-Z])?(?!\w))?"
    r"|\b(?:SEC |FINRA |NASD |NYSE )?(?:Rules?|RULES?) \d{3,4}(?:,? (?:and|"
    r"or) \d{3,4}(?:\([a-z]\))?){0,2}(?! ?\w*@)(?: of Regulation [A-Z](?:-[A-Z])?(?!\w))?"
    r"|\b(?:Regulations?|REGULATIONS?|Reg\.|REG\.) (?:[A-Z]-[A-Z]{1,2}|FD|[A-Z])(?![\w'.&-])"
    r"|\b(?:Regulation|Directive) (?:\((?:EU|EC|EEC)\) ?)?(?:No\.? ?)?\d{2,4}/\d{2,4}(?:/(?:EU|EC|EEC))?(?! ?\w*@)",
    0,
)
_NAMED = re.compile(
    r"(?<![\w&])(?:HIPAA|ERISA|GDPR|FCPA|CERCLA|RCRA|HITECH|COBRA|CCPA|DMCA|FERPA|COPPA|FMLA|GLBA|FIRPTA|TILA|RESPA|FDCA|TCPA|"
    r"CAN-SPAM|CISG|UCITA|"
    r"UCC|FD&C\s{1,3}Act|(?:19|20)\d\d\s{1,3}Act(?:\s{1,3}Regulations)?)(?![\w-])"
)
_RULE_STEMS: Final = ("sec", "exchange", "finra", "nasd", "nyse", "rule", "reg", "directive")
_NAMED_STEMS: Final = (
    "hipaa", "erisa", "gdpr", "fcpa", "cercla", "rcra", "hitech", "cobra", "ccpa", "dmca", "ferpa", "coppa", "fmla", "glba", "firpta",
    "tila", "respa", "fdca", "tcpa", "can", "cisg", "ucita", "ucc", "fd",
)  # fmt: skip
_KEYWORD = re.compile(
    r"(?<![\w-])(?:Act|Code|Law|Statutes?|Regulations?|Directive|Ordinance|Treaty|Convention|Rules)(?![\w-])|"
    r"(?<![\w-])(?:ACT|CODE)(?=\s{1,3}OF\s{1,3}(?:19|20)\d\d)"
)
_KEYWORD_STEMS: Final = ("act", "code", "law", "statute", "regulation", "directive", "ordinance", "treaty", "convention", "rules")
_TOKEN = re.compile(r"[A-Za-z0-9][\w.'&-]{0,40}|&|\([A-Z][^()\n]{2,60}\)|[^\s]")
_CAPITAL = re.compile(r"[A-Z][A-Za-z.'&-]{0,40}")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d")
_LINKS: Final = frozenset({"of", "for", "in", "to", "on", "against", "by", "with", "from", "OF", "FOR"})
_JOINS: Final = frozenset({"and", "or", "&", "AND"})
_STOPS = re.compile(
    r"the|this|that|these|any|each|such|all|no|a|an|under|if|in|by|section|sections|article|title|with|pursuant|as|whereas|"
    r"both|other|new|said|certain|subject|upon|neither|to|for|at|of|our|your|its|applicable|relevant|amended|schedule|"
    r"exhibit|part|rule|regulation|party|parties|uk's|us's|u\.s\.'s|states'|state's|company's|chapter|and|or|not|see|per|"
    r"where|when|while|except|compliance"
)
_NO_CODE = re.compile(
    r"source|object|zip|postal|post|swift|area|country|dress|bar|product|product's|qr|html|identity|machine|tracking|promo|"
    r"promotion|promotional|software|program|computer|access|activation|coupon|color|discount|security|sort|routing|bank|"
    r"branch|dialing|error|script|java|binary|executable|native|open|referral|cost|billing|station|party|licensed|derivative|"
    r"sic|naics|project|job|key|level|sku|upc|item|model|authorization|unique|pin|customer|vendor|test|api|sample|"
    r"application|plain|shared|exchange|authorisation"
)
_NO_LAW = re.compile(
    r"governing|applicable|common|case|choice|controlling|environmental|privacy|other|federal|state|patent|labor|employment|"
    r"corporate|tax|relevant|international|local|national|proper|conflict|and|all|health|drug|competition|antitrust|data|"
    r"insolvency|u\.s\.|english|american|delaware|california|trademark|copyright|substantive|securities|existing|change"
)
_LAW_HOUSES = re.compile(r"\s{1,3}(?:Firm|School|Department|Offices?|Group|Center|Enforcement|Library|Jurisdiction|Society|Division)\b")
_RULES = re.compile(
    r"\b(?:Arbitration|Mediation|Conciliation|Federal|AAA|ICC|LCIA|JAMS|UNCITRAL|ICDR|CPR|HKIAC|SIAC|CIETAC|FINRA|NASD|NYSE|Nasdaq|"
    r"NASDAQ)\b"
)
_REGULATIONS = re.compile(
    r"\b(?:Act|Treasury|Tax|Labor|Administration|Arms|Acquisition|Protection|Reporting|Control|Transfer|Radio|Tobacco|Procurement|"
    r"Equipment)\s{1,3}\Z"
)
_CONVENTION = re.compile(
    r"\b(?:Nations|York|Hague|Geneva|Paris|Berne|Vienna|Madrid|Warsaw|Montreal|European|Patent|Tax|UN|U\.N\.)\s{1,3}\Z"
)
_YEAR = re.compile(
    r",?\s{1,3}(?:of|OF)\s{1,3}(?:\d{4}|[A-Z][a-z]{2,12}\s{1,3}\d{1,2},?\s{1,3}\d{4})(?!\d)|,?\s{1,3}(?:19|20)\d\d(?!\d)|"
    r"\s{1,3}\((?:19|20)\d\d\)"
)
_SUBJECT = (
    r"\s{1,3}(?:on|for|against|relating\s{1,3}to)\s{1,3}(?:the\s{1,3})?[A-Z][\w'-]{0,24}"
    r"(?:,?\s{1,3}(?:(?:of|and|for|in|or|to|by)\s{1,3}){0,1}(?:the\s{1,3})?[A-Z][\w'-]{0,24}){0,10}"
)
_ALIAS = re.compile(
    r"(?:,?\s{1,3}as\s{1,3}(?:from\s{1,3}time\s{1,3}to\s{1,3}time\s{1,3})?amended[\w\s]{0,30},?)?\s{1,3}\((?:[^()\"]{0,30}\s)?\"([A-Z][A-Z&]{1,7})\""
)
_PROCEDURE = r"(?:Civil|Criminal|Appellate|Bankruptcy)\s{1,3}Procedure"
_TAILS: Final = {
    "Convention": re.compile(_SUBJECT),
    "Rules": re.compile(rf"\s{{1,3}}of\s{{1,3}}(?:Arbitration|Conciliation|Mediation|{_PROCEDURE}|Evidence|Fair\s{{1,3}}Practice)"),
    "Code": re.compile(rf"\s{{1,3}}of\s{{1,3}}(?:Federal\s{{1,3}}Regulations|{_PROCEDURE})"),
    "Law": re.compile(
        rf"\s{{1,3}}of\s{{1,3}}(?:the\s{{1,3}})?(?:People's\s{{1,3}}Republic\s{{1,3}}of\s{{1,3}}China|PRC|P\.R\.C\.)(?:{_SUBJECT})?"
    ),
    "Regulation": re.compile(r"\s{1,3}(?:Section|Sec\.|§)\s{0,2}\d{1,4}[\w.()-]{0,20}\w\)?"),
}
_TAILS["Regulations"] = _TAILS["Regulation"]


def _is_name_word(word: str, *, loud: bool) -> bool:
    """Say whether ``word`` may stand in a law's name: capitalised, in capitals where the keyword is, no article, no sentence's end."""
    sentence_end = word.endswith(".") and len(word) > 5
    return (
        bool(_CAPITAL.fullmatch(word))
        and not _STOPS.fullmatch(word.lower().rstrip("."))
        and not sentence_end
        and (word.isupper() or not loud)
    )


def _name_start(view: View, at: int, floor: int) -> int:
    """Walk back from the keyword at ``at`` over the words of its name; return where the name begins, ``at`` where it has none."""
    start, joined, loud = at, False, view.shadow[at : at + 3].isupper()
    tokens = list(_TOKEN.finditer(view.shadow, max(floor, at - 170), at))
    for number in range(len(tokens) - 1, -1, -1):
        token, before = tokens[number], tokens[number - 1].group(0) if number else ""
        word = token.group(0)
        following = tokens[number + 1].group(0) if number + 1 < len(tokens) else ""
        if word in _JOINS or word in _LINKS:
            if start == at:
                return at
            joined = joined or word in _JOINS
        elif word == "the":
            if before not in _LINKS:
                return start
        elif word == ",":
            if not joined or following in _LINKS:
                return start
        elif word.startswith("("):
            if start != at:
                return start
            start = token.start()
        elif _YEAR_BEFORE.fullmatch(word) and following not in _JOINS and following not in _LINKS:
            return token.start()
        elif not _is_name_word(word, loud=loud) or (_KEYWORD.fullmatch(view.shadow, *token.span()) and start != at):
            return start
        else:
            start = token.start()
    return start


def _is_law(view: View, start: int, key: re.Match[str], tail: bool) -> bool:
    """Say whether name and keyword are a law's: codes of software, rules of the house and the governing law are none."""
    name = view.shadow[start : key.start()]
    words = name.split()
    last = words[-1].lower() if words else ""
    kind = key.group(0)
    if tail and kind != "Convention":
        return True
    if not words:
        return False
    if kind == "Code":
        return not _NO_CODE.fullmatch(last)
    if kind == "Law":
        return not _NO_LAW.fullmatch(last) and len(words) > 1 and not _LAW_HOUSES.match(view.shadow, key.end())
    if kind == "Rules":
        return bool(_RULES.search(name)) and (len(words) > 1 or words[0].isupper())
    if kind.startswith("Regulation"):
        return bool(_REGULATIONS.search(name)) and (len(words) > 1 or words[0] == "Treasury")
    if kind == "Convention":
        return bool(_CONVENTION.search(name))
    return kind != "Directive" or len(words) > 1


def _acts(view: View) -> Iterator[Candidate]:
    floor = 0
    for key in find_from(view, _KEYWORD, *_KEYWORD_STEMS):
        start, end = _name_start(view, key.start(), floor), key.end()
        pattern = _TAILS.get(key.group(0))
        tail = pattern.match(view.shadow, end) if pattern else None
        end = tail.end() if tail else end
        year = _YEAR.match(view.shadow, end)
        end = year.end() if year else end
        if _is_law(view, start, key, bool(tail)):
            floor = key.end()
            yield Candidate("LAW", start, end, " ".join(view.shadow[start:end].split()), "law-act", 0.85)


def _abbreviates(acronym: str, name: str) -> bool:
    """Say whether the letters of ``acronym`` stand in ``name`` as capitals, in their order."""
    capitals = iter(c for c in name if c.isupper())
    return all(letter in capitals for letter in acronym if letter != "&")


def _aliases(view: View, laws: list[Candidate]) -> Iterator[Candidate]:
    """Yield the later uses of an acronym that a law is given where it is named ('the Bank Secrecy Act ("BSA")')."""
    names = {m.group(1) for law in laws if (m := _ALIAS.match(view.shadow, law.end)) and _abbreviates(m.group(1), str(law.value))}
    if names:
        for match in re.finditer(rf"(?<![\w&-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])", view.shadow):
            yield Candidate("LAW", match.start(), match.end(), match.group(0), "law-alias", 0.9)


def find_laws(view: View) -> Iterator[Candidate]:
    """Yield the laws that the text names or cites; ``value`` is the name on one line."""
    laws = list(_acts(view))
    yield from laws
    yield from _aliases(view, laws)
    figures = view.figures
    for pattern, starts, rule, score in (
        (_CITATION, [*figures, *view.word_starts("title", "far", "dfar")], "law-citation", 0.97),
        (_RULE, view.word_starts(*_RULE_STEMS), "law-rule", 0.93),
        (_NAMED, [*(n for n in figures if view.shadow.startswith(("19", "20"), n)), *view.word_starts(*_NAMED_STEMS)], "law-name", 0.95),
    ):
        for match in find_at(view, pattern, sorted(starts)):
            yield Candidate("LAW", match.start(), match.end(), " ".join(match.group(0).split()), rule, score)
