"""Reading our own table, finding lists in folders, and telling versions apart."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from certify.screening.differences import differences, drops_too_much
from certify.screening.lists import ListRefused, generic
from certify.screening.lists.folder import look_into, read_all
from certify.screening.places import country_code
from certify.screening.rules import Identifier, IdentifierKind, ListedName, NameQuality, Schema
from tests.rules.screening_files import GENERIC, UN, sdn


def parse(text: str) -> generic.ParsedList:
    """Read a text as the list of a development bank."""
    return generic.parse({"list.csv": text.encode()}, list_id="bank")


def test_every_column_is_read() -> None:
    company, person = parse(GENERIC).entries

    assert (company.uid, company.schema, company.countries) == ("bank:1", Schema.COMPANY, ("CO", "PA"))
    assert [name.text for name in company.names] == ["Quimbaya S.A.", "Quimco", "Quimbaya Trading"]
    assert company.identifiers == (
        Identifier(IdentifierKind.TAX, "900123456-7", "CO"),
        Identifier(IdentifierKind.LEI, "5493001KJTIIGC8Y1R12", ""),
    )
    assert person.names[1] == ListedName("El Zeno", NameQuality.WEAK)
    assert [born.earliest for born in person.birth_dates] == [date(1961, 10, 12), date(1963, 1, 1)]


def test_three_columns_are_enough() -> None:
    assert parse("uid,schema,name\n1,company,Quimbaya\n").entries[0].primary_name == "Quimbaya"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("uid,name\n1,A\n", "The header of list.csv lacks schema"),
        ("uid,schema,name,colour\n1,company,A,red\n", "unknown columns: colour"),
        ("uid,schema,name,name\n1,company,A,B\n", "names a column twice"),
        ("uid,schema,name\n1,company\n", "Line 2 of list.csv has 2 columns instead of 3"),
        ("uid,schema,name\n1,planet,A\n", "no uid, no name or an unknown schema"),
        ("uid,schema,name,birth_dates\n1,person,A,soon\n", "Line 2 of list.csv cannot be read: soon"),
        ("uid,schema,name,identifiers\n1,person,A,tax\n", "Line 2 of list.csv cannot be read: tax"),
        ('uid,schema,name\n1,company,"A\n', "cut or broken"),
        ("", "The header of list.csv lacks uid, schema, name"),
        ("a," * 30_000, "lacks uid, schema, name"),
    ],
    ids=lambda text: text[:30],
)
def test_a_wrong_table_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ListRefused, match=sentence):
        parse(text)


def test_a_folder_gives_its_lists_and_names_what_it_skips(tmp_path: Path) -> None:
    for folder, files in {
        "ofac_2019": sdn(),
        "ofac_2021": sdn(),
        "partial": {"alt.csv": b""},
        "un": {"list.xml": UN.encode()},
        "bank": {"list.csv": GENERIC.encode()},
    }.items():
        (tmp_path / folder).mkdir()
        for name, content in files.items():
            (tmp_path / folder / name).write_bytes(content)

    found = look_into(tmp_path)

    assert {each.folder.name for each in found.lists} == {"ofac_2021", "un", "bank"}
    assert found.skipped == ("ofac_2019", "partial")
    assert sum(len(each.entries) for each in read_all(found.lists)) == 7


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListRefused, match="holds no list"):
        look_into(tmp_path)


def test_two_versions_differ_in_what_was_added_removed_and_changed() -> None:
    company, person = parse(GENERIC).entries
    renamed = replace(person, names=(ListedName("Tolima, Zenobia"),))
    added = replace(company, uid="bank:3")

    found = differences([company, person], [renamed, added])

    assert (found.added, found.removed, found.changed) == ((added,), (company,), (renamed,))
    assert found.to_rescreen == (added, renamed)


def test_the_same_version_differs_in_nothing() -> None:
    entries = parse(GENERIC).entries

    assert differences(entries, entries).to_rescreen == ()


@pytest.mark.parametrize(("after", "refused"), [(100, False), (80, False), (79, True), (0, True), (500, False)])
def test_a_list_may_lose_a_fifth_and_no_more(after: int, refused: bool) -> None:
    assert drops_too_much(100, after) is refused


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Korea, North", "KP"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Iran (Islamic Republic of)", "IR"),
        ("United Kingdom of Great Britain and Northern Ireland", "GB"),
        ("México", "MX"),
        ("République dominicaine", "DO"),
        ("mx", "MX"),
        ("Region: Crimea", "UA"),
        ("undetermined", ""),
        ("ZZ", ""),
        ("", ""),
    ],
)
def test_countries_are_known_in_the_spellings_of_the_lists(text: str, code: str) -> None:
    assert country_code(text) == code
