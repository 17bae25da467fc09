"""CUAD v1 (https://www.atticusprojectai.org/cuad, CC BY 4.0): lawyers' answers and evidence to role and mention spans.

The evidence gives the first occurrence of a string, and of sentences rather than values for terms and law. So values are
searched for inside their evidence, names are propagated to all their occurrences, and what nobody checked is unsure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from whereas_training import values, voting, weak
from whereas_training.labels import JOINT_DATE, Span, drop_overlaps

_FOOTER = re.compile(r"^Source: [^\n]{0,200}$", re.M)
_QUOTES = "\"'“”‘’"
_HEAD = re.compile(r"\b(?:Bank|Trust|University|Fund|Hospital|Association|Authority|Institute)\b", re.I)
WITNESS = re.compile(r"IN\s{1,4}WITNESS\s{1,4}(?:WHERE\s{0,1}OF|HEREOF)|\bAGREED\s{1,4}(?:AND|TO)\b|duly\s{1,4}executed", re.I)


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract: its text (filing footers blanked, same length), answers a field, evidence (start, end, text) a field."""

    contract_id: str
    split: str
    text: str
    answers: dict[str, str]
    evidence: dict[str, list[tuple[int, int, str]]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Role and mention spans of one contract, and the places worth a training window."""

    roles: list[Span]
    mentions: list[Span]
    anchors: list[int]


def read_contracts(folder: Path, *, split: str) -> Iterator[Contract]:
    """Yield the contracts of one split of the ``cuad`` folder."""
    evidence: dict[str, dict[str, list[tuple[int, int, str]]]] = {}
    for line in (folder / "spans.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        place = (row["start"], row["end"], row["text"]) if row["occurrences"] else (-1, -1, row["text"])
        evidence.setdefault(row["id"], {}).setdefault(row["field"], []).append(place)
    for line in (folder / "contracts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            text = (folder / row["text"]).read_text(encoding="utf-8")
            text = _FOOTER.sub(lambda m: " " * len(m.group()), text)
            yield Contract(row["id"], split, text, row["answers"], evidence.get(row["id"], {}))


def occurrences(text: str, phrase: str, *, ignore_case: bool = False) -> list[tuple[int, int]]:
    """Return where ``phrase`` stands in ``text`` as whole words, white space and line breaks aside."""
    words = phrase.split()
    if not words or len(words) > 60:
        return []
    pattern = r"\s{1,20}".join(map(re.escape, words))
    return [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.I if ignore_case else 0)]


def parse_parties(answer: str) -> list[tuple[str, list[str]]]:
    """Split the lawyers' ``Name ("Alias", "Alias"); Name ("Alias")`` into names with aliases; sums of parties left out."""
    found = []
    for segment in answer.translate(str.maketrans("’‘“”", "''\"\"")).split(";"):
        name, _, rest = segment.strip().partition('("')
        aliases = [a.strip(" ,.") for a in re.findall(r'"([^"]{1,60})"', '"' + rest)]
        if aliases and re.fullmatch(r"(?:the )?part(?:y|ies)", aliases[0], re.I):
            continue
        if re.match(r"\(|collectively|individually|each\b", name, re.I):
            continue
        found.append((name.strip(" ,("), [a for a in aliases if not re.fullmatch(r"(?:the )?part(?:y|ies)", a, re.I)]))
    return found


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", weak.LEGAL_FORM.sub("", name.strip()).lower())


def _names_and_aliases(contract: Contract) -> tuple[list[str], list[str], list[str]]:
    """Sort the evidence strings of the parties into names, aliases and undecided."""
    answers = parse_parties(contract.answers.get("parties", ""))
    name_keys = {_key(n) for n, _ in answers} - {""}
    alias_keys = {re.sub(r"\W", "", a.lower()) for _, group in answers for a in group}
    names, aliases, doubtful = [n for n, _ in answers if len(n) > 3], [a for _, group in answers for a in group], []
    for _, _, raw in contract.evidence.get("parties", []):
        string = raw.strip(" ,;:()" + _QUOTES)
        if re.fullmatch(r"(?:the\s+)?(?:part(?:y|ies))", string, re.I) or len(string) < 2:
            continue
        bare = re.sub(r"\W", "", string.lower())
        if bare in alias_keys:
            aliases.append(string)
        elif _key(string) in name_keys or (weak.LEGAL_FORM.search(string) and len(string.split()) > 1):
            names.append(string)
        else:
            doubtful.append(string)
    return names, aliases, doubtful


def _party_spans(contract: Contract) -> tuple[list[Span], int]:
    """Label names and aliases; return the spans in order of priority, and where the preamble ends."""
    text = contract.text
    names, aliases, doubtful = _names_and_aliases(contract)
    found = {n: occurrences(text, n, ignore_case=True) for n in dict.fromkeys(sorted(names, key=len, reverse=True))}
    firsts = [places[0][0] for places in found.values() if places and places[0][0] < 20_000]
    preamble_end = min(max([*firsts, 1500]) + 800, 20_000)
    signatures = [m.start() for m in WITNESS.finditer(text)]

    def trusted(at: int) -> bool:
        return at < preamble_end or any(s <= at < s + 2500 for s in signatures)

    spans = [Span(s, e, ("PARTY",), outside=not trusted(s)) for places in found.values() for s, e in places]
    for alias in dict.fromkeys(aliases):
        places = occurrences(text, alias)
        defined = [
            (s, e)
            for s, e in places
            if text[s - 1 : s] in _QUOTES and text[s - 1 : s] and text[e : e + 2].strip(",.")[:1] in _QUOTES and text[e : e + 1]
        ]
        sure = set(defined[:2])
        spans += [Span(s, e, ("PARTY_ALIAS",), outside=(s, e) not in sure) for s, e in places]
    for string in dict.fromkeys(doubtful):
        spans += [Span(s, e, ("PARTY", "PARTY_ALIAS"), outside=True) for s, e in occurrences(text, string)]
    return spans, preamble_end


def _answer_dates(answer: str) -> set[date]:
    return {value for _, _, value in values.find_dates(answer) if value}


def _dates(contract: Contract, field: str) -> tuple[set[str], list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the date strings of a field's evidence that match its answer, their places, and places that do not match."""
    want = _answer_dates(contract.answers.get(field, ""))
    strings: set[str] = set()
    right: list[tuple[int, int]] = []
    wrong: list[tuple[int, int]] = []
    for start, _, raw in contract.evidence.get(field, []):
        for s, e, value in values.find_dates(raw):
            matches = value in want if want else len(raw) < 40
            if matches:
                strings.add(raw[s:e])
            if start >= 0:
                (right if matches else wrong).append((start + s, start + e))
        if len(raw) < 45 and not any(True for _ in values.find_dates(raw)) and re.search(r"\d{4}|day of|_{2}", raw):
            strings.add(raw.strip())  # a blank such as "___ day of ____, 2015": still where the date stands
            if start >= 0:
                right.append((start, start + len(raw.rstrip())))
    return strings, right, wrong


def _date_spans(contract: Contract, preamble_end: int) -> list[Span]:
    text = contract.text
    agreed, agreed_at, agreed_not = _dates(contract, "agreement_date")
    effective, effective_at, effective_not = _dates(contract, "effective_date")
    same = {" ".join(s.split()).lower() for s in agreed} & {" ".join(s.split()).lower() for s in effective}
    one_day = bool(_answer_dates(contract.answers.get("agreement_date", "")) & _answer_dates(contract.answers.get("effective_date", "")))
    spans: list[Span] = []
    for strings, places, kind in ((agreed, agreed_at, "AGREEMENT_DATE"), (effective, effective_at, "EFFECTIVE_DATE")):
        for s, e in places:
            joint = " ".join(text[s:e].split()).lower() in same
            # The same day under two evidences: which of the two this string states, nobody said.
            types = (JOINT_DATE,) if joint else (kind, JOINT_DATE) if one_day else (kind,)
            spans.append(Span(s, e, types))
        for string in strings:
            joint = " ".join(string.split()).lower() in same
            types = (JOINT_DATE, kind) if joint else (kind, JOINT_DATE) if one_day else (kind,)
            for s, e in occurrences(text, string, ignore_case=True):
                spans.append(Span(s, e, types, outside=s > preamble_end))
    ends, _, _ = _dates(contract, "expiration_date")
    _, ends_at, ends_not = _dates(contract, "expiration_date")
    spans += [Span(s, e, ("EXPIRATION_DATE",)) for s, e in ends_at]
    spans += [Span(s, e, ("EXPIRATION_DATE",), outside=True) for string in ends for s, e in occurrences(text, string)]
    for places, kind in ((agreed_not, "AGREEMENT_DATE"), (effective_not, "EFFECTIVE_DATE"), (ends_not, "EXPIRATION_DATE")):
        spans += [Span(s, e, (kind,), outside=True) for s, e in places]
    return spans


def _fits(contract: Contract, duration: tuple[int, str] | None) -> bool:
    """Say whether the expiration answer is the agreement or effective date plus this duration, give or take a week."""
    ends = _answer_dates(contract.answers.get("expiration_date", ""))
    starts = _answer_dates(contract.answers.get("effective_date", "")) | _answer_dates(contract.answers.get("agreement_date", ""))
    if not duration:
        return False
    days = duration[0] * 30.44 if duration[1] == "month" else duration[0]
    return any(abs((start + timedelta(days=days) - end).days) <= 7 for start in starts for end in ends if days < 40_000)


def _duration_spans(contract: Contract) -> list[Span]:
    """Label durations inside the evidence of renewal, notice and expiration; those that fit no answer stay unsure."""
    sure: list[Span] = []
    unsure: list[Span] = []
    for field, kind in (("renewal_notice_period", "NOTICE_PERIOD"), ("renewal_term", "RENEWAL_TERM"), ("expiration_date", "TERM")):
        want = values.length(contract.answers.get(field, ""))
        for start, _, raw in contract.evidence.get(field, []):
            if start < 0:
                continue
            found = list(values.find_durations(raw))
            for s, e, value in found:
                before = raw[max(0, s - 90) : s].lower()
                if kind == "TERM":
                    initial = re.search(r"\b(?:initial term|term of|period of|continue|effect for|in force for)\b", before)
                    renewal = re.search(r"\b(?:renew\w*|extend\w*|additional|successive|thereafter|notice|prior to)\b", before + raw[s:e])
                    good = not renewal and (_fits(contract, value) or (len(found) == 1 and initial is not None))
                else:
                    notice = re.search(r"\b(?:notice|prior|days|least)\b", raw[max(0, s - 60) : e + 60].lower())
                    good = value is not None and value == want and (kind == "RENEWAL_TERM" or notice is not None)
                    if good and kind == "RENEWAL_TERM":
                        good = (
                            re.search(
                                r"renew|extend|extension|additional|successive|further|thereafter|period",
                                raw[max(0, s - 200) : e + 60],
                                re.I,
                            )
                            is not None
                        )
                (sure if good else unsure).append(Span(start + s, start + e, (kind,), outside=not good))
    return sure + unsure


def _law_spans(contract: Contract) -> list[Span]:
    spans: list[Span] = []
    places = [p.split(",")[0].strip() for p in contract.answers.get("governing_law", "").split(";")]
    for start, _, raw in contract.evidence.get("governing_law", []):
        for place in places:
            for s, e in occurrences(
                raw, re.sub(r"^(?:the\s+)?(?:state|commonwealth|province)\s+of\s+", "", place, flags=re.I), ignore_case=True
            ):
                tail = re.match(r"\s{1,4}and\s{1,4}Wales", raw[e:], re.I)
                near = re.search(r"\blaws?\b", raw[max(0, s - 80) : e + 25], re.I)
                court = re.search(r"\bcourts?\b|\bvenue\b|\blocated in\b|\bsitting\b", raw[max(0, s - 60) : s], re.I)
                if start >= 0:
                    spans.append(
                        Span(start + s, start + e + (tail.end() if tail else 0), ("GOVERNING_LAW",), outside=not near or court is not None)
                    )
    return spans


def _title_spans(contract: Contract) -> list[Span]:
    spans: list[Span] = []
    for start, end, raw in contract.evidence.get("document_title", []):
        if 0 <= start < 8000 and len(raw) < 200:
            spans.append(Span(start, end, ("TITLE",)))
        spans += [Span(s, e, ("TITLE",), outside=True) for s, e in occurrences(contract.text, raw, ignore_case=True)[:40]]
    return spans


def _party_mentions(contract: Contract, roles: list[Span]) -> list[Span]:
    """Turn party names and aliases into ORGANIZATION or PERSON mentions; short names count, role words do not."""
    lower = set(re.findall(r"\b[a-z]{3,}\b", contract.text))
    spans: list[Span] = []
    companies: set[str] = set()
    for span in (s for s in roles if "PARTY" in s.types and "PARTY_ALIAS" not in s.types):
        name = contract.text[span.start : span.end]
        words = name.split()
        if voting.is_ordinary(name, frozenset(lower)):  # the lawyers took a role word for a name: "Agent"
            continue
        if weak.LEGAL_FORM.search(name) or len(words) > 4 or _HEAD.search(name):
            spans.append(Span(span.start, span.end, ("ORGANIZATION",)))
            companies.add(" ".join(words))
        elif 2 <= len(words) <= 3 and not any(w.lower().strip(".,") in lower for w in words):
            spans.append(Span(span.start, span.end, ("PERSON", "ORGANIZATION")))
        else:
            spans.append(Span(span.start, span.end, ("ORGANIZATION", "PERSON"), outside=True))
    for span in (s for s in roles if "PARTY_ALIAS" in s.types):
        alias = contract.text[span.start : span.end]
        if voting.is_ordinary(alias, frozenset(lower)):
            continue
        short = "PARTY" not in span.types and any(is_short_name(alias, name) for name in companies)
        spans.append(Span(span.start, span.end, ("ORGANIZATION",) if short else ("ORGANIZATION", "PERSON"), outside=not short))
    return spans


def is_short_name(alias: str, name: str) -> bool:
    """Say whether ``alias`` is a company's name cut short ("Birch" of "Birch & Fir Ltd.") or its initials ("B&F", "BF")."""
    words = [w.strip(".,()").lower() for w in name.split()]
    parts = [w.strip(".,()").lower() for w in alias.split()]
    if parts and words[: len(parts)] == parts:
        return True
    letters = re.sub(r"[^A-Z]", "", alias)
    initials = "".join(w[0] for w in re.findall(r"[A-Z]\w*", name))
    return len(letters) >= 2 and letters == re.sub(r"[^A-Z&]", "", alias).replace("&", "") and initials.startswith(letters)


def label(contract: Contract) -> Labelled:
    """Return all role and mention spans of a contract (mentions before silver labels are added)."""
    text = contract.text
    parties, preamble_end = _party_spans(contract)
    signatures = [(m.start(), m.start() + 4000) for m in WITNESS.finditer(text)]
    people = list(weak.find_signatories(text))
    signed = [Span(s, e, ("SIGNATORY",), outside=not any(a <= s < b for a, b in signatures)) for s, e in people]
    ordered = (
        parties + _date_spans(contract, preamble_end) + _duration_spans(contract) + _law_spans(contract) + _title_spans(contract) + signed
    )
    roles = drop_overlaps(sorted(ordered, key=lambda s: s.outside))
    found = [*values.values(text), *_party_mentions(contract, roles), *weak.names(text), *voting.institutions(text)]
    sure = drop_overlaps(s for s in found if not s.outside)
    mentions = voting.combine(sure, (s for s in found if s.outside))
    return Labelled(roles, mentions, [s.start for s in roles if not s.outside])
