"""Text layer or OCR: the rules, each with the id that is stored with its page.

Measures decide where they are clear. Between two thresholds a band of the page is recognised and compared with what the layer
has there (``pdf.probe``); that costs a tenth of recognising the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from whereas.types import PageMeasures

Choice = Literal["text_layer", "ocr", "probe"]

# A layer of fewer characters (250 on a letter page) over a picture is a stamp (a Bates number, an e-signature's envelope), not the page.
STAMP_DENSITY = 2.7
PICTURE_SHARE = 0.5
# A page of so few characters (750 on a letter page) may have more words among its outlines; this many points are some 60 letters.
_SPARSE_DENSITY = 8.0
_OUTLINE_POINTS = 1200
# A smaller picture is a logo or a signature.
_INSET_SHARE = 0.12
# Ink outside the layer's words: rules and a logo on a page of text make up less.
UNCOVERED = 0.3
# Good tools make no bad character; one in ten is too many (``pdf.sanity``), one in fifty is looked into.
_DOUBTED_BAD_SHARE = 0.02
# Frequent English words: a page in a hundred of real contracts has fewer than 0.6, letters in another order have under 0.1.
_GOOD_WORD_SHARE = 0.75
_POOR_WORD_SHARE = 0.35
# Two good readings of the same print agree on nine words in ten or more; a layer that belongs elsewhere on one in ten (small words),
# one with a letter wrong in every other word on half of them.
_AGREES = 0.8
_MOSTLY = 0.5
# A band of fewer confident words proves nothing.
_PROBE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice and the id of the rule that made it. Of a ``probe`` the id says what is in doubt."""

    choice: Choice
    reason: str


def decide(measures: PageMeasures, *, garbage: str | None, outline_points: int, quarters: int, uncovered: Callable[[], float]) -> Decision:
    """Choose by what was measured; ``probe`` where that is not clear.

    Args:
        measures: of the page.
        garbage: what ``pdf.sanity`` says against the text layer.
        outline_points: points of the page's paths.
        quarters: by which the layer's text is turned.
        uncovered: measures the ink outside the layer's words; called only where it matters, for it renders the page.
    """
    if measures.characters_per_square_inch == 0:
        outlined = outline_points >= _OUTLINE_POINTS and measures.picture_share < PICTURE_SHARE
        return Decision("ocr", "outlined_text" if outlined else "no_text_layer")
    if garbage is not None:
        return Decision("ocr", garbage)
    if measures.hidden_share >= _MOSTLY and measures.picture_share >= PICTURE_SHARE:
        return _of_a_scan(measures, uncovered)
    if measures.characters_per_square_inch < STAMP_DENSITY and measures.picture_share >= PICTURE_SHARE:
        return Decision("ocr", "picture_with_little_text")
    if measures.bad_share > _DOUBTED_BAD_SHARE or _is_below(measures.word_share, _POOR_WORD_SHARE):
        return Decision("probe", "doubtful_text_layer")
    pictured = measures.picture_share >= _INSET_SHARE
    outlined = outline_points >= _OUTLINE_POINTS and measures.characters_per_square_inch < _SPARSE_DENSITY
    if (pictured or outlined) and uncovered() >= UNCOVERED:
        return Decision("probe", "picture_beside_text" if pictured else "outlines_beside_text")
    return _kept(measures, quarters)


def settle(doubt: str, measures: PageMeasures, *, words: int, agreement: float) -> Decision:
    """Decide after a probe.

    Args:
        doubt: the reason of the ``probe`` decision.
        measures: of the page.
        words: that OCR read with confidence in the band.
        agreement: share of them that the layer has in the band too.
    """
    if doubt in {"picture_beside_text", "outlines_beside_text"}:
        more = words >= _PROBE_WORDS and agreement < _AGREES
        return Decision("ocr", doubt.replace("beside", "with")) if more else Decision("text_layer", "nothing_beside_text")
    if words < _PROBE_WORDS:
        # OCR cannot do better than a layer that it cannot even contradict, unless that is no language either.
        poor = _is_below(measures.word_share, _POOR_WORD_SHARE)
        return Decision("ocr", f"{doubt}_unproved") if poor else Decision("text_layer", f"{doubt}_unproved")
    return Decision("text_layer", f"{doubt}_confirmed") if agreement >= _AGREES else Decision("ocr", f"{doubt}_refuted")


def _of_a_scan(measures: PageMeasures, uncovered: Callable[[], float]) -> Decision:
    """Judge what an OCR program has put under or over the picture of a page."""
    if measures.characters_per_square_inch < STAMP_DENSITY:
        return Decision("ocr", "picture_with_little_text")
    if _is_below(measures.word_share, _POOR_WORD_SHARE):
        return Decision("ocr", "poor_ocr_layer")
    good = measures.word_share is not None and measures.word_share >= _GOOD_WORD_SHARE and measures.bad_share == 0
    return Decision("text_layer", "good_ocr_layer") if good and uncovered() < UNCOVERED else Decision("probe", "ocr_layer")


def _kept(measures: PageMeasures, quarters: int) -> Decision:
    if measures.oblique_share > _MOSTLY:
        return Decision("text_layer", "oblique_text_layer")
    return Decision("text_layer", "turned_text_layer" if quarters else "sane_text_layer")


def _is_below(share: float | None, threshold: float) -> bool:
    return share is not None and share < threshold
