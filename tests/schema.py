"""The tables, made as a new installation makes them."""

from __future__ import annotations

from certify.joining import import_models
from certify.kernel.db import Base, db


def make_tables() -> None:
    """Create every table with its triggers."""
    import_models()
    Base.metadata.create_all(db.engine)
