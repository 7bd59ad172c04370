"""The clause library: versioned clauses in four languages, the templates made of them, and how their blanks are filled.

Clauses are data. Their placeholders come from one list and are replaced once by plain text: nothing in a clause or in a
name is ever run as a template. Pure.
"""

from certify.agreements.clauses.filling import PLACEHOLDERS, fill, placeholders_in
from certify.agreements.clauses.library import CURRENT, Clause, Library, load_library, read_library, versions
from certify.agreements.clauses.lint import REQUIRED, Flaw, FlawKind, lint

__all__ = [
    "CURRENT",
    "PLACEHOLDERS",
    "REQUIRED",
    "Clause",
    "Flaw",
    "FlawKind",
    "Library",
    "fill",
    "lint",
    "load_library",
    "placeholders_in",
    "read_library",
    "versions",
]
