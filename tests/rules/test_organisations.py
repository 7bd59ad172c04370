"""Companies: places, activities, size, names, numbers, ownership."""

from __future__ import annotations

from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.organisations.rules import (
    COUNTRIES,
    DIVISIONS,
    INVENTED_STATES,
    MEMBER_STATES,
    SECTORS,
    TAX_NUMBERS,
    Fault,
    OwnerKind,
    Size,
    Verdict,
    check_tax_identifier,
    countries_concerned,
    faults_in,
    fits,
    is_lei,
    may_register,
    member_states,
    name_key,
    nearly_same,
    ownership,
    read_share,
    registration_key,
    sectors_of,
    size_of,
)
from certify.organisations.rules.reference import data_file

TODAY = date(2026, 11, 22)
FRAMEWORK_SECTORS = [
    "agriculture",
    "energy",
    "extractives",
    "infrastructure",
    "manufacturing",
    "retail",
    "security",
    "tourism",
    "services",
    "other",
]


# -- places


def test_there_are_34_member_states_all_of_them_countries():
    assert len(MEMBER_STATES) == len(set(MEMBER_STATES)) == 34
    assert COUNTRIES.issuperset(MEMBER_STATES)
    assert len(COUNTRIES.difference(INVENTED_STATES)) == 249


@pytest.mark.parametrize(("on", "is_member"), [(date(2023, 11, 18), True), (date(2023, 11, 19), False)])
def test_a_state_that_left_is_a_member_until_the_day_before(on, is_member):
    assert ("NI" in member_states(on=on)) is is_member


@pytest.mark.parametrize(
    ("seat", "countries", "may"),
    [("PE", [], True), ("ES", ["CL"], True), ("ES", ["FR"], False), ("ES", [], False)],
    ids=["seated in one", "works in one", "works elsewhere", "works nowhere else"],
)
def test_a_company_registers_when_seated_or_working_in_a_member_state(seat, countries, may):
    assert may_register(seat=seat, countries=countries, on=TODAY) is may


def test_the_seat_is_concerned_first_and_each_country_once():
    company = SimpleNamespace(country="PE", countries=["CL", "PE", "BO", "CL"])

    assert countries_concerned(company) == ["PE", "CL", "BO"]


# -- activities and size


def test_isic_has_88_divisions_and_21_sections_with_titles_in_four_languages():
    content = data_file("isic_divisions.yml")

    assert set(content["divisions"]) == DIVISIONS
    assert len(DIVISIONS) == 88
    assert len(content["sections"]) == 21
    for titles in (*content["divisions"].values(), *content["sections"].values()):
        assert all(titles[language].strip() for language in ("en", "es", "fr", "pt"))
    assert {division["section"] for division in content["divisions"].values()} == set(content["sections"])


def test_no_two_divisions_share_a_title():
    divisions = data_file("isic_divisions.yml")["divisions"].values()

    for language in ("en", "es", "fr", "pt"):
        most = Counter(division[language] for division in divisions).most_common(1)
        assert most[0][1] == 1, most


def test_every_sector_of_the_framework_has_divisions():
    assert set(SECTORS) == set(FRAMEWORK_SECTORS)
    assert all(SECTORS.values())


@pytest.mark.parametrize(
    ("divisions", "sectors"),
    [(["62"], ["services"]), (["01", "10"], ["agriculture", "manufacturing"]), (["19"], ["energy", "manufacturing"])],
)
def test_sectors_follow_from_divisions(divisions, sectors):
    assert sectors_of(divisions) == sectors


def test_a_company_without_activities_is_of_the_other_sector():
    assert sectors_of([]) == ["other"]


