"""What all list readers share: limits, digests, tables of text, and the sentence with which a file is refused."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from certify.screening.rules import ListedEntry, ListKind


def _l(sentence: str) -> str:
    """Mark a sentence for the translators; the pages translate it when they show it."""
    return sentence


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a list may be: `floor` and `ceiling` in entries, `max_bytes` in bytes, `max_line` in letters."""

    floor: int = 1
    ceiling: int = 250_000
    max_bytes: int = 128 * 1024 * 1024
    max_line: int = 64 * 1024


OFFICIAL: Final[Mapping[ListKind, Limits]] = {
    ListKind.OFAC_SDN: Limits(floor=5_000),
    ListKind.OFAC_CONSOLIDATED: Limits(floor=200),
    ListKind.UN_SECURITY_COUNCIL: Limits(floor=600),
}
"""Floors for what the publishers themselves send: with half of what a list held for years, the file was cut."""


class ListRefused(Exception):
    """A file is not the list it should be. `sentence` says why, with placeholders filled from `facts`."""

    def __init__(self, sentence: str, **facts: object) -> None:
        """Keep the sentence apart from its facts, so that a page can translate it."""
        super().__init__(sentence % facts)
        self.sentence = sentence
        self.facts = facts


@dataclass(frozen=True, slots=True)
class ParsedList:
    """A list as read: its entries in the files' order, the SHA-256 of the files, and what was odd but harmless."""

    list_id: str
    kind: ListKind
    entries: tuple[ListedEntry, ...]
    digest: str
    warnings: tuple[str, ...] = ()


def digest_of_files(files: Mapping[str, bytes]) -> str:
    """SHA-256 over every file's name, length and bytes: the same files give the same digest in any order."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def required(files: Mapping[str, bytes], name: str) -> bytes:
    """A file that must be there."""
    if name not in files:
        raise ListRefused(_l("The file %(file)s is missing."), file=name)
    return files[name]


def check_size(name: str, content: bytes, limits: Limits) -> None:
    """Refuse a file too large to be the list."""
    if len(content) > limits.max_bytes:
        raise ListRefused(
            _l("The file %(file)s has %(size)d bytes; at most %(limit)d are read."),
            file=name,
            size=len(content),
            limit=limits.max_bytes,
        )


def check_count(entries: Iterable[ListedEntry], limits: Limits) -> tuple[ListedEntry, ...]:
    """Refuse a list that is implausibly short or long, or that names one entry twice."""
    kept = tuple(entries)
    if not limits.floor <= len(kept) <= limits.ceiling:
        raise ListRefused(
            _l("The list has %(count)d entries; between %(floor)d and %(ceiling)d are expected."),
            count=len(kept),
            floor=limits.floor,
            ceiling=limits.ceiling,
        )
    seen: set[str] = set()
    for entry in kept:
        if entry.uid in seen:
            raise ListRefused(_l("The entry %(uid)s stands in the list twice."), uid=entry.uid)
        seen.add(entry.uid)
    return kept


def text_of(name: str, content: bytes, limits: Limits) -> str:
    """The text of a table: UTF-8, else Latin-1, which older lists used. A final end-of-file sign (0x1A) is dropped."""
    check_size(name, content, limits)
    if b"\0" in content:
        raise ListRefused(_l("The file %(file)s holds a NUL byte, so it is no text."), file=name)
    body = content.removeprefix(b"\xef\xbb\xbf").rstrip().removesuffix(b"\x1a").rstrip()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("latin-1")
    longest = max((len(line) for line in text.splitlines()), default=0)
    if longest > limits.max_line:
        raise ListRefused(
            _l("A line of %(file)s has %(size)d letters; at most %(limit)d are read."),
            file=name,
            size=longest,
            limit=limits.max_line,
        )
    return text


def rows(name: str, content: bytes, columns: int, limits: Limits) -> Iterator[list[str]]:
    """The rows of a comma-separated table, each with exactly the columns its publisher documents."""
    reader = csv.reader(io.StringIO(text_of(name, content, limits)), strict=True)
    for row in _numbered(name, lambda: next(reader, None)):
        if not row:
            continue
        if len(row) != columns:
            raise ListRefused(
                _l("Line %(line)d of %(file)s has %(found)d columns instead of %(expected)d."),
                file=name,
                line=reader.line_num,
                found=len(row),
                expected=columns,
            )
        yield row


def _numbered(name: str, read: Callable[[], list[str] | None]) -> Iterator[list[str]]:
    """Rows until the table ends; a quotation mark that is never closed means the file was cut."""
    try:
        while (row := read()) is not None:
            yield row
    except csv.Error as error:
        raise ListRefused(_l("The file %(file)s is cut or broken: %(why)s."), file=name, why=error) from error
