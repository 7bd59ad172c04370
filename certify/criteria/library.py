"""Finding and loading frameworks: the shipped versions by NAME@VERSION, any other by the path of its folder.

The digests of published versions are recorded in `data/digests.txt` and compared on every loading, so a published
structure can never change unnoticed; of the texts the newest recorded revision counts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from certify.criteria.definition import Reading, read_folder
from certify.criteria.definition.grammar import FRAMEWORK_ID, SEMVER
from certify.criteria.rules import Fault, Framework, Refused

SHIPPED = Path(__file__).parent / "frameworks"
RECORDS = Path(__file__).parent / "data" / "digests.txt"

_NAME = re.compile(rf"{FRAMEWORK_ID}@{SEMVER}")


def load_framework(name: str) -> Framework:
    """The framework of a NAME@VERSION or of a folder's path; Refused with every fault where it is not sound.

    A name with a `/`, and `.` alone or first, is a path. Shipped versions are read once in a process.
    """
    if is_path(name):
        return read_folder(Path(name)).sound()
    return load_shipped(name)


def is_path(name: str) -> bool:
    """Whether a name is the path of a folder rather than a NAME@VERSION."""
    return "/" in name or name.startswith(".")


@lru_cache(maxsize=64)
def load_shipped(name: str) -> Framework:
    """A shipped version, checked against its recorded digests; Refused where there is none, or it has changed."""
    return read_shipped(name).sound()


def read_shipped(name: str) -> Reading:
    """Read a shipped version with all its faults, those against its name and its recorded digests among them."""
    folder = folder_of(name)
    reading = read_folder(folder)
    if reading.framework is None:
        return reading
    faults = tuple(_departures(reading.framework, name))
    return Reading(None, faults) if faults else reading


def folder_of(name: str) -> Path:
    """The folder of a shipped version; Refused where the name is none."""
    if _NAME.fullmatch(name):
        folder = SHIPPED.joinpath(*name.split("@", 1))
        if name in shipped():
            return folder
    raise Refused([Fault(ascii(name)[1:-1][:100], "", "is not a framework that is shipped, as NAME@VERSION")])


def shipped() -> tuple[str, ...]:
    """Every shipped version as NAME@VERSION, by name, then by precedence of the version."""
    folders = [folder for folder in SHIPPED.glob("*/*") if folder.is_dir()]
    return tuple(
        f"{folder.parent.name}@{folder.name}"
        for folder in sorted(folders, key=lambda each: (each.parent.name, precedence(each.name)))
    )


def precedence(version: str) -> tuple[object, ...]:
    """A sort key by the precedence of Semantic Versioning: a pre-release comes before its release."""
    core, _, pre_release = version.partition("+")[0].partition("-")
    numbers = tuple(int(part) if part.isdecimal() else -1 for part in core.split("."))
    parts = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in pre_release.split("."))
    return (numbers, (0, parts) if pre_release else (1,), version)


def recorded_digests(name: str) -> tuple[str | None, str | None]:
    """The recorded digests (structure, newest texts) of a version; None for what is not recorded."""
    found: dict[str, str] = {}
    for line in RECORDS.read_text("utf-8").splitlines():
        words = line.split()
        if len(words) == 3 and words[0] == name:
            found[words[1]] = words[2]
    return found.get("structure"), found.get("texts")


def _departures(framework: Framework, name: str) -> list[Fault]:
    if framework.label != name:
        return [Fault(name, "", f"holds the framework {framework.label}, so its folder is named wrongly")]
    structure, texts = recorded_digests(name)
    faults = []
    if structure not in (None, framework.structure_digest):
        faults.append(Fault(name, "", "has changed since it was published; a change needs a new version"))
    if texts not in (None, framework.texts_digest):
        faults.append(Fault(name, "", "has texts that differ from their newest recorded revision"))
    return faults
