"""Read: page batches in any order, twice, cut short, or impossible."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from chain import UPLOADS, WORK, Chain, chain, golden, sqs_event
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from whereas.aws.clients import client
from whereas.errors import PermanentError, TransientError
from whereas.reading.viewing import DPI
from whereas.records import state
from whereas.records.state import VersionState
from whereas.stages import files, joins, read
from whereas.stages.messages import AssembleTask, PageTask

KEY = "supply.pdf"


def pdf(pages: int) -> bytes:
    """Return a PDF with a text layer; page n says so."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(1, pages + 1):
        canvas.drawString(72, 720, f"Supply Agreement, page {page}: the Supplier delivers the goods to the Buyer within thirty days.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    with chain(monkeypatch, PAGE_BATCH="2") as made:
        yield made


@pytest.fixture
def sent(stack: Chain) -> tuple[VersionState, list[PageTask]]:
    """A five-page document of three page batches, taken in."""
    version_id = stack.upload(KEY, pdf(5))
    [body] = stack.waiting("intake")
    stack.invoke("intake", sqs_event([body]))
    tasks = sorted((PageTask.parse(body) for body in stack.waiting("page")), key=lambda task: task.batch)
    return stack.version(KEY, version_id), tasks


def deliver(stack: Chain, task: PageTask) -> None:
    assert stack.invoke("read", sqs_event([task.body()])) == {"batchItemFailures": []}


def joined(version: VersionState) -> set[int]:
    return set(state.joined_pages(version.document_id, version.version_id, version.run_id))


def test_a_batch_is_read_into_its_file(stack: Chain, sent: tuple[VersionState, list[PageTask]]) -> None:
    version, tasks = sent
    deliver(stack, tasks[1])
    batch: files.PageBatch = files.load(files.pages_key(version.run_id, 1), files.PageBatch)
    assert [page.number for page in batch.pages] == [3, 4]
    assert "page 3" in batch.pages[0].text
    assert batch.ocr is None
    assert joined(version) == {1}
    assert stack.waiting("assemble") == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_whichever_batch_comes_last_sends_the_document_on(
    stack: Chain, sent: tuple[VersionState, list[PageTask]], order: tuple[int, ...]
) -> None:
    version, tasks = sent
    for number in order[:-1]:
        deliver(stack, tasks[number])
    assert stack.waiting("assemble") == []
    deliver(stack, tasks[order[-1]])
    [body] = stack.waiting("assemble")
    assert AssembleTask.parse(body).run_id == version.run_id


def test_an_instance_downloads_a_document_once_for_all_its_batches(
    stack: Chain, sent: tuple[VersionState, list[PageTask]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tasks = sent
    downloads: list[str] = []
    get_source = read.s3.get_source

    def counted(bucket: str, key: str, **options: Any) -> bytes:
        downloads.append(key)
        if downloads.count(key) == 1:
            raise TransientError("slow down")
        return get_source(bucket, key, **options)

    monkeypatch.setattr(read.s3, "get_source", counted)
    assert stack.invoke("read", sqs_event([tasks[0].body()]))["batchItemFailures"], "what could not be downloaded is not held"
    for task in tasks:
        deliver(stack, task)
    assert downloads == [KEY] * 2


def test_a_later_version_of_a_document_is_not_taken_for_the_one_before(stack: Chain, sent: tuple[VersionState, list[PageTask]]) -> None:
    _, tasks = sent
    deliver(stack, tasks[0])
    later = stack.upload(KEY, pdf(1))
    other = stack.upload("other.pdf", mixed())
    for body in stack.waiting("intake"):
        stack.invoke("intake", sqs_event([body]))
    for body in stack.waiting("page"):
        deliver(stack, PageTask.parse(body))
    deliver(stack, tasks[1])
    ended = [stack.version(KEY, later), stack.version("other.pdf", other)]
    assert [[page.source for page in files.load_pages(version)[0].pages] for version in ended] == [["text_layer"], ["text_layer", "ocr"]]
    assert joined(sent[0]) == {0, 1}


@pytest.fixture
def page_images(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Chain]:
    with chain(monkeypatch, PAGE_IMAGES=request.param) as made:
        yield made


def mixed() -> bytes:
    """Return a PDF of a page of text and a scan of one, whose word "Supplier" stands an inch from the left and two from the top."""
    scan = Image.new("L", (1275, 600), 255)
    words = "Supplier delivers the goods to the Buyer and the Buyer pays for\nthem within thirty days of the delivery of the goods."
    ImageDraw.Draw(scan).multiline_text((150, 300), words, fill=0, font=ImageFont.load_default(30), spacing=24)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 288), invariant=1)
    canvas.drawString(72, 200, "The Supplier delivers the goods to the Buyer and the Buyer pays for them within thirty days.")
    canvas.showPage()
    canvas.drawInlineImage(scan, 0, 0, width=612, height=288)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(("page_images", "kept"), [("none", ()), ("scans", (2,)), ("all", (1, 2))], indirect=["page_images"])
def test_pages_are_read_with_their_language_and_a_picture_for_those_who_want_one(page_images: Chain, kept: tuple[int, ...]) -> None:
    version_id = page_images.upload(KEY, mixed())
    [body] = page_images.waiting("intake")
    page_images.invoke("intake", sqs_event([body]))
    [task] = [PageTask.parse(body) for body in page_images.waiting("page")]
    deliver(page_images, task)
    run_id = page_images.version(KEY, version_id).run_id
    batch: files.PageBatch = files.load(files.pages_key(run_id, 0), files.PageBatch)
    assert [(page.source, page.reason, page.language) for page in batch.pages] == [
        ("text_layer", "sane_text_layer", "en"),
        ("ocr", "no_text_layer", "en"),
    ]
    assert batch.images == kept
    assert batch.ocr is not None
    listed = client("s3").list_objects_v2(Bucket=WORK, Prefix=f"runs/{run_id}/pages/").get("Contents", [])
    assert [item["Key"] for item in listed] == [files.page_image_key(run_id, number) for number in kept]
    assert all(item["Size"] < 20_000 for item in listed)


@pytest.mark.parametrize("page_images", ["scans"], indirect=True)
def test_a_words_box_fits_the_picture_of_its_page(page_images: Chain) -> None:
    version_id = page_images.upload(KEY, mixed())
    [body] = page_images.waiting("intake")
    page_images.invoke("intake", sqs_event([body]))
    [task] = [PageTask.parse(body) for body in page_images.waiting("page")]
    deliver(page_images, task)
    run_id = page_images.version(KEY, version_id).run_id
    batch: files.PageBatch = files.load(files.pages_key(run_id, 0), files.PageBatch)
    [word] = [word for word in batch.pages[1].words if word.text == "Supplier"]
    assert word.box is not None
    stored = client("s3").get_object(Bucket=WORK, Key=files.page_image_key(run_id, 2))
    assert stored["ContentType"] == "image/png"
    picture = Image.open(io.BytesIO(stored["Body"].read())).convert("L")
    assert picture.size == (765, 360)
    box = tuple(edge * DPI / 72 for edge in word.box)
    inside = picture.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))
    assert inside.getextrema()[0] == 0
    around = picture.copy()
    around.paste(255, (round(box[0]) - 2, round(box[1]) - 2, round(box[2]) + 2, round(box[3]) + 2))
    assert around.crop((0, round(box[1]), round(box[2]) + 3, round(box[3]))).getextrema() == (255, 255)


