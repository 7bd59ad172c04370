"""Strict reading of a framework: every fault is found and named, and only a framework without fault is built.

Three doors lead to the same rules: a folder on disk, the bytes of its five files (an upload), and the values
themselves (a draft that is edited in the browser).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from certify.criteria.definition import grammar
from certify.criteria.definition.building import build
from certify.criteria.definition.consistency import consistency_faults
from certify.criteria.definition.plain_yaml import LARGEST_FILE, read_plain_yaml
from certify.criteria.definition.shapes import UNREAD, Place, faults_of
from certify.criteria.definition.wording import wording_faults
from certify.criteria.rules import LANGUAGES, Fault, Framework, Refused

STRUCTURE_FILE = "framework.yml"
TEXT_FOLDER = "text"
TEXT_FILES = {language: f"{TEXT_FOLDER}/{language}.yml" for language in LANGUAGES}
FILES = (STRUCTURE_FILE, *TEXT_FILES.values())
"""The files of a framework's folder, by their path in it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a framework: it, or every fault that keeps it from being one."""

    framework: Framework | None
    faults: tuple[Fault, ...]

    def sound(self) -> Framework:
        """The framework; Refused with every fault if there is any."""
        if self.framework is None:
            raise Refused(self.faults)
        return self.framework


def read_folder(folder: Path) -> Reading:
    """Read a version's folder: framework.yml and exactly the four texts, each a plain file of 1 MiB at most."""
    if not os.path.isdir(folder):  # noqa: PTH112  Path.is_dir raises on names that are too long or forbidden
        return Reading(None, (Fault(ascii(str(folder))[1:-1], "", "is not a folder that holds a framework"),))
    contents: dict[str, bytes] = {}
    faults = _strangers(folder / TEXT_FOLDER)
    for file in FILES:
        content = _content(folder / file, file)
        if isinstance(content, Fault):
            faults.append(content)
        else:
            contents[file] = content
    return read_files(contents, known_faults=faults)


def read_files(contents: Mapping[str, bytes], *, known_faults: list[Fault] | None = None) -> Reading:
    """Read the bytes of a framework's five files, by their path in its folder."""
    faults = list(known_faults or ())
    known = {fault.file for fault in faults}
    faults += [Fault(file, "", "is missing") for file in FILES if file not in contents and file not in known]
    faults += [Fault(file, "", "is not a file of a framework") for file in contents if file not in FILES]
    values: dict[str, Any] = dict.fromkeys(FILES, UNREAD)
    for file in FILES:
        if file in contents:
            values[file], found = read_plain_yaml(contents[file], file)
            faults += found
    texts = {language: values[file] for language, file in TEXT_FILES.items()}
    return read_values(values[STRUCTURE_FILE], texts, known_faults=faults)


def read_values(structure: Any, texts: Mapping[str, Any], *, known_faults: list[Fault] | None = None) -> Reading:
    """Check a structure and its texts in the four languages, and build the framework if nothing is wrong."""
    try:
        return _read_values(structure, texts, list(known_faults or ()))
    except RecursionError:
        return Reading(None, (Fault("framework", "", "is nested too deeply in its structure or a text"),))


def _read_values(structure: Any, texts: Mapping[str, Any], faults: list[Fault]) -> Reading:
    own = _structure_faults(structure)
    faults += own
    if isinstance(structure, dict):
        whole = not own and not any(fault.file == STRUCTURE_FILE for fault in faults)
        for language, file in TEXT_FILES.items():
            faults += wording_faults(texts.get(language, {}), file, structure=structure, whole=whole)
    faults += [
        Fault(ascii(language)[1:-1], "", "is not a language of a framework")
        for language in texts
        if language not in LANGUAGES
    ]
    return Reading(None, tuple(faults)) if faults else _built(structure, texts)


def _built(structure: Any, texts: Mapping[str, Any]) -> Reading:
    try:
        return Reading(build(structure, texts), ())
    except UnicodeEncodeError:
        return Reading(None, (Fault("framework", "", "holds half of a surrogate pair in its structure or a text"),))


def _structure_faults(structure: Any) -> list[Fault]:
    place = Place(STRUCTURE_FILE)
    faults = list(faults_of(grammar.FRAMEWORK, structure, place))
    if isinstance(structure, dict):
        faults += consistency_faults(structure, place)
    return faults


def _strangers(texts: Path) -> list[Fault]:
    """What lies beside the four texts."""
    try:
        found = sorted(entry.name for entry in texts.iterdir())
    except OSError:
        return []
    strange = [f"{TEXT_FOLDER}/{ascii(name)[1:-1]}" for name in found if f"{TEXT_FOLDER}/{name}" not in FILES]
    return [Fault(name, "", "is not one of the four texts of a framework") for name in strange]


def _content(path: Path, file: str) -> bytes | Fault:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Fault(file, "", "is not a plain file")
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return Fault(file, "", "is missing")
    except OSError as error:
        return Fault(file, "", f"cannot be read ({error.strerror})")
    return Fault(file, "", "is larger than 1 MiB") if len(content) > LARGEST_FILE else content
