"""Keys of the table, and the hashes, shards and buckets in them. No name and no text of a document ever gets into a key.

PK                  SK                                        index partition (GSI1PK)
DOC#<document_id>   HEAD                                      STATUS#<status>#<shard>
                    VERSION#<version_id>#STATE                OPEN#<shard>, while it is processed
                    VERSION#<version_id>#RUN#<run_id>#PAGE#<batch>
                    VERSION#<version_id>#RUN#<run_id>#CHUNK#<group>
                    RUN#<run_id>                              MODEL#<model version>#<shard>
                    RUN#<run_id>#BODY#<part>
                    RUN#<run_id>#ENTITIES#<TYPE>#<part>
                    RUN#<run_id>#IDX#<GSI1PK without shard>   ENTITY#…, PARTY#…, PARTYWORD#…, PARTYBLOCK#…, EXPIRES#…, NOTICE#…
LINK#<canonical_id> INTO, FROM#<canonical_id>, APART#<canonical_id>
LINKS               COUNT, DECISION#<number>

Ids and types hold no ``#``; an S3 version id holds none either.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from whereas.errors import InvalidRequestError

SHARDS: Final[dict[str, int]] = {
    "STATUS": 8,
    "OPEN": 4,
    "MODEL": 8,
    "ENTITY": 4,
    "PARTY": 4,
    "PARTYWORD": 4,
    "PARTYBLOCK": 4,
    "EXPIRES": 1,
    "NOTICE": 1,
}
"""Into how many index partitions a value of each kind is spread.

One partition takes 1000 write units a second (DynamoDB Developer Guide, "Burst and adaptive capacity"). Every document writes
its status and model, and every contract of one company its party, so those are spread; a month of expiry dates is written
by a small share of documents, and stays whole so that its dates come in order.
"""

SEQUENCER_DIGITS: Final = 64


def document(document_id: str) -> str:
    """Return the partition key of everything of a document."""
    return f"DOC#{document_id}"


HEAD: Final = "HEAD"


def version(version_id: str) -> str:
    """Return the sort key of a version's state."""
    return f"VERSION#{version_id}#STATE"


def page_joins(version_id: str, run_id: str) -> str:
    """Return the sort key prefix of the page batches that were read."""
    return f"VERSION#{version_id}#RUN#{run_id}#PAGE#"


def chunk_joins(version_id: str, run_id: str) -> str:
    """Return the sort key prefix of the chunk groups that were recognised."""
    return f"VERSION#{version_id}#RUN#{run_id}#CHUNK#"


def part(number: int) -> str:
    """Return a number as it ends a sort key: zero-padded, so that keys sort as numbers do."""
    return f"{number:05d}"


def run(run_id: str) -> str:
    """Return the sort key of a run, which is the prefix of all the run's items."""
    return f"RUN#{run_id}"


def body(run_id: str, number: int) -> str:
    """Return the sort key of one further part of a run's body."""
    return f"RUN#{run_id}#BODY#{part(number)}"


def entities(run_id: str, entity_type: str | None = None) -> str:
    """Return the sort key prefix of a run's packed entities: of one type, or of all."""
    return f"RUN#{run_id}#ENTITIES#" + (f"{entity_type}#" if entity_type else "")


def index_item(run_id: str, partition: str) -> str:
    """Return the sort key of the index item that puts a run's document into ``partition`` (without its shard)."""
    return f"RUN#{run_id}#IDX#{partition}"


LINKS: Final = "LINKS"
"""The partition of all decisions about names: people make them by hand, so one partition takes them all."""


def link(canonical_id: str) -> str:
    """Return the partition key of what was decided about one canonical entity."""
    return f"LINK#{canonical_id}"


def shard_of(kind: str, document_id: str) -> int:
    """Return the shard of a document within the index partitions of ``kind``; the same on every machine."""
    return int.from_bytes(hashlib.sha256(document_id.encode()).digest()[:4]) % SHARDS[kind]


def sharded(kind: str, value: str, document_id: str) -> str:
    """Return the index partition in which a document is found under ``value``."""
    return f"{kind}#{value}#{shard_of(kind, document_id)}" if value else f"{kind}#{shard_of(kind, document_id)}"


def shards(kind: str, value: str) -> tuple[str, ...]:
    """Return every index partition that holds documents under ``value``, in the order in which they are read."""
    return tuple(f"{kind}#{value}#{shard}" if value else f"{kind}#{shard}" for shard in range(SHARDS[kind]))


def sequence(sequencer: str, version_id: str) -> str:
    """Return a string that orders the versions of one document as their uploads happened.

    S3 sequencers are hexadecimal and differ in length: the shorter is padded on the right with zeros, then they compare as
    strings (S3 User Guide, "Event message structure"). The version id settles a tie, so that any order of arrival gives the
    same winner.

    Raises:
        InvalidRequestError: the sequencer is not hexadecimal, or longer than any that S3 makes.
    """
    if not re.fullmatch(rf"[0-9A-Fa-f]{{0,{SEQUENCER_DIGITS}}}", sequencer):
        raise InvalidRequestError("an S3 event's sequencer must be up to 64 hexadecimal digits; this event is not from S3")
    return f"{sequencer.upper().ljust(SEQUENCER_DIGITS, '0')}#{version_id}"


def words(name: str) -> tuple[str, ...]:
    """Return the distinct words of a name as they are searched: without case, accents and punctuation, in their order."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return tuple(dict.fromkeys(re.findall(r"[^\W_]+", plain.casefold())))


COMMON: Final = frozenset({
    "ag", "and", "asa", "bank", "bv", "by", "co", "company", "corp", "corporation", "de", "for", "gmbh", "group", "holding",
    "holdings", "inc", "incorporated", "international", "kg", "la", "limited", "llc", "llp", "lp", "ltd", "na", "nv", "of",
    "oy", "plc", "pty", "sa", "sarl", "spa", "srl", "the", "trust",
})  # fmt: skip
"""Words of so many names that an index partition under one would run hot and find nothing; they are compared, not indexed."""


def index_words(name: str) -> tuple[str, ...]:
    """Return the words under which a name is indexed: those that tell it from others, or all where none does."""
    every = words(name)
    return tuple(word for word in every if len(word) > 1 and word not in COMMON) or every


def hashed(word: str) -> str:
    """Return a word as it stands in a key: names of people and companies are not to be read from keys."""
    return hashlib.sha256(word.encode()).hexdigest()[:16]


def first_day(date: str) -> str:
    """Return the first day that an ISO 8601 date of day, month or year precision may mean: windows find it early, never late."""
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]


def months(first: str, last: str) -> tuple[str, ...]:
    """Return every month (``yyyy-mm``) from the one of ``first`` to the one of ``last``, both ISO 8601 days."""
    low, high = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    return tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(low, high + 1))
