"""One self-contained HTML page for contracts: facts with links to their evidence, and the text with its entities."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from whereas.types import MENTION_TYPES, ROLE_TYPES
from whereas_local import formatting, particulars
from whereas_local.highlighting import Span, Target, entity_spans, highlight, infer_page_starts
from whereas_local.page_pictures import MOST, page_pictures
from whereas_local.particulars import ListedClause

_TEMPLATES = Path(__file__).parent / "templates"
FACTS: dict[str, str] = {
    "title": "Title",
    "agreement_date": "Agreement date",
    "effective_date": "Effective date",
    "expiration_date": "Expiration date",
    "term": "Term",
    "renewal_term": "Renewal term",
    "renewal_notice_period": "Notice period",
    "notice_deadline": "Notice deadline",
    "auto_renewal": "Auto-renewal",
    "governing_law": "Governing law",
    "venue": "Venue",
}
_LATER = frozenset({"auto_renewal", "venue"})  # older records did not look for these, which is not the same as "not found"


@cache
def _environment() -> jinja2.Environment:
    # Undefined is falsy, as null is: a record of an older schema may lack a field.
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(fact=formatting.fact_words, type=formatting.type_name, value=formatting.value_words)
    return environment


def _contract_facts(contract: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """Yield (label, FACT or None) for every row of the facts table; several laws are several rows."""
    for key, label in FACTS.items():
        found = contract.get(key)
        if key in _LATER and key not in contract:
            continue
        if isinstance(found, list):
            yield from ((label, fact) for fact in found or [None])
        else:
            yield label, found


def _evidence_spans(contract: Mapping[str, Any], clauses: Sequence[ListedClause], prefix: str) -> list[Span]:
    """Return a span with an anchor for each distinct place that the report links to."""
    evidence = [item for _, fact in _contract_facts(contract) if fact for item in fact.get("evidence") or []]
    places = {(item["start"], item["end"]) for item in (*evidence, *particulars.all_evidence(contract))}
    places |= {clause.place for clause in clauses if clause.place}
    return [Span(start, end, "v", anchor=f"{prefix}-{start}-{end}") for start, end in sorted(places)]


def _targets(clauses: Sequence[ListedClause], prefix: str) -> dict[str, Target]:
    """Return where references may lead, by section id."""
    return {clause.section_id: Target(f"{prefix}-{clause.place[0]}-{clause.place[1]}", clause.label) for clause in clauses if clause.place}


def _contract_view(
    index: int, record: Mapping[str, Any], text: str, page_starts: Sequence[tuple[int, int]] | None, images: Mapping[int, bytes]
) -> dict[str, Any]:
    """Return what the template shows of one record."""
    contract = (record.get("contract") or {}) if record["document"]["status"] == "COMPLETE" else {}
    entities = record.get("entities") or []
    prefix = f"d{index}"
    starts = infer_page_starts(text, entities) if page_starts is None else page_starts
    clauses = particulars.listed_clauses(contract, text)
    spans = [*_evidence_spans(contract, clauses, prefix), *entity_spans(entities, targets=_targets(clauses, prefix))]
    return {
        "prefix": prefix,
        "document": record["document"],
        "contract": contract,
        "facts": list(_contract_facts(contract)) if contract else [],
        "amounts": particulars.amounts_by_kind(contract),
        "dates": particulars.dates_by_kind(contract),
        "terms": particulars.listed_terms(contract, text),
        "clauses": clauses,
        "lineage": record.get("lineage") or {},
        "run": record.get("run") or {},
        "pictures": page_pictures(images, entities),
        "blocks": highlight(text, spans, page_starts=starts) if text else [],
        "entities": len(entities),
    }


def _script() -> Markup:
    return Markup((_TEMPLATES / "report.js").read_text(encoding="utf-8"))


def render_report(
    records: Sequence[Mapping[str, Any]],
    texts: Mapping[str, str],
    out: Path,
    *,
    page_starts: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    images: Mapping[str, Mapping[int, bytes]] | None = None,
) -> None:
    """Write the page.

    Args:
        records: public records, COMPLETE or QUARANTINED, in the order in which they are shown.
        texts: cleaned text by document id; a record without one is shown without its text.
        out: the HTML file.
        page_starts: by document id, (page, offset in the text) pairs in order; guessed from the entities where absent.
        images: by document id, the pictures of pages that have one; those beyond ``page_pictures.MOST`` are left out, and it says so.
    """
    known, left = page_starts or {}, MOST
    views = []
    for index, record in enumerate(records):
        document_id = record["document"]["document_id"]
        pictures = dict(list((images or {}).get(document_id, {}).items())[:left])
        left -= len(pictures)
        views.append(_contract_view(index, record, texts.get(document_id, ""), known.get(document_id), pictures))
    counts = Counter((item["layer"], item["type"]) for record in records for item in record.get("entities") or [])
    script = _script()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    legend = [
        ("role", "Contract roles", [(name, counts["role", name]) for name in ROLE_TYPES if counts["role", name]]),
        ("mention", "Mentions", [(name, counts["mention", name]) for name in MENTION_TYPES if counts["mention", name]]),
    ]
    hues = {name: round(index * 360 / len(MENTION_TYPES) * 7) % 360 for index, name in enumerate(MENTION_TYPES)}
    hues |= {name: round(15 + index * 360 / len(ROLE_TYPES) * 4) % 360 for index, name in enumerate(ROLE_TYPES)}
    template = _environment().get_template("report.html.j2")
    omitted = sum(map(len, (images or {}).values())) - (MOST - left)
    page = template.render(views=views, legend=legend, hues=hues, script=script, script_hash=digest, omitted=omitted)
    out.write_text(page, encoding="utf-8")
