"""The sample contracts as other word processors write them: read back, they say what the text says."""

import re

import pytest

from whereas.documents.sniffing import sniff
from whereas.reading import count_pages, find_ocr, read_pages
from whereas.reading.cleanup import clean
from whereas.settings import Limits
from whereas.types import MediaType
from whereas_local.samples.composing import compose
from whereas_local.samples.office import write_odt, write_rtf
from whereas_local.samples.word import write_docx


def words(data: bytes, media_type: MediaType) -> list[str]:
    assert sniff(data, name="x") is media_type
    assert count_pages(data, media_type, limits=Limits()) == 1
    pages = list(read_pages(data, media_type, first=1, last=1, limits=Limits(), ocr=find_ocr()))
    return re.findall(r"[\w.,'’-]+", clean(pages).text)


@pytest.mark.parametrize("kind", ["nda", "supply", "lease"])
def test_every_word_comes_back_in_order(kind: str) -> None:
    draft = compose(kind, seed=5)
    odt, rtf = words(write_odt(draft), MediaType.ODT), words(write_rtf(draft), MediaType.RTF)
    # RTF has a footer, which ODT keeps elsewhere.
    footer = re.findall(r"[\w.,'’-]+", draft.footer)
    assert rtf[: len(odt)] == odt
    assert rtf[len(odt) : len(odt) + len(footer)] == footer
    # Word shows numbers of its own, and the tracked change at its end.
    told = {word for word in odt if word.isalpha()}
    docx = set(words(write_docx(draft), MediaType.DOCX))
    assert len(told - docx) < 0.02 * len(told)
