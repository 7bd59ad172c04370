"""One version of the clause library, read from its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
CURRENT = "1.0.0"
"""The version from which agreements are drafted now; an agreement keeps the version it was drafted from."""
LANGUAGES = ("en", "es", "fr", "pt")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause in one language: its title and its paragraphs, with blanks."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """A version of the library: which clauses there are, in which order each template has them, and their words."""

    version: str
    clauses: tuple[str, ...]
    templates: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, Mapping[str, Clause]]
    """Language > clause > its words."""
    words: Mapping[str, Mapping[str, str]]
    """Language > key > what a document says around its clauses."""

    def clause(self, clause_id: str, language: str) -> Clause:
        """Return a clause in a language; raises KeyError where it is not written."""
        return self.texts[language][clause_id]


def versions() -> list[str]:
    """List the versions that are shipped."""
    return sorted(path.parent.name for path in FOLDER.glob("*/library.yml"))


@cache
def load_library(version: str = CURRENT) -> Library:
    """Return a shipped version; raises LookupError for one that is not shipped."""
    if version not in versions():
        raise LookupError(version)
    return read_library(FOLDER / version)


def read_library(folder: Path) -> Library:
    """Read a version from its folder; `lint` says whether it can be used."""
    listed = _read(folder / "library.yml")
    written = {path.stem: _read(path) for path in sorted((folder / "text").glob("*.yml"))}
    return Library(
        version=str(listed["library"]),
        clauses=tuple(listed["clauses"]),
        templates={name: tuple(clauses) for name, clauses in listed["templates"].items()},
        texts={language: _clauses(content) for language, content in written.items()},
        words={language: dict(content["words"]) for language, content in written.items()},
    )


def _clauses(content: Mapping[str, Any]) -> dict[str, Clause]:
    return {
        name: Clause(str(clause["title"]), tuple(str(paragraph) for paragraph in clause["paragraphs"]))
        for name, clause in content["clauses"].items()
    }


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  a safe loader
    return content
