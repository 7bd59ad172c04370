"""The company forms of the member states, in every way people write them."""

import csv
from importlib.resources import files

import pytest

from certify.screening.legal_forms import agree, forms_known_in, name_words, without_form
from certify.screening.vocabulary import business_words

STATES = [
    "AG", "AR", "BB", "BO", "BR", "BS", "BZ", "CA", "CL", "CO", "CR", "CU", "DM", "DO", "EC", "GD", "GT",
    "GY", "HN", "HT", "JM", "KN", "LC", "MX", "NI", "PA", "PE", "PY", "SR", "SV", "TT", "US", "UY", "VC", "VE",
]  # fmt: skip
"""The 34 states of the Organization's list, and Cuba, whose firms stand on the lists."""


def bare(name: str) -> str:
    """The words of a name without its forms."""
    return " ".join(without_form(name_words(name)).words)


def forms(name: str) -> set[str]:
    """The canonical forms of a name."""
    return {form.name for form in without_form(name_words(name)).forms}


@pytest.mark.parametrize(
    "name",
    [
        "Quimbaya S.A.",
        "QUIMBAYA SA",
        "Quimbaya S/A",
        "Quimbaya, S. A.",
        "S.A. Quimbaya",
        "SA Quimbaya",
        "Quimbaya Sociedad Anónima",
        "SOCIEDAD ANONIMA QUIMBAYA",
        "Quimbaya Sociedade Anônima",
        "Quimbaya Société Anonyme",
    ],
)
def test_a_stock_company_is_the_same_name_however_its_form_is_written(name: str) -> None:
    assert bare(name) == "quimbaya"
    assert "S.A." in forms(name)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Tolima del Norte S.A. de C.V.", "S.A. de C.V."),
        ("Tolima del Norte S A de C V", "S.A. de C.V."),
        ("Tolima del Norte SA DE CV", "S.A. de C.V."),
        ("Tolima del Norte Sociedad Anónima de Capital Variable", "S.A. de C.V."),
        ("Tolima del Norte S. de R.L. de C.V.", "S. de R.L. de C.V."),
        ("Tolima del Norte S.A.P.I. de C.V., SOFOM E.N.R.", "SOFOM"),
        ("Tolima del Norte E.I.R.L.", "E.I.R.L."),
        ("Tolima del Norte EIRELI", "E.I.R.L."),
        ("Tolima del Norte S.A.C.", "S.A.C."),
        ("Tolima del Norte SAC", "S.A.C."),
        ("Tolima del Norte C.A.", "C.A."),
        ("Tolima del Norte, Compañía Anónima", "C.A."),
        ("Tolima del Norte Cía. Ltda.", "Cía. Ltda."),
        ("Tolima del Norte y Cía. S. en C.", "S. en C."),
        ("Tolima del Norte C. por A.", "S.C.A."),
        ("Tolima del Norte Ltda ME", "Ltda. ME"),
        ("Tolima del Norte Company Limited", "Co. Ltd."),
        ("Tolima del Norte Ltée", "Ltd."),
        ("Tolima del Norte L.L.C.", "L.L.C."),
        ("Tolima del Norte Naamloze Vennootschap", "N.V."),
        ("Tolima del Norte NV", "N.V."),
        ("Tolima del Norte International Business Company", "I.B.C."),
    ],
)
def test_the_forms_of_the_states_are_known_short_and_long(name: str, form: str) -> None:
    assert bare(name) == "tolima del norte"
    assert form in forms(name)


@pytest.mark.parametrize("state", STATES)
def test_every_member_state_has_its_forms(state: str) -> None:
    assert len(forms_known_in(state)) >= 4


def test_every_spelling_of_the_table_is_taken_off_a_name() -> None:
    text = files("certify.screening").joinpath("data", "legal_forms.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))

    left = [
        spelling
        for row in rows
        for spelling in row["spellings"].split(";")
        if row["place"] != "start" and bare(f"Quimbaya {spelling}") != "quimbaya"
    ]

    assert left == []


def test_a_form_with_one_letter_wrong_is_still_a_form() -> None:
    assert bare("Quimbaya Limitd") == "quimbaya"
    assert bare("Quimbaya Sociedad Anonma") == "quimbaya"


def test_a_form_in_the_middle_is_taken_out() -> None:
    assert bare("Quimbaya S.A. Sucursal Tolima") == "quimbaya sucursal tolima"
    assert bare("Quimbaya Limited Tolima") == "quimbaya tolima"


def test_initials_are_not_a_form() -> None:
    assert bare("S.C. Quimbaya Hijos, Inc.") == "s c quimbaya hijos"
    assert bare("J. S. A. Quimbaya") == "j s a quimbaya"


def test_a_name_that_is_nothing_but_a_form_keeps_it() -> None:
    assert bare("S.A.") != ""
    assert bare("Limited") == "limited"


def test_translations_of_one_form_agree_and_others_do_not() -> None:
    stock, dutch, limited = (without_form(name_words(f"Quimbaya {form}")).forms for form in ("S.A.", "N.V.", "Ltda."))

    assert agree(stock, dutch)
    assert not agree(stock, limited)


def test_no_business_word_stands_for_two_things() -> None:
    text = files("certify.screening").joinpath("data", "business_words.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    words = [word for row in rows for word in row["words"].split()]

    assert len(words) == len(set(words)) == len(business_words())
