"""Which company names are one name, and which only look alike. All firms are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.screening.matching import analyse, compare, compare_names
from certify.screening.matching.analysis import NameAnalysis
from certify.screening.rules import MATCH_THRESHOLD, FeatureKind, Schema


def score(ours: str, theirs: str, schema: Schema = Schema.COMPANY) -> float:
    """The score of two names."""
    return compare_names(ours, theirs, schema=schema).score


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("INTERQUIMBA S/A", "INTERQUIMBA S.A."),
        ("Sociedad Anónima Interquimba", "Interquimba"),
        ("Interquimba Ltda.", "Interquimba Limited"),
        ("Perforación Tolíma S.A.", "PERFORACION TOLIMA SA"),
        ("Tolima Perforaciones S.A.", "Perforaciones Tolima S.A."),
        ("Comercializadora Quimbaya S.A.", "Quimbaya Trading Corp."),
        ("Constructora Quimbaya Ltda.", "Quimbaya Construction Ltd."),
        ("Quimbaya & Hijos S.A.", "Quimbaya e Hijos S.A."),
        ("Quimbaya de México S.A. de C.V.", "Quimbaya (Mexico) S.A."),
        ("Quimbaya Mexicana S.A.", "Quimbaya de Mexico"),
        ("J. P. Quimbaya", "JP Quimbaya"),
        ("van der Quimbay Corp", "Vanderquimbay Corp"),
        ("QuimbayaSA", "Quimbaya S.A."),
        ("Quimbayatolima Ltd", "Quimbaya Tolima Ltd"),
        ("Ferretería Quimballa S.A.", "Ferretería Quimbaya S.A."),
        ("Grupo Quimbaya", "Quimbaya S.A."),
        ("ООО Кимбайя", "Kimbayya OOO"),
        ("Tolima S.A. / Quimbaya Group", "Quimbaya Group"),
        ("Cuatro Volcanes S.A.", "4 Volcanes S.A."),
        ("11420 Corp.", "11420 CORP"),
        ("R D I S.A.", "R.D.I., S.A."),
    ],
)
def test_one_firm_in_two_spellings_is_a_match(ours: str, theirs: str) -> None:
    assert score(ours, theirs) >= MATCH_THRESHOLD


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Quimbaya de México S.A. de C.V.", "Quimbaya do Brasil Ltda."),
        ("Quimbaya de México S.A. de C.V.", "Quimbaya S.A."),
        ("Inversiones 2000 S.A.", "Inversiones 3000 S.A."),
        ("Quimbaya 2 S.A.", "Quimbaya 7 S.A."),
        ("Quimbaya S.A.", "Quimbaya 7 S.A."),
        ("Comercializadora QZR S.A.", "Comercializadora QZK S.A."),
        ("J & P Trading Ltd", "J & R Trading Ltd"),
        ("Inversiones S.A.", "Comercial S.A."),
        ("Comercializadora Internacional S.A.", "International Trading Corp."),
        ("Transportes del Norte S.A.", "Transportes del Sur S.A."),
        ("Hermanos Ochoa S.A.", "Ochoa e Hijos S.A."),
        ("Constructora Ochoa S.A.", "Constructora Mejía S.A."),
        ("Constructora Quimbaya S.A.", "Inmobiliaria Quimbaya S.A."),
        ("Tolima Quimbaya S.A.", "Tolima Calarca S.A."),
        ("S.A.", "Ltda."),
        ("2000 S.A.", "2000 Ltda."),
        ("J.P. S.A.", "J.P. Ltda."),
    ],
)
def test_form_number_initials_place_or_trade_alone_never_match(ours: str, theirs: str) -> None:
    assert score(ours, theirs) < MATCH_THRESHOLD


def test_a_country_on_one_side_only_is_no_match_and_yet_shown() -> None:
    found = compare_names("Quimbaya de Panamá S.A.", "Quimbaya S.A.", schema=Schema.COMPANY)

    assert not found.is_match
    assert found.is_shown


def test_another_legal_form_counts_less_than_the_same() -> None:
    same, other = score("Quimbaya S.A.", "Quimbaya S.A."), score("Quimbaya S.A.", "Quimbaya Ltda.")

    assert same == 1.0
    assert MATCH_THRESHOLD <= other < same


def test_numbers_of_one_fund_and_of_one_fleet_are_shown() -> None:
    assert score("Quimbaya Capital Fund VII", "Quimbaya Capital Fund VIII") >= MATCH_THRESHOLD
    assert score("Estrella Quimbaya 5", "Estrella Quimbaya 6", Schema.VESSEL) >= MATCH_THRESHOLD
    assert score("Estrella Quimbaya 5", "Estrella Quimbaya 6", Schema.COMPANY) < MATCH_THRESHOLD


def test_the_reasons_are_told_in_words() -> None:
    found = compare_names("Comercializadora Quimbaya S.A.", "Quimbaya Trading Ltda.", schema=Schema.COMPANY)

    kinds = [feature.kind for feature in found.features]
    assert kinds == [FeatureKind.SAME_WORD, FeatureKind.SAME_MEANING, FeatureKind.OTHER_FORM]
    assert found.features[0].sentence == "“quimbaya” stands in both names."
    assert found.features[2].sentence == "The legal form is “S.A.”, the list has “Ltda.”."


def test_a_company_is_never_compared_with_a_person() -> None:
    person, company = analyse("Quimbaya", Schema.PERSON), analyse("Quimbaya", Schema.COMPANY)

    assert compare(company, person).score == 0.0


@pytest.mark.parametrize("name", ["", "x", "...", "☃", "‮אבג", "Q" * 10_000, "a " * 5_000, "٣٤ 株式会社 ООО S.A."])
def test_odd_names_are_compared_without_an_error(name: str) -> None:
    assert 0.0 <= score(name, "Quimbaya S.A.") < MATCH_THRESHOLD
    assert 0.0 <= score(name, name) <= 1.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_score_is_symmetric_and_between_0_and_1(ours: str, theirs: str) -> None:
    there, back = score(ours, theirs), score(theirs, ours)

    assert 0.0 <= there <= 1.0
    assert there == pytest.approx(back, abs=0.02)


@given(st.text(max_size=60))
def test_a_stored_analysis_is_read_back_the_same(text: str) -> None:
    name = analyse(text, Schema.COMPANY)

    assert NameAnalysis.from_plain(name.as_plain()) == name
