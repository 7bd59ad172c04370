"""Files of the house: what is kept, by whom, and what is taken at all."""

from __future__ import annotations

import errno
import re
import unicodedata
import uuid
from datetime import datetime
from pathlib import PurePosixPath

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from certify.kernel import clock
from certify.kernel.db import Base, UtcDateTime, db, new_id
from certify.kernel.errors import NoSpace
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.outside.storage import Storage

NAME_LENGTH = 120
HIDDEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class StoredFile(Base):
    """Bytes that the house keeps, stored under their SHA-256."""

    __tablename__ = "stored_file"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(sa.String(100))
    name: Mapped[str] = mapped_column(sa.String(200))
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept_by_id: Mapped[uuid.UUID | None]


def storage() -> Storage:
    """Return where files lie."""
    found: Storage = current_app.extensions["certify.storage"]
    return found


def keep(content: bytes, *, name: str, media_type: str, actor: Actor) -> StoredFile:
    """Keep bytes and say what they are; raises NoSpace when the disk is full."""
    row = StoredFile(
        id=new_id(),
        sha256=put(content),
        size=len(content),
        media_type=media_type,
        name=shown_name(name),
        kept_at=clock.now(),
        kept_by_id=actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def put(content: bytes) -> str:
    """Store bytes; a full disk is a sentence and not a trace."""
    try:
        return storage().put(content)
    except OSError as fault:
        if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoSpace(_("There is no space left to store this file. Nothing was changed.")) from fault
        raise


def read(row: StoredFile) -> bytes:
    """Return a kept file's bytes."""
    return storage().get(row.sha256)


def shown_name(name: str) -> str:
    """Clean a file's name for people: no path, no hidden or direction-changing characters, at most 120 characters."""
    visible = HIDDEN.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/")
    last = PurePosixPath(visible).name.strip(" .") or "file"
    stem, dot, ending = last.rpartition(".")
    if len(last) <= NAME_LENGTH:
        return last
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}{dot}{ending[:20]}" if dot else last[:NAME_LENGTH]
