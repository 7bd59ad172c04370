"""How features, birth dates and numbers read."""

import pytest

from certify.screening import words
from certify.screening.dates import read_ofac, span
from certify.screening.rules import FEATURE_SENTENCES, FeatureKind, Identifier, IdentifierKind


@pytest.mark.parametrize(
    ("born", "text"),
    [
        (span(1961, 10, 12), "October 12, 1961"),
        (span(1961), "1961"),
        (span(1961, approximate=True), "About 1961"),
        (read_ofac("1934 to 1936"), "Between 1934 and 1936"),
        (span(1961, 2), "Between February 1, 1961 and February 28, 1961"),
    ],
)
def test_a_birth_date_is_written_as_far_as_it_is_known(app, born, text):
    assert words.birth_text(born) == text


@pytest.mark.parametrize(
    ("feature", "sentence"),
    [
        (("other_country", "PE", "XK, CO"), "The country is Peru, the list has Kosovo, Colombia."),
        (
            ("other_birth_date", "1961-10-12", "1990-01-01/1990-12-31"),
            "The birth date is October 12, 1961, the list has 1990.",
        ),
        (("a_feature_of_an_older_engine", "x", "100 %s"), "“x” was compared with “100 %s”."),
    ],
)
def test_a_feature_reads_as_people_write(app, feature, sentence):
    kind, ours, theirs = feature

    assert words.feature_sentence({"kind": kind, "ours": ours, "theirs": theirs}) == sentence


def test_every_feature_has_its_sentence(app):
    assert set(words.FEATURES) == {kind.value for kind in FeatureKind} == {kind.value for kind in FEATURE_SENTENCES}


def test_a_number_says_whose_it_is(app):
    assert words.identifier_text(Identifier(IdentifierKind.TAX, "900123456-7", "CO")) == (
        "Tax identifier: 900123456-7 (Colombia)"
    )
    assert words.identifier_text(Identifier(IdentifierKind.LEI, "X")) == "LEI: X"
