"""Characters of the symbol fonts, whose codes mean something in their font alone."""

from __future__ import annotations

_PRIVATE = range(0xF000, 0xF100)
# Characters of the symbol fonts that stand in contracts, by their place in the font (Adobe's Symbol and Microsoft's Wingdings encodings).
_SYMBOLS = {
    "symbol": {0x2D: "−", 0xA0: "€", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xD2: "®", 0xD3: "©", 0xD4: "™",
               0xE2: "®", 0xE3: "©", 0xE4: "™"},
    "wingdings": {0x6C: "•", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0xA8: "☐", 0xA7: "▪", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0xA3: "☐"},
}  # fmt: skip


def symbol(font: str, code: int) -> str:
    """Return the character that ``code`` of a font shows; "" where it is a picture that no contract needs.

    Args:
        font: the font's name as the document gives it.
        code: from the document; symbol fonts hold their codes in the private area too, 0xF000 higher.
    """
    table = _SYMBOLS.get(font.strip().lower())
    if code in _PRIVATE or table is not None:
        return (table or {}).get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""