def test_a_repeated_batch_is_not_read_again_but_sends_on_again(
    stack: Chain, sent: tuple[VersionState, list[PageTask]], monkeypatch: pytest.MonkeyPatch
) -> None:
    version, tasks = sent
    for task in tasks:
        deliver(stack, task)
    stack.waiting("assemble")

    def no_second_reading(*_: Any, **__: Any) -> None:
        raise AssertionError("a batch that has joined was read again")

    monkeypatch.setattr(read, "read_pages", no_second_reading)
    deliver(stack, tasks[0])
    assert len(stack.waiting("assemble")) == 1
    assert joined(version) == {0, 1, 2}


@pytest.mark.parametrize(("place", "cut"), [(files, "save"), (state, "join_pages"), (joins, "after_pages")])
def test_a_death_before_any_write_is_made_good(
    stack: Chain, sent: tuple[VersionState, list[PageTask]], monkeypatch: pytest.MonkeyPatch, place: Any, cut: str
) -> None:
    version, tasks = sent
    for task in tasks[:2]:
        deliver(stack, task)
    with monkeypatch.context() as patch:

        def die(*_: Any, **__: Any) -> None:
            raise TransientError("cut short")

        patch.setattr(place, cut, die)
        answer = stack.invoke("read", sqs_event([tasks[2].body()]))
        assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    deliver(stack, tasks[2])
    assert joined(version) == {0, 1, 2}
    assert len(stack.waiting("assemble")) == 1


def test_a_version_deleted_for_good_is_quarantined(stack: Chain, sent: tuple[VersionState, list[PageTask]]) -> None:
    version, tasks = sent
    client("s3").delete_object(Bucket=UPLOADS, Key=KEY, VersionId=version.version_id)
    deliver(stack, tasks[0])
    ended = stack.version(KEY, version.version_id)
    assert ended.reason is not None
    assert ended.reason.code == "source_missing"
    assert [event["reason"] for event in stack.announced()] == ["source_missing"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_the_reason_of_the_lowest_page_stays_in_any_order(
    stack: Chain, sent: tuple[VersionState, list[PageTask]], monkeypatch: pytest.MonkeyPatch, order: tuple[int, ...]
) -> None:
    version, tasks = sent

    def broken(*_: Any, first: int, **__: Any) -> None:
        raise PermanentError("corrupt", page=first)

    monkeypatch.setattr(read, "read_pages", broken)
    for number in order:
        deliver(stack, tasks[number])
    ended = stack.version(KEY, version.version_id)
    assert ended.status == "QUARANTINED"
    assert ended.reason is not None
    assert (ended.reason.code, ended.reason.page) == ("corrupt", 1)
    assert stack.waiting("assemble") == []


def test_the_task_of_a_replaced_run_is_dropped(stack: Chain, sent: tuple[VersionState, list[PageTask]]) -> None:
    version, tasks = sent
    deliver(stack, tasks[0].model_copy(update={"run_id": "another"}))
    assert joined(version) == set()
    assert client("s3").list_objects_v2(Bucket=WORK)["KeyCount"] == 0


def test_a_task_of_a_complete_version_is_dropped(stack: Chain, sent: tuple[VersionState, list[PageTask]]) -> None:
    version, tasks = sent
    state.complete(version.document_id, version.version_id, version.run_id)
    deliver(stack, tasks[0])
    assert joined(replace(version)) == set()


def test_a_task_of_an_unknown_version_goes_back(stack: Chain) -> None:
    assert stack.invoke("read", golden("page-task"))["batchItemFailures"]


def test_a_message_that_is_no_page_task_goes_back(stack: Chain) -> None:
    assert stack.invoke("read", golden("assemble-task"))["batchItemFailures"]
