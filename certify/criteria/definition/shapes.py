"""The shapes that a value of a framework file can be asked to have, each naming every departure from it.

A shape is asked through `faults_of`, which passes over what the file itself already refused (`UNREAD`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, Protocol

from certify.criteria.decimals import LONGEST_DECIMAL, is_decimal
from certify.criteria.references import wrong_code
from certify.criteria.rules import Fault

UNREAD: Final = object()
"""Stands where a file held a value that was refused on reading, so that it is not refused twice."""

_LONGEST_SHOWN = 60
_MOST_SHOWN = 12
_NAMEABLE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def shown(value: Any) -> str:
    """A refused value, short and in ASCII, so that no file can break or flood the sentence that names it."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = json.dumps(value) if isinstance(value, str | int | float | None) else "something else"
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: in which file, under which id, and on which path below it."""

    file: str
    id: str = ""
    path: str = ""

    def at(self, key: str) -> Place:
        """The place of one key of the mapping that stands here."""
        if not self.id:
            return replace(self, id=key)
        return replace(self, path=f"{self.path}.{key}" if self.path else key)

    def item(self, index: int) -> Place:
        """The place of one item of the list that stands here."""
        if not self.path:
            return replace(self, id=f"{self.id}[{index}]")
        return replace(self, path=f"{self.path}[{index}]")

    def of(self, name: str) -> Place:
        """The place of a thing that has an id of its own."""
        return Place(self.file, name)

    def fault(self, reason: str) -> Fault:
        """A fault of the value that stands here."""
        return Fault(self.file, self.id, f"{self.path} {reason}" if self.path else reason)


class Shape(Protocol):
    """What a value must look like."""

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """Every way in which the value is not so."""


def faults_of(shape: Shape, value: Any, place: Place) -> Iterator[Fault]:
    """Every fault of a value, or none where the file refused it already."""
    if value is not UNREAD:
        yield from shape.departures(value, place)


def is_sound(shape: Shape, value: Any) -> bool:
    """Whether a value, with all it holds, was read and has the shape, so that further rules can look at it."""
    return not holds_unread(value) and next(shape.departures(value, Place("")), None) is None


def holds_unread(value: Any) -> bool:
    """Whether some value inside was refused on reading."""
    if isinstance(value, dict):
        return any(holds_unread(item) for item in value.values())
    if isinstance(value, list):
        return any(holds_unread(item) for item in value)
    return value is UNREAD


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer within a range."""

    lowest: int
    highest: int

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """A boolean is never an integer."""
        if type(value) is not int or not self.lowest <= value <= self.highest:
            yield place.fault(f"must be a whole number from {self.lowest} to {self.highest}, not {shown(value)}")


@dataclass(frozen=True, slots=True)
class Word:
    """A string of one pattern, described in words; `never` names strings that fit the pattern and are reserved."""

    pattern: str
    meaning: str
    never: tuple[str, ...] = ()

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """The whole string must fit."""
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value) or value in self.never:
            yield place.fault(f"must be {self.meaning}, not {shown(value)}")


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these strings; given in a mapping or set, very many are looked up quickly."""

    words: Collection[str]

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """No other spelling."""
        if not isinstance(value, str) or value not in self.words:
            words = [shown(word) for word in islice(self.words, _MOST_SHOWN)]
            more = ["..."] if len(self.words) > _MOST_SHOWN else []
            yield place.fault(f"must be {' or '.join(words + more)}, not {shown(value)}")


@dataclass(frozen=True, slots=True)
class NotBlank:
    """A string with more in it than spaces."""

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """Spaces of any script are spaces."""
        if not isinstance(value, str) or not value.strip():
            yield place.fault(f"must be a string that is not blank, not {shown(value)}")


@dataclass(frozen=True, slots=True)
class Anything:
    """A value whose shape is asked elsewhere."""

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """Nothing departs from it."""
        return iter(())


@dataclass(frozen=True, slots=True)
class DecimalString:
    """A number written as a string, so that no reader rounds it."""

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """The rule is `decimals.is_decimal`."""
        if not isinstance(value, str) or not is_decimal(value):
            yield place.fault(
                f"must be a decimal string such as '7.5', of {LONGEST_DECIMAL} characters at most, not {shown(value)}"
            )


@dataclass(frozen=True, slots=True)
class Reference:
    """A norm that is cited: free words, except that codes of SDG targets and Guiding Principles must exist."""

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """The rule is `references.wrong_code`."""
        yield from NotBlank().departures(value, place)
        if isinstance(value, str) and (reason := wrong_code(value)):
            yield place.fault(f"{shown(value)} {reason}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of values of one shape."""

    of: Shape
    at_least: int = 0
    at_most: int | None = None

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """Its length, then each item."""
        if not isinstance(value, list):
            yield place.fault(f"must be a list, not {shown(value)}")
            return
        if len(value) < self.at_least:
            yield place.fault(f"must have at least {self.at_least} item{'s' * (self.at_least > 1)}")
        if self.at_most is not None and len(value) > self.at_most:
            yield place.fault(f"must have at most {self.at_most} items, not {len(value)}")
        for index, item in enumerate(value):
            yield from faults_of(self.of, item, place.item(index))


@dataclass(frozen=True, slots=True)
class Distinct:
    """A list that is not empty and names nothing twice."""

    of: Shape

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """The list, then what it repeats."""
        faults = list(faults_of(Listed(self.of, at_least=1), value, place))
        yield from faults
        if not faults and len(set(value)) < len(value):
            repeated, count = Counter(value).most_common(1)[0]
            yield place.fault(f"names {shown(repeated)} {count} times")


@dataclass(frozen=True, slots=True)
class InOrder:
    """A list of exactly these shapes, in this order."""

    shapes: tuple[Shape, ...]

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """Its length, then each item by its own shape."""
        if not isinstance(value, list) or len(value) != len(self.shapes):
            yield place.fault(f"must be a list of exactly {len(self.shapes)} items in the order of the format")
            return
        for index, (shape, item) in enumerate(zip(self.shapes, value, strict=True)):
            yield from faults_of(shape, item, place.item(index))


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping with exactly these keys, the optional ones left out or present."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape]

    def departures(self, value: Any, place: Place) -> Iterator[Fault]:
        """Its keys, then each value; an item that has an id is named by it."""
        if not isinstance(value, dict):
            yield place.fault(f"must be a mapping, not {shown(value)}")
            return
        here = self._named(value, place)
        yield from (here.at(key).fault("is missing") for key in self.required if key not in value)
        known = {**self.required, **self.optional}
        for key, item in value.items():
            if key in known:
                yield from faults_of(known[key], item, here.at(key))
            else:
                yield here.fault(f"{shown(key)} is not a key of this format")

    def _named(self, value: dict[str, Any], place: Place) -> Place:
        name = value.get("id")
        usable = bool(place.id) and "id" in self.required and isinstance(name, str) and _NAMEABLE.fullmatch(name)
        return place.of(str(name)) if usable else place


def keyed(optional: Mapping[str, Shape] | None = None, /, **required: Shape) -> Keyed:
    """A mapping with these required keys."""
    return Keyed(required, optional or {})
