"""Two records side by side, and what a verdict needs."""

from datetime import UTC, datetime, timedelta

import pytest

from certify.screening.comparing import Fact, Piece, Standing, marked, side_by_side
from certify.screening.dates import span
from certify.screening.rules import (
    HitStatus,
    Identifier,
    IdentifierKind,
    ListedEntry,
    ListedName,
    Schema,
    Subject,
)
from certify.screening.rules.verdicts import FITTING, LIST_STALE_DAYS, ReasonCode, is_stale, needs_words

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def compared(subject, entry, *, our_name="Zenobio Tolima", listed_name="Zenobio Tolima"):
    return side_by_side(subject, entry, our_name=our_name, listed_name=listed_name)


def person(**more):
    return Subject("Zenobio Tolima", Schema.PERSON, **more)


def entry(**more):
    return ListedEntry("x:1", "x", Schema.PERSON, (ListedName("Zenobio Tolima"),), **more)


@pytest.mark.parametrize(
    ("ours", "listed", "standing"),
    [
        ("Zenobio Tolima", "ZENOBIO TOLIMA", Standing.SAME),
        ("Zenóbio Tolima", "Zenobio Tolima", Standing.SAME),
        ("Zenobio Tolima", "TOLIMA, Zenobio", Standing.REORDERED),
        ("Zenobio Tolima", "Zenobio Tolina", Standing.ALIKE),
        ("Zenobio Tolima", "Zenobio Tolima Zenobio", Standing.ALIKE),
    ],
)
def test_names_are_the_same_the_same_words_or_alike(ours, listed, standing):
    assert compared(person(), entry(), our_name=ours, listed_name=listed)[Fact.NAME] is standing


@pytest.mark.parametrize(
    ("ours", "listed", "standing"),
    [
        (span(1961, 10, 12), (span(1961, 10, 12),), Standing.SAME),
        (span(1961, 10, 12), (span(1961),), Standing.SAME),
        (span(1961, 10, 12), (span(1962, 10, 12),), Standing.ALIKE),
        (span(1961, 10, 12), (span(1990),), Standing.DIFFERENT),
        (span(1961), (), Standing.ONLY_OURS),
        (None, (span(1961),), Standing.ONLY_LISTED),
        (None, (), Standing.UNSTATED),
    ],
)
def test_a_birth_date_that_one_side_does_not_state_is_neither_same_nor_different(ours, listed, standing):
    assert compared(person(birth_date=ours), entry(birth_dates=listed))[Fact.BIRTH_DATE] is standing


@pytest.mark.parametrize(
    ("ours", "listed", "standing"),
    [
        ("CO", ("PA", "CO"), Standing.SAME),
        ("CO", ("PA",), Standing.DIFFERENT),
        ("", ("PA",), Standing.ONLY_LISTED),
        ("CO", (), Standing.ONLY_OURS),
    ],
)
def test_one_country_in_common_is_the_same(ours, listed, standing):
    assert compared(person(country=ours), entry(countries=listed))[Fact.COUNTRY] is standing


def test_identifiers_are_compared_without_the_signs_that_part_them():
    ours = person(identifiers=(Identifier(IdentifierKind.TAX, "900.123.456-7", "CO"),))
    theirs = entry(identifiers=(Identifier(IdentifierKind.TAX, "900123456-7", "CO"),))

    assert compared(ours, theirs)[Fact.IDENTIFIERS] is Standing.SAME


def test_words_that_the_other_name_does_not_have_are_marked():
    assert marked("Zenóbio, Tolina S.A. -", beside="TOLIMA Zenobio S.A.") == (
        Piece("Zenóbio,", False),
        Piece("Tolina", True),
        Piece("S.A.", False),
        Piece("-", False),
    )


@pytest.mark.parametrize("name", ["", " ", "\u202e", "x" * 10_000, "名字", "😀"])
def test_any_name_can_be_taken_apart(name):
    assert "".join(piece.text for piece in marked(name, beside="Zenobio")) == "".join(name.split())


@pytest.mark.parametrize(
    ("verdict", "score", "needed"),
    [
        (HitStatus.TRUE_MATCH, 0.70, True),
        (HitStatus.UNDETERMINED, 0.70, True),
        (HitStatus.FALSE_POSITIVE, 0.95, True),
        (HitStatus.FALSE_POSITIVE, 0.949, False),
    ],
)
def test_words_are_needed_where_a_colleague_has_to_follow(verdict, score, needed):
    assert needs_words(verdict, score=score) is needed


def test_every_reason_stands_for_some_verdict():
    assert {code for codes in FITTING.values() for code in codes} == set(ReasonCode)


@pytest.mark.parametrize(("age", "stale"), [(LIST_STALE_DAYS, False), (LIST_STALE_DAYS + 1, True)])
def test_a_list_is_stale_after_its_days(age, stale):
    assert is_stale(NOW - timedelta(days=age), on=NOW) is stale
