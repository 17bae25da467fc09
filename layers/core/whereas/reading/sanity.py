"""Whether a text layer says what the page shows.

A broken ToUnicode map gives replacement or private-use characters, or letters of another alphabet order ("Wkh djuhhphqw").
The first is counted; the second shows in the words: running text of any language that is written in Latin letters is full of
a few short words and keeps a steady share of vowels.
"""

from __future__ import annotations

import re
import unicodedata

from whereas.reading.wordlists import word_set

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœ")
# The most frequent words of the languages that contracts in Latin letters come in; a third of running text is made of them.
_COMMON = word_set("""
    the of and to in or for any by this be shall with that as is on such agreement not from party are at all an may under other will
    its which it section company if has have no been a i der die und das den von zu mit des im für auf ist dem nicht eine als auch
    ein sich oder wird werden le la les de des et du en un une que est pour dans par sur au aux ou ce qui ne pas el los del las y que
    se por con una su para al es lo como o il di e che per un con non sono della dei del alla gli le da het een van en dat op te zijn
    met voor niet aan er os do da em um uma não ao dos das com inc llc ltd date name title exhibit schedule page annex signature by
""")
# Characters that no reader shows, as a share of all; text layers made by good tools have none.
_MAX_BAD_SHARE = 0.10
_MIN_LETTERS = 60
# Below all of these a page of Latin letters is no language: tables of names and figures keep the vowels, code keeps the common words.
_MIN_COMMON_SHARE = 0.04
_VOWEL_SHARE = (0.27, 0.58)
_MAX_HARD_SHARE = 0.25
_HARD = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}", re.IGNORECASE)


def bad_share(text: str) -> float:
    """Return the share of characters that are replacement, private-use, control or unassigned ones; white space aside."""
    total = bad = 0
    for character in text:
        if not character.isspace():
            total += 1
            bad += _is_bad(character)
    return bad / total if total else 0.0


def _is_bad(character: str) -> bool:
    if character.isascii():
        return character < " "
    return character == "\ufffd" or unicodedata.category(character) in {"Co", "Cn", "Cc", "Cs"}


def judge(text: str) -> str | None:
    """Return why a text layer is not to be trusted, or None where it is sane.

    Returns:
        ``garbage_characters``, ``garbage_words`` or None.
    """
    if bad_share(text) > _MAX_BAD_SHARE:
        return "garbage_characters"
    return "garbage_words" if _is_no_language(text) else None


def _is_no_language(text: str) -> bool:
    words = _LATIN_WORD.findall(text)
    letters = sum(map(len, words))
    solid = sum(not c.isspace() for c in text)
    if letters < _MIN_LETTERS:
        # Hardly a letter on a page full of signs: symbols in place of glyphs, unless another script or figures explain it.
        return solid >= 3 * _MIN_LETTERS and letters < 0.1 * solid and not _is_explained(text, solid)
    common = sum(word.lower() in _COMMON for word in words) / len(words)
    if common >= _MIN_COMMON_SHARE:
        return False
    vowels = sum(c in _VOWELS for word in words for c in word.lower()) / letters
    hard = sum(_HARD.search(word) is not None for word in words) / len(words)
    return not _VOWEL_SHARE[0] <= vowels <= _VOWEL_SHARE[1] or hard > _MAX_HARD_SHARE


def _is_explained(text: str, solid: int) -> bool:
    figures = sum(c.isdigit() or c in ".,$€£%()-–—_/:|" for c in text)
    other_script = sum(c.isalpha() and not c.isascii() for c in text)
    return (figures + other_script) / solid > 0.6
