"""Reading OFAC's files: every column, every oddity of the format, and every way a file can be wrong."""

from datetime import date

import pytest

from certify.screening.lists import OFFICIAL, Limits, ListRefused, ofac
from certify.screening.rules import Identifier, IdentifierKind, ListedName, ListKind, NameQuality, Schema
from tests.rules.screening_files import ADD, ALT, SDN, sdn

ROW = '{number},"{name}",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'


def test_a_company_with_its_names_countries_and_numbers() -> None:
    company = ofac.parse(sdn()).entries[0]

    assert (company.uid, company.list_id, company.schema) == ("ofac:101", "ofac-sdn", Schema.COMPANY)
    assert company.names == (
        ListedName("QUIMBAYA COMERCIAL, S.A.", NameQuality.PRIMARY),
        ListedName("QUIMBAYA TRADING", NameQuality.ALIAS),
        ListedName("CALARCA COMERCIAL", NameQuality.FORMER),
        ListedName("QUIMCO", NameQuality.WEAK),
    )
    assert company.countries == ("CO",)
    assert company.programs == ("TEST1", "TEST2")
    assert company.identifiers == (
        Identifier(IdentifierKind.TAX, "900123456-7", "CO"),
        Identifier(IdentifierKind.REGISTRATION, "55512", "PA"),
    )


def test_a_person_with_birth_dates_documents_and_remarks_that_go_on_elsewhere() -> None:
    person = ofac.parse(sdn()).entries[1]

    assert person.schema is Schema.PERSON
    assert [(born.earliest, born.latest) for born in person.birth_dates] == [
        (date(1961, 10, 12), date(1961, 10, 12)),
        (date(1963, 1, 1), date(1963, 12, 31)),
    ]
    assert person.countries == ("CO", "KP")
    assert Identifier(IdentifierKind.NATIONAL_ID, "12345678", "CO") in person.identifiers
    assert Identifier(IdentifierKind.PASSPORT, "AB123456", "PA") in person.identifiers
    assert "Linked To: QUIMBAYA COMERCIAL, S.A." in person.remarks
    assert ListedName("ZENO T.", NameQuality.WEAK) in person.names


def test_a_vessel_is_a_vessel() -> None:
    assert ofac.parse(sdn()).entries[2].schema is Schema.VESSEL


def test_the_consolidated_list_has_its_own_id() -> None:
    files = {name.replace("sdn_", "").replace("sdn.csv", "prim.csv"): text for name, text in sdn().items()}
    parsed = ofac.parse({f"cons_{name}": text for name, text in files.items()})

    assert (parsed.list_id, parsed.kind) == ("ofac-consolidated", ListKind.OFAC_CONSOLIDATED)


def test_another_list_in_this_format_keeps_its_own_id_and_prefix() -> None:
    parsed = ofac.parse(sdn(), list_id="board-list", prefix="board")

    assert (parsed.entries[0].uid, parsed.entries[0].list_id) == ("board:101", "board-list")


def test_the_digest_changes_with_a_byte_and_not_with_the_order_of_the_files() -> None:
    files = sdn()

    assert ofac.parse(files).digest == ofac.parse(dict(reversed(files.items()))).digest
    assert ofac.parse(files).digest != ofac.parse(sdn(add="")).digest


def test_latin_1_is_read_and_so_are_files_without_a_last_line_end() -> None:
    files = sdn()
    files["sdn.csv"] = ROW.format(number=1, name="QUIMBAYA MUÑOZ").strip().encode("latin-1")

    assert ofac.parse(files).entries[0].primary_name == "QUIMBAYA MUÑOZ"


def test_aliases_of_unknown_entries_are_warned_of() -> None:
    parsed = ofac.parse(sdn(alt=f'{ALT[:-1]}999,9,"aka","NOBODY",-0- \r\n'))

    assert parsed.warnings == ("1 entries of the alias file are not in the primary file.",)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (sdn(sdn=""), "The list has 0 entries; between 1 and 250000 are expected."),
        (sdn(sdn=SDN + "\0"), "The file sdn.csv holds a NUL byte, so it is no text."),
        (sdn(sdn='1,"A","individual"\r\n'), "Line 1 of sdn.csv has 3 columns instead of 12."),
        (sdn(alt='1,2,"aka"\r\n'), "Line 1 of alt.csv has 3 columns instead of 5."),
        (sdn(add="," * 60_000), "Line 1 of add.csv has 60001 columns instead of 6."),
        (sdn(add="," * 1_000_000), "A line of add.csv has 1000000 letters; at most 65536 are read."),
        (sdn(sdn=SDN[:-60]), "The file sdn.csv is cut or broken: unexpected end of data."),
        (sdn(sdn=ROW.format(number=1, name="A") * 2), "The entry ofac:1 stands in the list twice."),
        (sdn(sdn=ROW.format(number="X", name="A")), "The row of entry X has no number, no name or an unknown kind."),
        (sdn(sdn=ROW.format(number=1, name="-0- ")), "The row of entry 1 has no number, no name or an unknown kind."),
        ({"sdn.csv": SDN.encode()}, "The file alt.csv is missing."),
        ({"alt.csv": ALT.encode(), "add.csv": ADD.encode()}, "Neither sdn.csv nor cons_prim.csv is among the files."),
    ],
    ids=lambda case: case[:40] if isinstance(case, str) else "",
)
def test_a_wrong_file_is_refused_in_one_sentence(files: dict[str, bytes], sentence: str) -> None:
    with pytest.raises(ListRefused) as refused:
        ofac.parse(files)

    assert str(refused.value) == sentence


def test_a_list_that_is_too_large_or_too_short_for_its_publisher_is_refused() -> None:
    with pytest.raises(ListRefused, match="at most 10 are read"):
        ofac.parse(sdn(), limits=Limits(max_bytes=10))
    with pytest.raises(ListRefused, match="between 5000 and"):
        ofac.parse(sdn(), limits=OFFICIAL[ListKind.OFAC_SDN])
