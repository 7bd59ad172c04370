"""Bringing the tables to the newest revision; alembic is imported only when there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import current_app

from certify.kernel.db import db

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


class UnknownRevision(RuntimeError):
    """The database was made by a newer version of the service; starting would harm it."""


def newest() -> str:
    """Return the newest revision: the number of the last migration file."""
    return max(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def present() -> str | None:
    """Return the revision the tables are at, None for an empty database."""
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return revision


def ensure() -> None:
    """Upgrade where needed; refuse a database of an unknown, newer revision."""
    at = present()
    if at is not None and at > newest():
        raise UnknownRevision(
            f"The database is at revision {at}, this version knows {newest()}: install the newer version."
        )
    if at != newest():
        upgrade()


def upgrade(revision: str = "head") -> None:
    """Run the migrations up to a revision."""
    from alembic import command

    command.upgrade(configuration(), revision)


def downgrade(revision: str) -> None:
    """Run the migrations back to a revision."""
    from alembic import command

    command.downgrade(configuration(), revision)


def configuration() -> Config:
    """Return alembic's configuration for the running service's database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["engine"] = db.engine
    config.attributes["metadata"] = db.metadata
    current_app.logger.debug("migrating %s", db.engine.url.render_as_string(hide_password=True))
    return config
