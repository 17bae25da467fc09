"""Bad inputs: each is what it claims to be, and the rooms that meet it first answer as the table says."""

import pytest

from whereas.documents.containers import CONTAINERS, unpack
from whereas.documents.extensions import extension_warnings
from whereas.documents.sniffing import sniff
from whereas.errors import REASONS, PermanentError
from whereas.reading import count_pages
from whereas.reading.language import detect
from whereas_local.samples import broken
from whereas_local.samples.bad_inputs import BAD_INPUTS, BadInput

# What no look at bytes and page count can tell: it takes OCR, the language, or the size in the bucket.
_LATER = {"truncated-rtf", "blank-scan", "german", "french", "100-megabytes-limit-50", "truncated-jpeg"}


def test_names_and_keys_are_unique_and_codes_known():
    assert len({item.name for item in BAD_INPUTS}) == len({item.key for item in BAD_INPUTS}) == len(BAD_INPUTS)
    assert all((item.code in REASONS) == (item.status == "QUARANTINED") for item in BAD_INPUTS)


@pytest.mark.parametrize("item", [item for item in BAD_INPUTS if not item.heavy], ids=lambda item: item.name)
def test_first_rooms_answer_as_the_table_says(item: BadInput, tmp_path):
    data = item.write(tmp_path).read_bytes()
    if item.status == "COMPLETE" or item.name in _LATER:
        media_type = sniff(data, name=item.key)
        if media_type in CONTAINERS:
            assert any(member.refusal is None for member in unpack(data, media_type, limits=item.limits))
        else:
            assert count_pages(data, media_type, limits=item.limits) >= 1
        codes = {warning.code for warning in extension_warnings(item.key, media_type)}
        assert codes == ({"extension_mismatch"} if item.code == "extension_mismatch" else set())
        return
    with pytest.raises(PermanentError) as caught:
        _look(data, item)
    assert caught.value.code == item.code


def _look(data: bytes, item: BadInput) -> None:
    media_type = sniff(data, name=item.key)
    if media_type not in CONTAINERS:
        count_pages(data, media_type, limits=item.limits)
        return
    # Of a container that nothing can be taken of, any member's refusal is the reason.
    for member in unpack(data, media_type, limits=item.limits):
        if member.refusal is not None:
            raise member.refusal


def test_pages_are_told_apart_from_damage_whatever_was_opened_before(tmp_path):
    by_name = {
        item.name: item.write(tmp_path).read_bytes() for item in BAD_INPUTS if item.name in {"no-pages", "damaged-pdf", "user-password"}
    }
    for before in ("damaged-pdf", "user-password"):
        for name, code in ((before, None), ("no-pages", "empty")):
            with pytest.raises(PermanentError) as caught:
                count_pages(by_name[name], sniff(by_name[name], name="x.pdf"), limits=BAD_INPUTS[0].limits)
            assert code is None or caught.value.code == code


def test_a_long_price_list_does_not_change_the_language():
    prices = "".join(f"Item {number}    {number}.50 per piece\n" for number in range(2_000))
    assert detect(broken.contract_txt().decode() + prices) == "en"
    assert [detect(broken.text(name).decode()) for name in ("recipe", "german", "french")] == ["en", "de", "fr"]


def test_small_bombs_are_small(tmp_path):
    sizes = {item.name: item.write(tmp_path).stat().st_size for item in BAD_INPUTS if item.name.endswith("bomb")}
    assert set(sizes) == {"image-bomb", "docx-bomb", "odt-bomb", "zip-bomb"}
    assert max(sizes.values()) < 3 * 2**20


def test_padded_file_has_its_size_and_stays_readable(tmp_path):
    item = next(item for item in BAD_INPUTS if item.name == "100-megabytes")
    path = item.write(tmp_path)
    assert path.stat().st_size > 100 * 2**20
    data = path.read_bytes()
    assert count_pages(data, sniff(data, name=item.key), limits=item.limits) == 1


def test_keys_hold_what_urls_escape():
    keys = "".join(item.key for item in BAD_INPUTS if item.name.startswith("key-"))
    assert all(character in keys for character in " +%&=(契é")


@pytest.mark.parametrize(
    "name", ["user-password", "truncated-jpeg", "garbage-text-layer", "600-pages-limit-500", "docx-bomb", "blank-scan", "mail", "zip-bomb"]
)
def test_same_bytes_every_time(name, tmp_path):
    item = next(item for item in BAD_INPUTS if item.name == name)
    assert item.write(tmp_path / "a").read_bytes() == item.write(tmp_path / "b").read_bytes()