@pytest.mark.parametrize(
    ("employees", "turnover", "size"),
    [
        (0, 0, Size.MICRO),
        (9, 99_999, Size.MICRO),
        (10, 0, Size.SMALL),
        (0, 100_000, Size.SMALL),
        (49, 2_999_999, Size.SMALL),
        (50, 0, Size.MEDIUM),
        (300, 14_999_999, Size.MEDIUM),
        (301, 0, Size.LARGE),
        (2, 15_000_000, Size.LARGE),
        (None, 100_000, Size.SMALL),
        (12, None, Size.SMALL),
        (None, None, Size.LARGE),
    ],
)
def test_the_larger_class_of_size_wins(employees, turnover, size):
    assert size_of(employees, turnover) is size


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**12))
def test_more_employees_never_make_a_company_smaller(fewer, more, turnover):
    order = list(Size)
    low, high = sorted((fewer, more))

    assert order.index(size_of(low, turnover)) <= order.index(size_of(high, turnover))


# -- names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cafés del Sur S.A.", "DEL SUR CAFES, Sociedad Anónima"),
        ("Minería Andina S. A. de C. V.", "Mineria Andina SA de CV"),
        ("Grupo Pérez & Hijos Ltda.", "Perez e Hijos Grupo, Limitada"),
        ("Construções Vale Verde Ltda", "Construcoes Vale Verde EIRELI"),
        ("Alimentos San José S.R.L.", "Alimentos San Jose SRL"),
        ("Société Générale d'Énergie S.A.R.L.", "SOCIETE GENERALE DENERGIE SARL"),
        ("Transportes Quetzal C.A.", "Transportes Quetzl CA"),
        ("Agroindustria del Norte S/A", "Agroindustria do Norte SA"),
    ],
)
def test_accents_legal_forms_order_and_slips_make_no_other_company(one, other):
    assert nearly_same(name_key(one), [name_key(other)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Energía Solar del Norte S.A.", "Energía Solar del Sur S.A."),
        ("Banco Andino S.A.", "Banco Pacífico S.A."),
        ("Textiles Maya S.A.", "Textiles Inca S.A."),
        ("Consultores 2000 Ltda.", "Consultores 3000 Ltda."),
    ],
)
def test_companies_that_share_a_word_are_different(one, other):
    assert not nearly_same(name_key(one), [name_key(other)])


def test_a_name_of_legal_forms_alone_keeps_its_words():
    assert name_key("S.A.") == "sa"


@given(st.text(min_size=1, max_size=60))
def test_any_text_has_a_name_key(text):
    key = name_key(text)

    assert key == name_key(text)
    assert key.isascii()


def test_a_registration_number_is_compared_without_marks_and_case():
    assert registration_key(" 76.123.456-k ") == registration_key("76123456K")


# -- numbers


def test_sixteen_states_have_checkable_tax_identifiers():
    assert len(TAX_NUMBERS) == 16
    assert set(TAX_NUMBERS) <= set(MEMBER_STATES)


@pytest.mark.parametrize(
    ("country", "number", "verdict"),
    [
        ("AR", "20-05536168-2", Verdict.VALID),
        ("AR", "20-05536168-3", Verdict.INVALID),
        ("BR", "16.727.230/0001-97", Verdict.VALID),
        ("BR", "16.727.230.0001-98", Verdict.INVALID),
        ("CL", "76086428-5", Verdict.VALID),
        ("PE", "20512333797", Verdict.VALID),
        ("PE", "20512333798", Verdict.INVALID),
        ("PE", "２０５１２３３３７９７", Verdict.INVALID),
        ("HT", "000-000-000-0", Verdict.NOT_VERIFIABLE),
        ("JM", "anything", Verdict.NOT_VERIFIABLE),
        ("ES", "B12345678", Verdict.NOT_VERIFIABLE),
        ("PE", " ", Verdict.NOT_VERIFIABLE),
    ],
)
def test_tax_identifiers(country, number, verdict):
    assert check_tax_identifier(number, country=country) is verdict


@pytest.mark.parametrize("country", sorted(set(MEMBER_STATES) - set(TAX_NUMBERS)))
def test_where_no_rule_is_known_nothing_is_called_valid(country):
    assert check_tax_identifier("12345678", country=country) is Verdict.NOT_VERIFIABLE


