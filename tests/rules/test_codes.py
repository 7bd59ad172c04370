"""The typed code: what is forgiven, and what is never let through."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.certificates.codes import ALPHABET, MistypedCode, format_code, is_code, new_code, normalise_code

codes = st.binary(min_size=10, max_size=10).map(lambda chance: new_code(random_bytes=lambda length: chance[:length]))


def test_a_code_has_eighty_random_bits():
    asked: list[int] = []

    def source(length: int) -> bytes:
        asked.append(length)
        return bytes(length)

    new_code(random_bytes=source)

    assert asked == [10]


@given(codes)
def test_a_printed_code_reads_back(code):
    assert normalise_code(format_code(code)) == code


@given(codes, st.randoms(use_true_random=False))
def test_a_code_forgives_case_spaces_dashes_and_look_alikes(code, chance):
    look_alikes = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
    typed = " - ".join(chance.choice(look_alikes.get(character, character + character.lower())) for character in code)

    assert normalise_code(typed) == code


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code, place, wrong):
    typed = code[:place] + wrong + code[place + 1 :]

    assert is_code(typed) == (typed == code)


@given(codes, st.integers(0, 14))
def test_two_swapped_neighbours_are_always_found(code, place):
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert is_code(typed) == (typed == code)


@pytest.mark.parametrize("typed", ["", "7K3QXM", "!" * 18, "7K3QXM-0V9D2R-WT5H8B-1", "７", "7" * 5_000, "\x00" * 18])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(MistypedCode):
        normalise_code(typed)


def test_full_width_digits_are_read_as_digits():
    code = new_code(random_bytes=random.Random(7).randbytes)
    wide = "".join(chr(ord(character) + 0xFEE0) if character.isdigit() else character for character in code)

    assert normalise_code(wide) == code


def test_two_codes_are_printed_in_three_groups_of_six():
    code = new_code(random_bytes=random.Random(1).randbytes)

    assert [len(group) for group in format_code(code).split("-")] == [6, 6, 6]
