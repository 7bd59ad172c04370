"""Any other list, in the one table that docs/screening.md describes: a header, then one row an entry.

    uid,schema,name,other_names,weak_names,birth_dates,countries,identifiers,programs,remarks

Only the first three columns must be there; several values of a cell are parted by ";". A list that comes in OFAC's own
files is read by `ofac.parse` with its own id and prefix.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from certify.screening.dates import read_iso
from certify.screening.lists.files import Limits, ListRefused, ParsedList, _l, check_count, digest_of_files, text_of
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

REQUIRED: Final = ("uid", "schema", "name")
COLUMNS: Final = (
    *REQUIRED,
    "other_names",
    "weak_names",
    "birth_dates",
    "countries",
    "identifiers",
    "programs",
    "remarks",
)
FIRST_LINE: Final = "uid,schema,name"


def parse(files: Mapping[str, bytes], *, list_id: str, limits: Limits | None = None) -> ParsedList:
    """Read the one table of a list; entries get the uid `<list_id>:<uid>`. Raises ListRefused."""
    limits = limits or Limits()
    if len(files) != 1:
        raise ListRefused(_l("A list of this kind is one table, not %(count)d files."), count=len(files))
    name, content = next(iter(files.items()))
    entries = [_entry(name, line, row, list_id) for line, row in _rows(name, content, limits)]
    return ParsedList(list_id, ListKind.GENERIC, check_count(entries, limits), digest_of_files(files))


def _rows(name: str, content: bytes, limits: Limits) -> Iterator[tuple[int, dict[str, str]]]:
    """Every row by column, with its line."""
    reader = csv.reader(io.StringIO(text_of(name, content, limits)), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(name, header)
        for row in reader:
            if row:
                yield reader.line_num, dict(zip(header, _complete(name, reader.line_num, row, header), strict=True))
    except csv.Error as error:
        raise ListRefused(_l("The file %(file)s is cut or broken: %(why)s."), file=name, why=error) from error


def _check_header(name: str, header: list[str]) -> None:
    """Refuse a table that lacks a column or has one that nothing would read."""
    missing = [column for column in REQUIRED if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    if missing or len(set(header)) != len(header):
        raise ListRefused(
            _l("The header of %(file)s lacks %(columns)s, or names a column twice."),
            file=name,
            columns=", ".join(missing),
        )
    if unknown:
        raise ListRefused(
            _l("The header of %(file)s has unknown columns: %(columns)s."), file=name, columns=", ".join(unknown[:5])
        )


def _complete(name: str, line: int, row: list[str], header: list[str]) -> list[str]:
    """A row with as many cells as the header."""
    if len(row) != len(header):
        raise ListRefused(
            _l("Line %(line)d of %(file)s has %(found)d columns instead of %(expected)d."),
            file=name,
            line=line,
            found=len(row),
            expected=len(header),
        )
    return [cell.strip() for cell in row]


def _entry(name: str, line: int, row: Mapping[str, str], list_id: str) -> ListedEntry:
    """One entry of the table."""
    schema = row["schema"].casefold()
    if not row["uid"] or not row["name"] or schema not in set(Schema):
        raise ListRefused(
            _l("Line %(line)d of %(file)s has no uid, no name or an unknown schema."), file=name, line=line
        )
    try:
        births = tuple(found for text in _several(row, "birth_dates") if (found := _born(text)))
        numbers = tuple(_identifier(text) for text in _several(row, "identifiers"))
    except ValueError as error:
        raise ListRefused(
            _l("Line %(line)d of %(file)s cannot be read: %(why)s."), file=name, line=line, why=error
        ) from error
    others = [ListedName(text, NameQuality.ALIAS) for text in _several(row, "other_names")]
    weak = [ListedName(text, NameQuality.WEAK) for text in _several(row, "weak_names")]
    return ListedEntry(
        uid=f"{list_id}:{row['uid']}",
        list_id=list_id,
        schema=Schema(schema),
        names=tuple(dict.fromkeys([ListedName(row["name"]), *others, *weak])),
        birth_dates=births,
        countries=tuple(code for text in _several(row, "countries") if (code := country_code(text))),
        identifiers=numbers,
        programs=tuple(_several(row, "programs")),
        remarks=row.get("remarks", ""),
    )


def _several(row: Mapping[str, str], column: str) -> list[str]:
    """The values of a cell."""
    return [text for part in row.get(column, "").split(";") if (text := part.strip())]


def _born(text: str) -> BirthDate | None:
    """A birth date; the error names the text."""
    return read_iso(text)


def _identifier(text: str) -> Identifier:
    """An identifier written kind:country:number, the country empty for an LEI."""
    kind, country, number = (part.strip() for part in [*text.split(":", 2), "", ""][:3])
    if kind not in set(IdentifierKind) or not number:
        raise ValueError(text)
    return Identifier(IdentifierKind(kind), number, country_code(country))
