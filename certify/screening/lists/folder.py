"""Finding the lists in a folder, by what its files are and not by how it is called.

A folder with sdn.csv and alt.csv is OFAC's SDN list, one with cons_prim.csv and cons_alt.csv the consolidated one, one
with a single XML file the Security Council's list, one with a single table whose header begins `uid,schema,name` a
generic list. Of several SDN lists the one whose folder name comes last is taken (ofac_2021 before ofac_2019).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from certify.screening.lists import generic, ofac, un
from certify.screening.lists.files import ListRefused, ParsedList, _l
from certify.screening.rules import ListKind

LARGEST_FILE: Final = 128 * 1024 * 1024
"""Bytes of a file that are read at all."""

_SDN: Final = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")
_CONSOLIDATED: Final = ("cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv")


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list in a folder: what kind it is, where it lies, and the files that make it up."""

    kind: ListKind
    folder: Path
    names: tuple[str, ...]

    def read(self) -> ParsedList:
        """Read and parse the files. Raises ListRefused."""
        files = {name: _content(self.folder / name) for name in self.names}
        return _PARSERS[self.kind](files, self.folder.name)


@dataclass(frozen=True, slots=True)
class Folder:
    """The lists of a folder, and the names of the sub-folders that hold none or an older version."""

    lists: tuple[FoundList, ...]
    skipped: tuple[str, ...]


def look_into(folder: Path) -> Folder:
    """Find the lists in a folder and in the folders directly under it. Raises ListRefused when there is none."""
    within = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    found = [each for path in [folder, *within] for each in _lists_in(path)]
    newest = {_identity(each): each for each in found}
    if not newest:
        raise ListRefused(_l("The folder %(folder)s holds no list."), folder=folder.name or str(folder))
    used = {each.folder for each in newest.values()}
    return Folder(tuple(newest.values()), tuple(path.name for path in within if path not in used))


def _identity(found: FoundList) -> str:
    """What tells two lists apart: their kind, and for generic ones their folder."""
    return f"generic:{found.folder.name}" if found.kind is ListKind.GENERIC else found.kind.value


def _lists_in(folder: Path) -> Iterator[FoundList]:
    """The lists whose files lie directly in a folder."""
    names = {path.name for path in folder.iterdir() if path.is_file()} if folder.is_dir() else set()
    for kind, wanted in ((ListKind.OFAC_SDN, _SDN), (ListKind.OFAC_CONSOLIDATED, _CONSOLIDATED)):
        if names.issuperset(wanted[:2]):
            yield FoundList(kind, folder, tuple(name for name in wanted if name in names))
    if len(xml := [name for name in names if name.lower().endswith(".xml")]) == 1:
        yield FoundList(ListKind.UN_SECURITY_COUNCIL, folder, tuple(xml))
    tables = [name for name in names if name.lower().endswith(".csv")]
    if len(tables) == 1 and _begins(folder / tables[0], generic.FIRST_LINE):
        yield FoundList(ListKind.GENERIC, folder, tuple(tables))


def _begins(path: Path, text: str) -> bool:
    """True when a file begins with a text, a byte order mark aside."""
    with path.open("rb") as file:
        return file.read(len(text) + 3).removeprefix(b"\xef\xbb\xbf").startswith(text.encode())


def _content(path: Path) -> bytes:
    """The bytes of a file. Raises ListRefused for one that is too large to be a list."""
    if (size := path.stat().st_size) > LARGEST_FILE:
        raise ListRefused(_l("The file %(file)s has %(size)d bytes, which is too much."), file=path.name, size=size)
    return path.read_bytes()


_PARSERS: Final[Mapping[ListKind, Callable[[Mapping[str, bytes], str], ParsedList]]] = {
    ListKind.OFAC_SDN: lambda files, _: ofac.parse(files),
    ListKind.OFAC_CONSOLIDATED: lambda files, _: ofac.parse(files),
    ListKind.UN_SECURITY_COUNCIL: lambda files, _: un.parse(files),
    ListKind.GENERIC: lambda files, folder: generic.parse(files, list_id=folder),
}


def read_all(found: Iterable[FoundList]) -> tuple[ParsedList, ...]:
    """Read every list that was found. Raises ListRefused for the first that cannot be."""
    return tuple(each.read() for each in found)
