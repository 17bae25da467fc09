"""The adjectives by which contracts say where a company was made: "a Dutch company", "an Israeli corporation"."""

from __future__ import annotations

import re

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.places import find_places, place_name
from whereas.resolution.view import View

_CODES = {
    "american": "US", "argentine": "AR", "argentinian": "AR", "australian": "AU", "austrian": "AT", "bahamian": "BS", "barbadian": "BB",
    "belgian": "BE", "bermudian": "BM", "brazilian": "BR", "british": "GB", "bvi": "VG", "bulgarian": "BG", "canadian": "CA",
    "chilean": "CL", "chinese": "CN", "colombian": "CO", "croatian": "HR", "cypriot": "CY", "czech": "CZ", "danish": "DK", "dutch": "NL",
    "egyptian": "EG", "english": "GB-ENG", "estonian": "EE", "finnish": "FI", "french": "FR", "german": "DE", "greek": "GR",
    "hungarian": "HU", "icelandic": "IS", "indian": "IN", "indonesian": "ID", "irish": "IE", "israeli": "IL", "italian": "IT",
    "japanese": "JP", "korean": "KR", "latvian": "LV", "lithuanian": "LT", "liechtenstein": "LI", "maltese": "MT", "malaysian": "MY",
    "mexican": "MX", "moroccan": "MA", "nigerian": "NG", "norwegian": "NO", "pakistani": "PK", "panamanian": "PA", "peruvian": "PE",
    "philippine": "PH", "polish": "PL", "portuguese": "PT", "romanian": "RO", "russian": "RU", "saudi": "SA", "scottish": "GB-SCT",
    "serbian": "RS", "singaporean": "SG", "slovak": "SK", "slovenian": "SI", "spanish": "ES", "swedish": "SE", "swiss": "CH",
    "taiwanese": "TW", "thai": "TH", "turkish": "TR", "ukrainian": "UA", "uruguayan": "UY", "venezuelan": "VE", "vietnamese": "VN",
    "welsh": "GB-WLS",
}  # fmt: skip
_WORD = re.compile(r"(?<![\w-])[A-Za-z]{3,14}(?![\w-])")


def find_origin(view: View, start: int, end: int) -> Candidate | None:
    """Return the first place or nationality named in [start, end) as a LOCATION with its ISO 3166 code, or None."""
    places = find_places(view, start, end)
    if places:
        return places[0]
    for word in _WORD.finditer(view.shadow, start, end):
        code = _CODES.get(word.group(0).lower())
        if code and word.group(0)[0].isupper():
            return Candidate("LOCATION", word.start(), word.end(), place_name(code), "nationality", 0.8, code=code)
    return None
