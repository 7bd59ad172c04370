"""Reading the small part of YAML that frameworks are written in, without ever expanding or running what a file says.

A file is read as a stream of events: an alias is refused where it stands and never followed, a tag never makes an
object, and time and memory grow with the length of the file alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from certify.criteria.definition.shapes import UNREAD, shown
from certify.criteria.rules import Fault

LARGEST_FILE = 1024 * 1024
"""The most bytes that one file of a framework may have."""

_DEEPEST = 32
_MOST_FAULTS = 200
_PLAIN_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_STRING = "tag:yaml.org,2002:str"
_INTEGER = "tag:yaml.org,2002:int"
_RESOLVER = yaml.resolver.Resolver()
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Unreadable(Exception):
    """The file cannot be read beyond this point."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read, and the key that waits for its value."""

    holder: Any
    key: Any = None
    awaits_value: bool = False


@dataclass(slots=True)
class _Reader:
    """Builds one value from the events of one file and keeps the faults it meets."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    value: Any = UNREAD
    documents: int = 0
    open: list[_Open] = field(default_factory=list)

    def read(self, text: str) -> None:
        """Take every event; stop at the first fault of syntax, or at the hundreds of faults of a hostile file."""
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
        except yaml.YAMLError as error:
            self._refuse(_line_of_error(error), f"this is not YAML ({_problem(error)})")
        except (_Unreadable, RecursionError):
            return

    def _refuse(self, line: int | None, reason: str) -> None:
        self.faults.append(Fault(self.file, f"line {line}" if line else "", reason))

    def _take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        for reason in _forbidden(event):
            self._refuse(line, reason)
        if len(self.faults) > _MOST_FAULTS:
            raise _Unreadable
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._start([] if isinstance(event, yaml.SequenceStartEvent) else {}, line)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._place(self.open.pop().holder, line)
        elif isinstance(event, yaml.AliasEvent):
            self._place(UNREAD, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._place(self._scalar(event, line), line)

    def _start_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(line, "a file holds one document only")
            raise _Unreadable

    def _start(self, holder: Any, line: int) -> None:
        if len(self.open) == _DEEPEST:
            self._refuse(line, "this is nested too deeply")
            raise _Unreadable
        self.open.append(_Open(holder))

    def _place(self, value: Any, line: int) -> None:
        """Put a finished value where it belongs: in the list, as key or as value of the mapping, or as the whole."""
        if not self.open:
            self.value = value
            return
        parent = self.open[-1]
        if isinstance(parent.holder, list):
            parent.holder.append(value)
        elif parent.awaits_value:
            parent.awaits_value = False
            if parent.key is not UNREAD:
                parent.holder[parent.key] = value
        else:
            parent.awaits_value = True
            parent.key = self._key(parent.holder, value, line)

    def _key(self, mapping: dict[str, Any], value: Any, line: int) -> Any:
        if value is UNREAD:
            return UNREAD
        if not isinstance(value, str):
            self._refuse(line, f"a key must be a string, not {shown(value)}")
            return UNREAD
        if value in mapping:
            self._refuse(line, f"the key {shown(value)} stands twice in one mapping")
            return UNREAD
        return value

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Any:
        plain = bool(event.implicit[0]) and event.tag is None
        kind = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False)) if plain else _STRING  # type: ignore[no-untyped-call]
        if kind == _STRING:
            return self._string(event.value, line)
        if kind == _INTEGER and _PLAIN_INTEGER.fullmatch(event.value):
            return int(event.value)
        self._refuse(line, _misread(event.value, kind))
        return UNREAD

    def _string(self, text: str, line: int) -> Any:
        if any("\ud800" <= character <= "\udfff" for character in text):
            self._refuse(line, "a string holds half of a surrogate pair")
            return UNREAD
        return text


def _forbidden(event: yaml.Event) -> Iterator[str]:
    """What no event of a framework file may carry."""
    if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
        yield "YAML directives are refused"
    if isinstance(event, yaml.AliasEvent):
        yield "aliases are refused"
    elif getattr(event, "anchor", None) is not None:
        yield "anchors are refused"
    if getattr(event, "tag", None) is not None:
        yield "tags are refused"


def _misread(text: str, kind: str) -> str:
    if kind == _INTEGER:
        return f"{shown(text)} is not a plain decimal integer of 18 digits at most; quote it if it is a string"
    return f"{shown(text)} without quotes is read by YAML as {kind.rsplit(':', 1)[-1]}; quote it if it is a string"


def _problem(error: yaml.YAMLError) -> str:
    words = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read")
    return words.splitlines()[0][:120]


def _line_of_error(error: yaml.YAMLError) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark is not None else None


def read_plain_yaml(content: bytes, file: str) -> tuple[Any, list[Fault]]:
    """The value of one file, with UNREAD for every part that is refused, and the faults that say why."""
    if len(content) > LARGEST_FILE:
        return UNREAD, [Fault(file, "", "is larger than 1 MiB")]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return UNREAD, [Fault(file, "", "is not UTF-8")]
    if text.startswith("\ufeff"):
        return UNREAD, [Fault(file, "", "starts with a byte order mark")]
    reader = _Reader(file)
    reader.read(text)
    if not reader.documents and not reader.faults:
        return UNREAD, [Fault(file, "", "is empty")]
    return (UNREAD if reader.open else reader.value), reader.faults
