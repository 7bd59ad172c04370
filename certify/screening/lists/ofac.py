"""The lists of the US Treasury's Office of Foreign Assets Control as it publishes them in comma-separated files.

SDN: sdn.csv, alt.csv, add.csv, sdn_comments.csv. Consolidated (non-SDN): cons_prim.csv, cons_alt.csv, cons_add.csv,
cons_comments.csv. The files have no header; "-0-" stands for nothing; people are "LAST, First"; birth dates, numbers
and weak aliases stand only in the remarks, which go on in the comments file past 1 000 letters. Column order after
OFAC's "Data specification for the SDN list, delimited formats".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from certify.screening.dates import read_ofac
from certify.screening.lists.files import (
    Limits,
    ListRefused,
    ParsedList,
    _l,
    check_count,
    digest_of_files,
    required,
    rows,
)
from certify.screening.places import country_code
from certify.screening.rules import (
    BirthDate,
    Identifier,
    IdentifierKind,
    ListedEntry,
    ListedName,
    ListKind,
    NameQuality,
    Schema,
)

SDN: Final = "ofac-sdn"
CONSOLIDATED: Final = "ofac-consolidated"

_FILES: Final = {
    ListKind.OFAC_SDN: ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"),
    ListKind.OFAC_CONSOLIDATED: ("cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"),
}
_SCHEMAS: Final = {
    "": Schema.COMPANY,
    "individual": Schema.PERSON,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
_QUALITIES: Final = {"aka": NameQuality.ALIAS, "nka": NameQuality.ALIAS, "fka": NameQuality.FORMER}

_ALIAS: Final = re.compile(r"(?:alt\. )?[afn]\.k\.a\. '(.+?)'\.?$")
_BORN: Final = re.compile(r"(?:alt\. )?DOB (.+?)\.?$")
_HOME: Final = re.compile(r"(?:alt\. )?(?:nationality|citizen) (.+?)\.?$")
_NUMBER: Final = re.compile(
    r"(?:alt\. )?(?P<name>[A-Z][A-Za-z.' ]*?)(?: #| No\.?| Number)? (?P<number>[A-Z]{0,4}[-./]?\d[\w./-]*)(?P<rest>.*)"
)
_LEI: Final = re.compile(r"(?:Legal Entity Number|LE Number) ([A-Z0-9]{20})\b")
_BRACKETED: Final = re.compile(r"\(([^()]+)\)")

_KINDS: Final = {
    IdentifierKind.TAX: "Tax ID|R.F.C.|RFC|NIT|RUC|RIF|C.U.I.T.|C.N.P.J.|CNPJ|RTN|V.A.T.|RUT|RNC|C.U.I.L.|Fiscal Code",
    IdentifierKind.REGISTRATION: "Registration|Registration ID|Matricula Mercantil|Folio Mercantil|Company|UK Company|"
    "C.R.|Commercial Registry|Business Registration|Business Registration Document|"
    "Public Registration|Chamber of Commerce|Enterprise|Business|"
    "Certificate of Incorporation|Trade License|Numero de Registro",
    IdentifierKind.NATIONAL_ID: "Cedula|National ID|C.U.R.P.|D.N.I.|Identification|SSN|Numero de Identidad|C.U.I.|"
    "I.F.E.|Personal ID Card|National Foreign ID|Turkish Identification|Electoral Registry|Credencial electoral|"
    "Tarjeta de Identidad",
    IdentifierKind.PASSPORT: "Passport|Diplomatic Passport",
}  # fmt: skip
_KIND_OF: Final = {name: kind for kind, names in _KINDS.items() for name in names.split("|")}


class _Row(NamedTuple):
    """A row of the primary file, in OFAC's order."""

    number: str
    name: str
    kind: str
    programs: str
    title: str
    call_sign: str
    vessel_type: str
    tonnage: str
    gross_tonnage: str
    flag: str
    owner: str
    remarks: str


def parse(
    files: Mapping[str, bytes],
    *,
    list_id: str = "",
    prefix: str = "ofac",
    limits: Limits | None = None,
) -> ParsedList:
    """Read the SDN or the consolidated list, whichever the file names are of.

    `list_id` and `prefix` name another list that comes in this format. Raises ListRefused.
    """
    kind = _kind_of(files)
    limits = limits or Limits()
    primary, alternate, addresses, comments = _FILES[kind]
    more = _comments(files, comments, limits)
    aliases = _aliases(files, alternate, limits)
    seats = _seats(files, addresses, limits)
    list_id = list_id or (SDN if kind is ListKind.OFAC_SDN else CONSOLIDATED)
    entries = [
        _entry(
            row,
            list_id=list_id,
            prefix=prefix,
            aliases=aliases[row.number],
            seats=seats[row.number],
            more=more[row.number],
        )
        for row in (_Row(*map(_value, cells)) for cells in rows(primary, required(files, primary), 12, limits))
    ]
    return ParsedList(
        list_id, kind, check_count(entries, limits), digest_of_files(files), tuple(_orphans(entries, aliases, prefix))
    )


