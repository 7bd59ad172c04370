"""What changes between two versions of a framework, thing by thing, in words that a member state can vote on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from certify.criteria.rules import LANGUAGES, Framework

_NO_ID = "framework"


class ChangeKind(StrEnum):
    """What sort of change it is."""

    ADDED = "added"
    REMOVED = "removed"
    WEIGHT = "weight"
    LEVEL = "level"
    RULE = "rule"
    ORDER = "order"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of one thing.

    `what` is the path of the value below the thing, such as `rubric.levels`, or the key of a text with its language.
    `before` and `after` are None where there was, or is, nothing.
    """

    kind: ChangeKind
    id: str
    what: str = ""
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        """The change as an English sentence."""
        if self.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
            return f"{self.id} is {self.kind}."
        if self.kind is ChangeKind.ORDER:
            return f"{self.id}: the order changes from {_words(self.before)} to {_words(self.after)}."
        if self.before is None:
            return f"{self.id}: {self.what} {_words(self.after)} is added."
        if self.after is None:
            return f"{self.id}: {self.what} {_words(self.before)} is removed."
        return f"{self.id}: {self.what} changes from {_words(self.before)} to {_words(self.after)}."


def differences(old: Framework, new: Framework) -> list[Difference]:
    """Every change from one version to another: structure first, in file order, then texts by language."""
    before, after = _things(old.structure), _things(new.structure)
    found = [Difference(ChangeKind.REMOVED, name) for name in before if name not in after]
    for name, thing in after.items():
        if name in before:
            found += _changes(name, before[name], thing)
        else:
            found.append(Difference(ChangeKind.ADDED, name))
    found += _order(list(before), list(after))
    for language in LANGUAGES:
        found += _text_changes(language, old.texts[language], new.texts[language], before.keys() & after.keys())
    return found


def _things(structure: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Everything that has an id of its own, with its values by path; the framework itself comes first."""
    lists = ("exclusions", "themes", "bands", "conditions")
    own = {key: value for key, value in structure.items() if key not in lists}
    things = {_NO_ID: dict(_paths(own))}
    for holder in (*structure["exclusions"], *structure["themes"], *structure["bands"]):
        own = {key: value for key, value in holder.items() if key not in ("id", "criteria")}
        things[holder["id"]] = dict(_paths(own))
        for criterion in holder.get("criteria", ()):
            own = {key: value for key, value in criterion.items() if key != "id"}
            things[criterion["id"]] = dict(_paths(own))
    return things | {condition: {} for condition in structure["conditions"]}


def _paths(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _paths(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _changes(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for path in dict.fromkeys([*before, *after]):
        if before.get(path) != after.get(path):
            yield Difference(_kind(path), name, path, before.get(path), after.get(path))


def _kind(path: str) -> ChangeKind:
    if path in ("weight", "default_weight"):
        return ChangeKind.WEIGHT
    return ChangeKind.LEVEL if path in ("required_level", "rubric.levels") else ChangeKind.RULE


def _order(before: list[str], after: list[str]) -> list[Difference]:
    """The order of what stayed; it decides the numbering of the sampled weightings, so it is part of the version."""
    stayed = [name for name in before if name in set(after)]
    now = [name for name in after if name in set(before)]
    return [] if stayed == now else [Difference(ChangeKind.ORDER, _NO_ID, "order", stayed, now)]


def _text_changes(
    language: str, before: Mapping[str, str], after: Mapping[str, str], stayed: set[str]
) -> Iterator[Difference]:
    """Changed texts of what stayed; the texts of what is added or removed come and go with it."""
    for key in dict.fromkeys([*before, *after]):
        name, _, part = key.partition(".")
        is_kept = name in stayed or (key in before and key in after)
        if is_kept and before.get(key) != after.get(key):
            yield Difference(ChangeKind.TEXT, name, f"{part} ({language})", before.get(key), after.get(key))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) if value else "nothing"
    return f"“{value}”" if isinstance(value, str) else str(value)
