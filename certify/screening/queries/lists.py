"""The lists that are searched, their versions and their entries."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from certify.kernel.db import db
from certify.kernel.errors import NotFound
from certify.kernel.i18n import _
from certify.screening.models import ListEntry, ListImport, SanctionsList


def find_list(list_id: str) -> SanctionsList | None:
    """Return a list, None where there is none of this short name."""
    return db.session.get(SanctionsList, list_id)


def get_list(list_id: str) -> SanctionsList:
    """Return a list, or raise NotFound."""
    found = find_list(list_id)
    if found is None:
        raise NotFound(_("This page does not exist, or it is not open to you."))
    return found


def list_lists() -> Sequence[SanctionsList]:
    """List the lists that are searched."""
    return db.session.scalars(sa.select(SanctionsList).order_by(SanctionsList.title)).all()


def live_entries(list_id: str) -> Sequence[ListEntry]:
    """Return the entries of a list's live version."""
    query = sa.select(ListEntry).where(ListEntry.list_id == list_id, ListEntry.until_number.is_(None))
    return db.session.scalars(query).all()


def find_version(list_id: str, digest: str) -> ListImport | None:
    """Return the newest version of a list that was read from files of this SHA-256."""
    query = sa.select(ListImport).where(ListImport.list_id == list_id, ListImport.digest == digest)
    return db.session.scalar(query.order_by(ListImport.number.desc()).limit(1))
