"""Reading the Security Council's XML, and refusing what XML can hide."""

from datetime import date

import pytest

from certify.screening.lists import ListRefused, un
from certify.screening.rules import Effect, Identifier, IdentifierKind, ListedName, ListKind, NameQuality, Schema
from tests.rules.screening_files import UN

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def parse(text: str) -> un.ParsedList:
    """Read a text as the list."""
    return un.parse({"list.xml": text.encode()})


def test_a_person_with_all_names_dates_and_documents() -> None:
    person = parse(UN).entries[0]

    assert (person.uid, person.list_id, person.schema) == ("un:7001", "un-sc", Schema.PERSON)
    assert person.names == (
        ListedName("ZENOBIO KIMBAWI"),
        ListedName("زنوبيو كمباوي", NameQuality.ALIAS),
        ListedName("Zen Kimbawi", NameQuality.ALIAS),
        ListedName("Abu Zen", NameQuality.WEAK),
    )
    assert [(born.earliest, born.latest) for born in person.birth_dates] == [
        (date(1964, 2, 29), date(1964, 2, 29)),
        (date(1968, 1, 1), date(1972, 12, 31)),
        (date(1958, 1, 1), date(1960, 12, 31)),
    ]
    assert person.countries == ("IR", "SY")
    assert person.identifiers == (Identifier(IdentifierKind.PASSPORT, "X99887", "SY"),)
    assert person.programs == ("Test", "TSi.001")


def test_an_entity_is_compared_as_a_company() -> None:
    entity = parse(UN).entries[1]

    assert (entity.uid, entity.schema, entity.countries) == ("un:7002", Schema.COMPANY, ("PA",))
    assert ListedName("Tolima Holding", NameQuality.FORMER) in entity.names


def test_only_the_security_council_excludes_by_default() -> None:
    assert [kind for kind in ListKind if kind.default_effect is Effect.EXCLUDING] == [ListKind.UN_SECURITY_COUNCIL]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"<!DOCTYPE x [<!ENTITY l0 'ha'>{LAUGHS}]><CONSOLIDATED_LIST>&l9;</CONSOLIDATED_LIST>", "declares a document"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><CONSOLIDATED_LIST/>', "declares a document type"),
        ("<CONSOLIDATED_LIST>&nothing;</CONSOLIDATED_LIST>", "is cut or no XML"),
        (UN[:-40], "is cut or no XML"),
        ("", "is cut or no XML"),
        ("\0" * 50, "is cut or no XML"),
        ("<OTHER/>", "does not begin as the consolidated list does"),
        ("<CONSOLIDATED_LIST/>", "The list has 0 entries"),
        (f"<CONSOLIDATED_LIST>{'<a>' * 50}", "nested too deeply"),
        (UN.replace("<DATAID>7001</DATAID>", ""), "no number or no name: ZENOBIO KIMBAWI"),
        (UN.replace("7002", "7001"), "The entry un:7001 stands in the list twice"),
        ('<?xml version="1.0" encoding="nonsense"?><CONSOLIDATED_LIST/>', "is cut or no XML"),
    ],
    ids=lambda text: text[:30],
)
def test_a_wrong_file_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ListRefused, match=sentence):
        parse(text)


def test_two_files_are_not_the_list() -> None:
    with pytest.raises(ListRefused, match="one XML file, not 2"):
        un.parse({"a.xml": b"", "b.xml": b""})
