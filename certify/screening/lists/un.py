"""The United Nations Security Council Consolidated List in XML, as the Secretariat publishes it.

The parser knows no document types and no entities, so neither a "billion laughs" nor a reference to another file can be
written in what it accepts.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from certify.screening.dates import read_iso, span
from certify.screening.lists.files import Limits, ListRefused, ParsedList, _l, check_count, check_size, digest_of_files
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

SECURITY_COUNCIL: Final = "un-sc"
MAX_DEPTH: Final = 16
MAX_ELEMENTS: Final = 5_000_000

_NAME_PARTS: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_QUALITIES: Final = {"Low": NameQuality.WEAK, "f.k.a.": NameQuality.FORMER}


def parse(files: Mapping[str, bytes], *, list_id: str = SECURITY_COUNCIL, limits: Limits | None = None) -> ParsedList:
    """Read the one XML file of the list. Raises ListRefused."""
    limits = limits or Limits()
    if len(files) != 1:
        raise ListRefused(_l("The Security Council's list is one XML file, not %(count)d."), count=len(files))
    name, content = next(iter(files.items()))
    check_size(name, content, limits)
    root = _tree(name, content)
    if root.tag != "CONSOLIDATED_LIST":
        raise ListRefused(_l("The file %(file)s does not begin as the consolidated list does."), file=name)
    people = [
        _entry(element, Schema.PERSON, "INDIVIDUAL", list_id) for element in root.iterfind("INDIVIDUALS/INDIVIDUAL")
    ]
    bodies = [_entry(element, Schema.COMPANY, "ENTITY", list_id) for element in root.iterfind("ENTITIES/ENTITY")]
    entries = check_count([*people, *bodies], limits)
    return ParsedList(list_id, ListKind.UN_SECURITY_COUNCIL, entries, digest_of_files(files))


class _Reader:
    """Builds the element tree while it counts, and refuses every declaration."""

    def __init__(self, name: str) -> None:
        """Read the file of this name."""
        self.name, self.depth, self.elements = name, 0, 0
        self.builder = TreeBuilder()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse
        self.parser.ExternalEntityRefHandler = self.refuse

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element within the limits."""
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise ListRefused(_l("The file %(file)s is nested too deeply or has too many elements."), file=self.name)
        self.builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Close an element."""
        self.depth -= 1
        self.builder.end(tag)

    def refuse(self, *_: object) -> int:
        """Stop at a document type or an entity: the list has none."""
        raise ListRefused(
            _l("The file %(file)s declares a document type or entities, which the list never does."), file=self.name
        )


def _tree(name: str, content: bytes) -> Element:
    """The element tree of a file."""
    reader = _Reader(name)
    try:
        reader.parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise ListRefused(_l("The file %(file)s is cut or no XML: %(why)s."), file=name, why=error) from error
    return reader.builder.close()


def _entry(element: Element, schema: Schema, tag: str, list_id: str) -> ListedEntry:
    """One individual or entity."""
    number, name = _text(element, "DATAID"), " ".join(part for tag_ in _NAME_PARTS if (part := _text(element, tag_)))
    if not number.isdigit() or not name:
        raise ListRefused(_l("An entry of the list has no number or no name: %(uid)s."), uid=number or name or "?")
    seats = [_text(address, "COUNTRY") for address in element.iterfind(f"{tag}_ADDRESS")]
    homes = [_plain(value.text) for value in element.iterfind("NATIONALITY/VALUE")]
    return ListedEntry(
        uid=f"un:{number}",
        list_id=list_id,
        schema=schema,
        names=tuple(dict.fromkeys([ListedName(name), *_other_names(element, tag)])),
        birth_dates=tuple(dict.fromkeys(_birth_dates(element))),
        countries=tuple(dict.fromkeys(code for place in (*homes, *seats) if (code := country_code(place)))),
        identifiers=tuple(dict.fromkeys(_identifiers(element))),
        programs=tuple(part for part in (_text(element, "UN_LIST_TYPE"), _text(element, "REFERENCE_NUMBER")) if part),
        remarks=_text(element, "COMMENTS1"),
    )


def _plain(text: str | None) -> str:
    """Text with single spaces."""
    return " ".join((text or "").split())


def _text(element: Element, tag: str) -> str:
    """The text of a child; empty when it is absent or empty."""
    return _plain(element.findtext(tag))


def _other_names(element: Element, tag: str) -> Iterator[ListedName]:
    """Aliases with their quality, and the name in its original script."""
    if original := _text(element, "NAME_ORIGINAL_SCRIPT"):
        yield ListedName(original, NameQuality.ALIAS)
    for alias in element.iterfind(f"{tag}_ALIAS"):
        if name := _text(alias, "ALIAS_NAME"):
            yield ListedName(name, _QUALITIES.get(_text(alias, "QUALITY"), NameQuality.ALIAS))


def _birth_dates(element: Element) -> Iterator[BirthDate]:
    """Birth dates: a day, a year, about a year, or between two years."""
    for born in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        about = _text(born, "TYPE_OF_DATE") == "APPROXIMATELY"
        first, last = _text(born, "FROM_YEAR"), _text(born, "TO_YEAR")
        if first.isdigit() and last.isdigit():
            yield BirthDate(span(int(first)).earliest, span(int(last)).latest)
        elif (year := _text(born, "YEAR")).isdigit():
            yield span(int(year), approximate=about)
        elif found := _iso(_text(born, "DATE")):
            yield found


def _iso(text: str) -> BirthDate | None:
    """A date of the list, None where it writes something else in the field."""
    try:
        return read_iso(text)
    except ValueError:
        return None


def _identifiers(element: Element) -> Iterator[Identifier]:
    """Passports and national numbers, with the country that issued them."""
    for document in element.iterfind("INDIVIDUAL_DOCUMENT"):
        if number := _text(document, "NUMBER"):
            is_national = "National" in _text(document, "TYPE_OF_DOCUMENT")
            country = country_code(_text(document, "ISSUING_COUNTRY") or _text(document, "COUNTRY_OF_ISSUE"))
            yield Identifier(IdentifierKind.NATIONAL_ID if is_national else IdentifierKind.PASSPORT, number, country)
