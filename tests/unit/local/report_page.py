"""Renders a report for tests and reads the page back, refusing HTML that does not close as it opens."""

from html.parser import HTMLParser

from public_records import TEXT, complete

from whereas_local.report import render_report

VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """Collects a page's elements and refuses tags that do not match."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.stack, self.elements, self.scripts, self.texts = [], [], [], {}

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        opened = self.stack.pop()[0]
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data):
        if self.stack and self.stack[-1][0] == "script":
            self.scripts.append(data)
        for index, (tag, attrs) in enumerate(self.stack):
            in_folio = ("span", {"class": "folio"}) in self.stack[index:]
            if tag == "div" and "page" in attrs.get("class", "").split() and not in_folio:
                self.texts[id(attrs)] = self.texts.get(id(attrs), "") + data

    def shown(self):
        return "".join(self.texts.values())


def render(tmp_path, records, texts, **options):
    out = tmp_path / "report.html"
    render_report(records, texts, out, **options)
    source = out.read_text(encoding="utf-8")
    page = Page()
    page.feed(source)
    page.close()
    assert page.stack == []
    return source, page


def one(tmp_path, record=None, text=TEXT, **options):
    record = record or complete()
    return render(tmp_path, [record], {record["document"]["document_id"]: text}, **options)