@pytest.mark.parametrize(
    ("lei", "fits_the_standard"),
    [
        ("213800KUD8LAJWSQ9D15", True),
        ("2138 00KU D8LA JWSQ 9d15", True),
        ("213800KUD8LXJWSQ9D15", False),
        ("213800KUD8LAJWSQ9D1", False),
        ("", False),
        ("２13800KUD8LAJWSQ9D15", False),
    ],
)
def test_lei(lei, fits_the_standard):
    assert is_lei(lei) is fits_the_standard


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=18, max_size=18), st.integers(0, 17))
def test_one_changed_sign_of_an_lei_is_noticed(body, place):
    number = int("".join(str(int(sign, 36)) for sign in f"{body}00"))
    lei = f"{body}{98 - number % 97:02d}"
    other = "A" if body[place] != "A" else "B"

    assert is_lei(lei)
    assert not is_lei(f"{lei[:place]}{other}{lei[place + 1 :]}")


# -- ownership


@pytest.mark.parametrize(
    ("typed", "share"),
    [("51", 5_100), ("33.33", 3_333), ("33,3", 3_330), ("100", 10_000), (" 10 ", 1_000)],
)
def test_a_share_is_read_exactly(typed, share):
    assert read_share(typed) == share


@pytest.mark.parametrize(
    "typed", ["", "-1", "101", "100.01", "NaN", "1e2", "1e309", "٥٠", "33.333", "0x10", "5 0", "½"]
)
def test_what_is_no_share_is_not_read(typed):
    assert read_share(typed) is None


@pytest.mark.parametrize(
    ("share", "listed", "may"),
    [(1_000, 0, True), (999, 0, False), (10_000, 0, True), (4_000, 6_000, True), (4_001, 6_000, False)],
)
def test_shares_begin_at_ten_percent_and_never_exceed_the_whole(share, listed, may):
    assert fits(share, listed_bp=listed) is may


def test_an_anonymous_share_stays_unresolved():
    found = ownership([(OwnerKind.PERSON, 5_000), (OwnerKind.COMPANY, 1_500), (OwnerKind.ANONYMOUS, 2_000)])

    assert (found.named_bp, found.unresolved_bp, found.unlisted_bp) == (6_500, 2_000, 1_500)
    assert not found.is_resolved


# -- details


def details(**changed):
    stated = {
        "legal_name": "Cafés del Sur S.A.",
        "trade_names": [],
        "country": "PE",
        "registration_number": "123",
        "tax_identifier": "",
        "lei": "",
        "isic_divisions": ["62"],
        "employees": 5,
        "turnover_usd": 10,
        "countries": [],
    }
    return stated | changed


def test_details_that_fit_have_no_fault():
    assert faults_in(details(), on=TODAY) == {}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"legal_name": "  "}, Fault.NAME_MISSING),
        ({"legal_name": "A\r\nBcc: all@example.org"}, Fault.NAME_WRONG),
        ({"legal_name": "x" * 201}, Fault.NAME_WRONG),
        ({"country": "XX"}, Fault.COUNTRY_UNKNOWN),
        ({"registration_number": "--- "}, Fault.NUMBER_WRONG),
        ({"tax_identifier": "20512333798"}, Fault.TAX_IDENTIFIER_WRONG),
        ({"lei": "213800KUD8LXJWSQ9D15"}, Fault.LEI_WRONG),
        ({"isic_divisions": ["04"]}, Fault.DIVISION_UNKNOWN),
        ({"employees": -1}, Fault.EMPLOYEES_WRONG),
        ({"turnover_usd": 10**20}, Fault.TURNOVER_WRONG),
        ({"countries": ["ZZ"]}, Fault.COUNTRIES_UNKNOWN),
        ({"country": "ES", "countries": ["FR"]}, Fault.OUTSIDE),
        ({"trade_names": ["x"] * 21}, Fault.TRADE_NAMES_MANY),
    ],
)
def test_each_fault_is_named_at_its_field(changed, fault):
    assert list(faults_in(details(**changed), on=TODAY).values()) == [fault]