def _kind_of(files: Mapping[str, bytes]) -> ListKind:
    """Which of the two lists the files are."""
    for kind, names in _FILES.items():
        if names[0] in files:
            return kind
    raise ListRefused(_l("Neither sdn.csv nor cons_prim.csv is among the files."))


def _value(cell: str) -> str:
    """A cell's text; OFAC writes "-0- " for nothing."""
    text = cell.strip()
    return "" if text == "-0-" else text


def _comments(files: Mapping[str, bytes], name: str, limits: Limits) -> defaultdict[str, str]:
    """What the remarks of an entry go on with."""
    found: defaultdict[str, str] = defaultdict(str)
    for number, text in rows(name, files.get(name, b""), 2, limits):
        found[number.strip()] += text
    return found


def _aliases(files: Mapping[str, bytes], name: str, limits: Limits) -> defaultdict[str, list[ListedName]]:
    """The other names of each entry; a file without them is refused, for then every alias would go unscreened."""
    found: defaultdict[str, list[ListedName]] = defaultdict(list)
    for number, _, kind, alias, _ in rows(name, required(files, name), 5, limits):
        if text := _value(alias):
            found[number.strip()].append(ListedName(text, _QUALITIES.get(kind.strip(), NameQuality.ALIAS)))
    return found


def _seats(files: Mapping[str, bytes], name: str, limits: Limits) -> defaultdict[str, list[str]]:
    """The countries of each entry's addresses."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for number, _, _, _, country, _ in rows(name, files.get(name, b""), 6, limits):
        found[number.strip()].append(country_code(_value(country)))
    return found


def _entry(
    row: _Row, *, list_id: str, prefix: str, aliases: list[ListedName], seats: list[str], more: str
) -> ListedEntry:
    """One entry with all that its remarks tell."""
    if not row.number.isdigit() or not row.name or row.kind not in _SCHEMAS:
        raise ListRefused(
            _l("The row of entry %(uid)s has no number, no name or an unknown kind."), uid=row.number or "?"
        )
    remarks = row.remarks + more
    notes = [note.strip() for note in remarks.split(";")]
    schema = _SCHEMAS[row.kind]
    weak = [ListedName(found[1], NameQuality.WEAK) for note in notes if (found := _ALIAS.fullmatch(note))]
    homes = [country_code(found[1]) for note in notes if (found := _HOME.fullmatch(note))]
    return ListedEntry(
        uid=f"{prefix}:{row.number}",
        list_id=list_id,
        schema=schema,
        names=tuple(dict.fromkeys([ListedName(row.name), *aliases, *weak])),
        birth_dates=tuple(_birth_dates(notes)),
        countries=tuple(dict.fromkeys(code for code in [*homes, *seats] if code)),
        identifiers=tuple(dict.fromkeys(_identifiers(notes))),
        programs=tuple(program.strip(" []") for program in row.programs.split("] [") if program.strip(" []")),
        remarks=remarks,
    )


def _birth_dates(notes: Iterable[str]) -> Iterator[BirthDate]:
    """The birth dates that the remarks give."""
    for note in notes:
        if (found := _BORN.fullmatch(note)) and (born := read_ofac(found[1])):
            yield born


def _identifiers(notes: Iterable[str]) -> Iterator[Identifier]:
    """The numbers that the remarks give, with the country in the brackets behind them."""
    for note in notes:
        if lei := _LEI.search(note):
            yield Identifier(IdentifierKind.LEI, lei[1])
        elif (found := _NUMBER.match(note)) and (kind := _KIND_OF.get(found["name"].strip())):
            countries = [code for place in _BRACKETED.findall(found["rest"]) if (code := country_code(place))]
            yield Identifier(kind, found["number"].rstrip("."), countries[-1] if countries else "")


def _orphans(entries: list[ListedEntry], aliases: Mapping[str, list[ListedName]], prefix: str) -> Iterator[str]:
    """Aliases of entries the primary file does not have: harmless, but a sign that files of two days were mixed."""
    known = {entry.uid for entry in entries}
    if lost := sum(bool(names) and f"{prefix}:{number}" not in known for number, names in aliases.items()):
        yield _l("%(count)d entries of the alias file are not in the primary file.") % {"count": lost}
