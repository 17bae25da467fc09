"""Whether a text layer says what the page shows.

A broken ToUnicode map gives replacement or private-use characters, or letters of another order ("Wkh djuhhphqw"). The
first is counted; the second shows in the pairs of letters: languages written in Latin letters live on the same two hundred of
the 676 pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from operator import add

from whereas.reading.wordlists import word_set

# Pairs that make up 90 % of English contracts, and the further frequent ones of German, French, Spanish, Italian, Dutch, Portuguese,
# Swedish and Polish. Of 1,500 real contract pages, tables and lists of names among them, none has less than 0.77 of its pairs here;
# text under a substitution of letters has 0.07 to 0.42.
_PAIRS = word_set("""
    ab ac ad ag ai al am an ap ar as at av aw ay be bl br by ca ce ch ci cl co ct cu da de di do dt du ea eb ec ed ee ef eg ei el em
    en ep er es et ev ex ez fe ff fi fo fr ga ge go gr gt ha he hi hl ho ht ia ic id ie if ig il im in io ir is it iv ka la le li ll
    lo lu ly ma me mi mo mp na nc nd ne nf ng ni no ns nt ny od of ol om on op or os ot ou ov ow pa pe pl po pp pr qu ra rc rd re ri
    rl rm rn ro rs rt ry sa sc se sh si so sp ss st su ta te th ti to tr ts tt tu ty ua uc ue ul un ur us ut va ve vi wa wh wi wo za
    ze zw
""")
_MIN_KNOWN_SHARE = 0.6
_MIN_PAIRS = 60
_MIN_LETTER_SHARE = 0.6
# All but the plain characters of ASCII: the only ones worth a look.
_ODD = re.compile(r"[^\x20-\x7e\s]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")
# Characters that no reader shows, as a share of all; text layers made by good tools have none.
_MAX_BAD_SHARE = 0.10
# A page of signs with hardly a letter: symbols stand in place of glyphs, unless figures, lines or another script explain it.
_MIN_SOLID = 180
_MAX_LETTER_SHARE = 0.1
_MIN_EXPLAINED_SHARE = 0.6
_FIGURES = frozenset("0123456789.,$€£%()-–—_/:|*")


def judge(text: str, *, bad: float | None = None) -> str | None:
    """Return why a text layer is not to be trusted, or None where it is sane.

    Args:
        text: of the layer.
        bad: its ``bad_share``, where the caller has it.

    Returns:
        ``garbage_characters``, ``garbage_words`` or None.
    """
    if (bad_share(text) if bad is None else bad) > _MAX_BAD_SHARE:
        return "garbage_characters"
    return "garbage_words" if _is_no_language(text) else None


def bad_share(text: str) -> float:
    """Return the share of characters that are replacement, private-use, control or unassigned ones; white space aside."""
    odd = sum(map(_is_bad, _ODD.findall(text)))
    return odd / len("".join(text.split())) if odd else 0.0


def _is_bad(character: str) -> bool:
    if character.isascii():
        return character < " "
    return character == "\ufffd" or unicodedata.category(character) in {"Co", "Cn", "Cc", "Cs"}


def _is_no_language(text: str) -> bool:
    words = _LATIN_WORD.findall(text)
    letters = sum(map(len, words))
    run = " ".join(words).lower()
    counted = Counter(map(add, run, run[1:]))
    pairs = known = 0
    for pair, count in counted.items():
        if " " not in pair:
            pairs += count
            # Pairs with an accented letter are as good as known: broken fonts seldom make them.
            known += count * (pair in _PAIRS or not pair.isascii())
    solid = len("".join(text.split()))
    if pairs >= _MIN_PAIRS:
        # Lists of part numbers are letters of no language too: only running text is judged by its pairs.
        return known < _MIN_KNOWN_SHARE * pairs and letters >= _MIN_LETTER_SHARE * solid
    return solid >= _MIN_SOLID and letters < _MAX_LETTER_SHARE * solid and not _is_explained(text, solid)


def _is_explained(text: str, solid: int) -> bool:
    explained = sum(character in _FIGURES or (character.isalpha() and not character.isascii()) for character in text)
    return explained >= _MIN_EXPLAINED_SHARE * solid
