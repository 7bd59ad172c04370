"""The tables, made as a new installation makes them: by the migrations."""

from __future__ import annotations

from certify.cli import schema
from certify.joining import import_models


def make_tables() -> None:
    """Create every table with its triggers."""
    import_models()
    schema.upgrade()
