"""Which words are a heading: set as a title, few, and no sentence."""

from __future__ import annotations

import re

from whereas.reading.wordlists import word_set

MAX_HEADING = 90
_ABBREVIATED = "".join(rf"(?<!\b{word})" for word in ("Inc", "Corp", "Ltd", "No", "Co", "vs", "[A-Z]"))
_RUN_IN = re.compile(
    r"[\"“]?(?P<heading>[A-Z](?:(?! \([a-z]{1,4}\) )[^.:\n]){1,88}?(?:, etc\.)?)[\"”]?"
    rf"(?:{_ABBREVIATED}\.[\"”]?(?=\s|$)|:(?=\s|$)|\s+[-–—]{{1,2}}\s|[-–—]{{2}})"
)
# "Price adjustment. The …": a capital at the first word alone.
_SENTENCE_CASE = re.compile(
    r"(?!(?:The|It|This|Each|All|Any|No|If|They|He|She|We|I|Such)\b)[A-Z][a-z-]+"
    r"(?: (?!(?:shall|will|may|must|is|are|was|has|have|agrees?|means|can|not)\b)[a-z][a-z-]+){0,4}\.\s+[A-Z]"
)
# "2. Term The term of …": a heading that lost the end of its line is told by how the sentence after it begins.
_RUN_TOGETHER = re.compile(
    r"(?P<heading>[A-Z][\w'’&/-]*(?:,? (?:[A-Z][\w'’&/-]*|and|of|or|the|to|for|by|in|on|with)){0,8}?) "
    r"(?:\d{1,2}\.0?1\.? [\"“A-Z]|\(a\) |(?:The|This|Each|If|Upon|Any|All|Either|Neither)\b,? [A-Za-z]|"
    r"(?:These|Both|In|Subject|During|Except|Notwithstanding|Nothing|No|It|For|As|Unless)\b,? [a-z])"
)
_SMALL_WORDS = word_set("""
    a an and as at by for from in into of on or the to with no not its other upon under after before between beyond than via
""")
_MAX_HEADING_WORDS = 12
_MAX_TITLE_WORDS = 5
_FORMS = re.compile(
    r"(?:INC|INCORPORATED|LLC|L\.L\.C|LTD|LIMITED|CORP|CORPORATION|COMPANY|CO|L\.?P|LLP|PLC|N\.?A|GMBH|B\.?V|S\.?A|A\.?G|TRUST|PARTNERSHIP|BANK)\.?\W{0,2}"
)


def is_heading(text: str) -> bool:
    """Whether words are set as a title: capitals at (nearly) all words but the small ones, and no sentence."""
    words = [word.strip("\"“”'’()[],;") for word in text.split()]
    words = [word for word in words if word and word[0].isalpha()]
    if not 0 < len(words) <= _MAX_HEADING_WORDS:
        return False
    long_words = [word for word in words if word.lower() not in _SMALL_WORDS]
    capital = sum(word[0].isupper() for word in long_words)
    return words[0][0].isupper() and (len(words) == 1 or capital >= 0.7 * max(1, len(long_words)))


def run_in_heading(rest: str) -> tuple[str | None, int]:
    """Return the heading at the beginning of a clause's text and how many characters it takes with its mark; None and 0 without one."""
    match = _RUN_IN.match(rest)
    if match and is_heading(match["heading"]):
        return _balanced(match["heading"]), match.end()
    if len(rest) <= MAX_HEADING and (is_heading(bare(rest)) or _is_title_line(rest)):
        return bare(rest) or None, len(rest)
    if match and _SENTENCE_CASE.match(rest):
        return match["heading"], match.end()
    return None, 0


def _balanced(heading: str) -> str:
    """Give a heading back the quotation mark that its end cut off."""
    heading = heading.strip()
    return heading + "”" if heading.count("“") > heading.count("”") else heading


def run_together(rest: str) -> str | None:
    """Return a heading that runs into the sentence after it, None where none is to be told."""
    match = _RUN_TOGETHER.match(rest)
    return match["heading"] if match and is_heading(match["heading"]) else None


def heading_below(below: str) -> str | None:
    """Return the line under a number that stands alone, where it is a heading."""
    return bare(below) if 0 < len(below) <= MAX_HEADING and is_heading(below) else None


def is_title_of_capitals(line: str) -> bool:
    """Whether a line that stands alone is a heading in capitals; names with a legal form are parties, no headings."""
    if not line.isupper() or len(line) > MAX_HEADING:
        return False
    letters = sum(character.isalpha() for character in line)
    if letters < 4 or letters < 0.6 * len(line) or len(line.split()) > 8 or line[-1] in ",;:":
        return False
    return not _FORMS.fullmatch(line.split()[-1]) or line.split()[-1] == "COMPANY" == line


def _is_title_line(rest: str) -> bool:
    """Whether a whole line is a few words and no sentence: headings are often set with a capital at the first word alone."""
    return len(rest.split()) <= _MAX_TITLE_WORDS and rest[-1:].isalpha()


def bare(heading: str) -> str:
    """Return a heading without the marks that end it."""
    return heading.strip('"“”').rstrip(".: ")
