"""The slice's data: the six priority areas, and the goals and targets of the 2030 Agenda. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SEPARATORS = re.compile(r"[\s,;]+")


@cache
def areas() -> Mapping[str, Mapping[str, str]]:
    """Return the priority areas in their order: id > language > title."""
    return {row["id"]: {language: row[language] for language in row if language != "id"} for row in _rows("areas.yml")}


@cache
def goals() -> Mapping[int, Mapping[str, str]]:
    """Return the 17 goals: number > language > short title."""
    rows = _rows("sustainable_development_goals.yml")
    return {row["goal"]: {code: row[code] for code in ("en", "es", "fr", "pt")} for row in rows}


@cache
def targets() -> tuple[str, ...]:
    """Return the 169 targets in their order, as 8.3 or 8.a."""
    return tuple(
        f"{row['goal']}.{part}"
        for row in _rows("sustainable_development_goals.yml")
        for part in (*range(1, row["outcomes"] + 1), *row["means"])
    )


def goal_of(target: str) -> int:
    """Return the goal that a known target belongs to."""
    return int(target.partition(".")[0])


def read_targets(typed: str) -> tuple[str, ...]:
    """Read targets as a person types them ("8.3, 4.4 and more"), in the order of the 2030 Agenda, each once.

    What is no target stays as it was typed, at the end, so that it can be named in the refusal.
    """
    words = dict.fromkeys(word.strip(".").lower() for word in _SEPARATORS.split(typed) if word.strip("."))
    known = [target for target in targets() if target in words]
    return (*known, *(word for word in words if word not in targets()))


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    return rows
