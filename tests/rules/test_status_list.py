"""Bitstring Status Lists: the bit order of the standard, and nothing but whole lists."""

from __future__ import annotations

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.certificates.status import SMALLEST_LIST, StatusListBroken, encode_bits, read_bit


def unpacked(encoded: str) -> bytes:
    """The bits of a list, read by other means."""
    return gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))


def test_bit_zero_is_the_most_significant_of_the_first_byte():
    bits = unpacked(encode_bits([0, 15]))

    assert bits[:2] == b"\x80\x01"
    assert len(bits) * 8 == SMALLEST_LIST


@given(st.sets(st.integers(0, SMALLEST_LIST - 1), max_size=20), st.integers(0, SMALLEST_LIST - 1))
def test_exactly_the_set_bits_read_as_set(indexes, asked):
    encoded = encode_bits(indexes)

    assert read_bit(encoded, asked) == (asked in indexes)


def test_the_same_bits_give_the_same_text():
    assert encode_bits([5, 1]) == encode_bits([1, 5])


def test_the_standard_s_own_example_reads_as_empty():
    """Bitstring Status List v1.0, example 2 shows a list in this form; its bits are all zero."""
    example = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"

    assert not any(read_bit(example, index) for index in (0, 1, 94_567, SMALLEST_LIST - 1))


@pytest.mark.parametrize("index", [-1, SMALLEST_LIST])
def test_an_index_beyond_the_list_is_refused(index):
    with pytest.raises(StatusListBroken):
        encode_bits([index])
    with pytest.raises(StatusListBroken):
        read_bit(encode_bits([]), index)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u",
        "zH4sI",
        "u####",
        "u" + base64.urlsafe_b64encode(b"not packed").decode(),
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(100))).decode().rstrip("="),
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(20_000))[:-9]).decode().rstrip("="),
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(32 * 1024 * 1024))).decode().rstrip("="),
    ],
    ids=["empty", "no content", "wrong base", "no base64", "not packed", "too short", "cut off", "far too long"],
)
def test_what_is_no_list_is_refused(text):
    with pytest.raises(StatusListBroken):
        read_bit(text, 0)
