"""What RTF's control words mean (Rich Text Format Specification 1.9.1): destinations, characters, code pages."""

from __future__ import annotations

CHARACTERS = {
    "tab": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
"""Control words that stand for a character."""

SYMBOLS = {"~": "\u00a0", "_": "-", "-": "", "|": "", ":": "", "\\": "\\", "{": "{", "}": "}", "\n": "", "\r": ""}
"""Control symbols that stand for a character; an optional hyphen shows nothing."""

SKIPPED = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "fldinst", "annotation", "atnid", "atnauthor", "xe", "tc", "rxe", "txe",
    "nonesttables", "objdata", "objclass", "shprslt", "shpinst", "template", "listtable", "listoverridetable", "revtbl", "upr", "formfield",
    "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "sn", "sv", "private1", "comment",
    "pntxta", "pntxtb", "filetbl", "xmlnstbl", "rsidtbl", "generator", "themedata", "datastore", "latentstyles", "bkmkstart", "bkmkend",
})  # fmt: skip
"""Destinations whose text the reader of the document does not see. Every other one that is marked ``\\*`` is not seen either."""

SHOWN_AGAIN = frozenset({"shptxt", "ud"})
"""Destinations inside skipped ones that are seen: the text of a shape, and the Unicode version of a text given twice."""

STARRED_BUT_SHOWN = frozenset({"shptxt", "ud"})

LABELS = frozenset({"listtext", "pntext"})
"""The number of a paragraph as the program that wrote the file showed it. Resets of the paragraph in it are its own."""

PARTS = {
    "footnote": "note", "shptxt": "box", "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
}  # fmt: skip
"""Destinations whose text stands elsewhere than where they are written."""

CODE_PAGES = {
    77: "mac_roman", 78: "cp932", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""Python's name for the code page of a font's ``\\fcharset``; of those left out, the document's own."""

SYMBOL_CHARSET = 2

WORDS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""The document's character set by its header word."""
