"""Pictures of pages in the report: the rectangle of each entity where its words stand, nothing from outside, a bound on their number."""

import base64
import io

from PIL import Image
from public_records import complete
from report_page import one, render

from whereas.reading.viewing import small_png
from whereas_local import report
from whereas_local.page_pictures import page_pictures
from whereas_local.summary import _ocr_reasons


def picture(width=612, height=792):
    return small_png(Image.new("L", (width * 2, height * 2), 255), dpi=144)


def with_boxes(*boxes, **changes):
    record = complete()
    record["entities"][0] |= {"boxes": [list(box) for box in boxes], "page": 2} | changes
    return record


def test_a_picture_measures_its_page_in_points():
    found = page_pictures({2: picture()}, [])[2]
    assert (found.width, found.height, found.rectangles) == (612, 792, ())
    sent = Image.open(io.BytesIO(base64.b64decode(found.source.removeprefix("data:image/png;base64,"))))
    assert sent.size == (765, 990)


def test_each_box_of_an_entity_is_a_rectangle_on_its_page(tmp_path):
    record = with_boxes((72, 100, 172, 112.5), (72, 114, 90, 126))
    source, page = one(tmp_path, record, images={"d" * 24: {2: picture()}})
    entity = record["entities"][0]
    places = [attrs for tag, attrs in page.elements if tag == "rect"]
    assert [(place["x"], place["y"], place["width"], place["height"]) for place in places] == [
        ("72", "100", "100", "12.5"),
        ("72", "114", "18", "12"),
    ]
    assert all(f"t-{entity['type']}" in place["class"].split() for place in places)
    assert f"body:has(#f-{entity['type']}:not(:checked)) .scan .t-{entity['type']} {{ display: none; }}" in source
    images = [attrs["href"] for tag, attrs in page.elements if tag == "image"]
    assert len(images) == 1
    assert images[0].startswith("data:image/png;base64,")


def test_what_an_entity_says_is_escaped(tmp_path):
    source, _ = one(tmp_path, with_boxes((1, 1, 9, 9), text="</title><script>"), images={"d" * 24: {2: picture()}})
    assert "<title></title><script>" not in source
    assert "&lt;/title&gt;&lt;script&gt;" in source


def test_a_page_on_which_nothing_was_found_is_shown_too(tmp_path):
    _, page = one(tmp_path, images={"d" * 24: {2: picture(), 7: picture()}})
    assert [attrs["aria-label"][:6] for tag, attrs in page.elements if tag == "svg"] == ["Page 2", "Page 7"]


def test_without_pictures_there_are_none(tmp_path):
    source, page = one(tmp_path)
    assert not [tag for tag, _ in page.elements if tag in {"svg", "image"}]
    assert "more pictures" not in source


def test_pictures_beyond_the_bound_are_left_out_and_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "MOST", 3)
    first, second = complete(), complete(document_id="e" * 24)
    images = {"d" * 24: {1: picture(), 2: picture()}, "e" * 24: {1: picture(), 2: picture(), 3: picture()}}
    source, page = render(tmp_path, [first, second], {}, images=images)
    assert "2 more pictures of pages are kept, but not shown here" in source
    texts = {name * 24: "text" for name in "de"}
    source, page = render(tmp_path, [first, second], texts, images=images)
    assert len([tag for tag, _ in page.elements if tag == "svg"]) == 3


def test_the_summary_says_why_pages_were_recognised():
    def page(source, reason):
        return {"page": 1, "source": source, "reason": reason}

    pages = [
        page("ocr", "no_text_layer"),
        page("text_layer", "sane_text_layer"),
        page("ocr", "no_text_layer"),
        page("ocr", "poor_ocr_layer"),
    ]
    assert _ocr_reasons(pages) == " (no text layer 2, poor ocr layer 1)"
    assert _ocr_reasons([page("ocr", "image")]) == ""
