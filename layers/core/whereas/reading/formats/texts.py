"""HTML and plain text, alone or as the documents of one submission to the SEC."""

from __future__ import annotations

from whereas.reading.formats import html, plain, submissions
from whereas.types import PageText


def read(data: bytes, *, markup: bool) -> PageText:
    """Return a text as one page.

    Args:
        data: the whole file.
        markup: it is HTML. Of a submission each document is looked at by itself.

    Raises:
        PermanentError: ``empty``.
    """
    text, encoding = html.decode(data) if markup else plain.decode(data)
    if not submissions.is_submission(text):
        return html.read(data) if markup else plain.read(data)
    documents, warnings = submissions.documents(text)
    marked_up = [submissions.is_markup(document) for document in documents]
    texts = [html.text_of(one) if is_markup else plain.tidy(one) for one, is_markup in zip(documents, marked_up, strict=True)]
    return plain.page_of(
        "\n\n".join(one.strip("\n") for one in texts),
        source_reason=f"submission of {len(texts)} document(s), encoding:{encoding}",
        # Lines of ASCII are wrapped; where there are any, lines are joined by their looks.
        markup=bool(texts) and all(marked_up),
        warnings=warnings,
    )
