"""The language of a text: its script, then the small words that every sentence is full of.

A light measure on purpose: the question is whether the model may read this text, and a page of contract holds hundreds of
such words. Detectors such as langid and lingua bring megabytes of profiles into the layer for the same answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from whereas.reading.wordlists import word_set

UNDETERMINED = "und"

_SAMPLE_CHARACTERS = 60_000
_MIN_WORDS = 12
_MIN_SHARE = 0.12
_CLEAR_LEAD = 0.05
# One word makes no language: a price list that says "per" on every line is not Italian. "The" makes up some 6 % of English.
_MAX_WORD_SHARE = 0.05
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
# Words that English shares in some other sense ("die", "in", "on", "me", "a") are left out of the other profiles.
_PROFILES: dict[str, frozenset[str]] = {
    language: word_set(words)
    for language, words in {
        "en": """the of and to in or for any by this be shall with that as is on such not from are at all an may under other will which it
            if has have its been was were their they a between""",
        "de": """der die und das den von zu mit des im für auf ist dem nicht eine als auch ein sich oder wird werden einer eines bei nach
            aus durch kann sind wenn vertrag""",
        "fr": """le la les de des du et un une que est pour dans par sur au aux ou ce qui ne pas en à il sont avec être cette ses leur""",
        "es": """el la los las de del y que en se por con una un su para al es lo como más este esta sus sin entre ser""",
        "it": """il di e che la per un con non sono della dei del alla gli le da si una nel delle dal ai è essere come""",
        "nl": """de het een van en dat op te zijn met voor niet aan er door deze wordt bij als uit ook om naar kan tot""",
        "pt": """o os da em um uma não ao dos das com de e que para por se na ou pelo pela ser sua seu como""",
        "sv": """och att det som en på är av för med till den har inte om ett skall eller vid från kan ska detta""",
        "pl": """w na z do się jest nie że oraz lub przez od po za dla jako przy niniejszej umowy""",
    }.items()
}
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"), ("CYRILLIC", "ru"), ("GREEK", "el"), ("ARABIC", "ar"),
    ("HEBREW", "he"), ("THAI", "th"), ("DEVANAGARI", "hi"),
)  # fmt: skip
# Japanese is mostly written in CJK ideographs: so much kana decides.
_KANA_SHARE = 0.05


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's main language, ``und`` where it is too short or fits none.

    Of a script that several languages share the most frequent one is named (``ru`` for Cyrillic): the answer is exact for
    Latin letters only.
    """
    # Lines that differ in their numbers alone, as those of a price list, count once.
    sample = "\n".join(dict.fromkeys(_DIGITS.sub("0", line) for line in text.split("\n")))[:_SAMPLE_CHARACTERS]
    script = _script(sample)
    if script is not None:
        return script
    words = [word.casefold() for word in _WORD.findall(sample)]
    if len(words) < _MIN_WORDS:
        return UNDETERMINED
    counts = Counter(words)
    scores = {language: sum(min(counts[word] / len(words), _MAX_WORD_SHARE) for word in profile) for language, profile in _PROFILES.items()}
    best = max(scores, key=lambda language: scores[language])
    # English with lists of names in another language is still English: another one has to lead clearly.
    if scores["en"] >= _MIN_SHARE and scores[best] < scores["en"] + _CLEAR_LEAD:
        return "en"
    return best if scores[best] >= _MIN_SHARE and scores[best] >= scores["en"] + _CLEAR_LEAD else UNDETERMINED


def _script(text: str) -> str | None:
    """Return the language of a script other than Latin where most letters are of it."""
    letters = [character for character in text[:4000] if character.isalpha()]
    foreign = Counter(unicodedata.name(character, "").split(" ")[0] for character in letters if not character.isascii())
    shares = {code: 0.0 for _, code in _SCRIPTS}
    for script, code in _SCRIPTS:
        shares[code] += foreign[script] / len(letters) if letters else 0.0
    if shares["ja"] >= _KANA_SHARE and shares["ja"] + shares["zh"] > 0.5:
        return "ja"
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] > 0.5 else None
