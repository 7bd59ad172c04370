"""What happened: events are stored once, never edited, and set off the consequences listed in reactions.py."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from certify.kernel import clock
from certify.kernel.db import Base, UtcDateTime, db, new_id
from certify.kernel.policy import Actor

Listener = Callable[[Any], None]
"""A consequence: called with the event, in the same transaction."""
Reactions = Mapping[type, Sequence[Listener]]


class EventRow(Base):
    """An event of a case: who, when, why, and the public reason where one is published."""

    __tablename__ = "event"
    __table_args__ = (sa.Index("ix_event_case", "case_key", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_id)
    case_key: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[str] = mapped_column(sa.String(80), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[uuid.UUID | None]
    person_name: Mapped[str]
    content: Mapped[dict[str, Any]]
    public_reason: Mapped[str] = mapped_column(sa.Text, default="")
    once_key: Mapped[str | None] = mapped_column(sa.String(200), unique=True)


def publish(event: Any, *, case_key: str, actor: Actor, public_reason: str = "", once: str | None = None) -> bool:
    """Store an event (a frozen dataclass of a slice's rules) and let its consequences follow.

    `once` is a key under which the event may happen only once, as 'expired:<certificate>:<date>'; a second call is
    without effect. Returns whether the event was published now.
    """
    if once is not None and db.session.scalar(sa.select(EventRow.number).where(EventRow.once_key == once)):
        return False
    db.session.add(
        EventRow(
            case_key=case_key,
            kind=type(event).__name__,
            at=clock.now(),
            person_id=actor.person_id,
            person_name=actor.name,
            content={field.name: plain(getattr(event, field.name)) for field in dataclasses.fields(event)},
            public_reason=public_reason,
            once_key=once,
        )
    )
    db.session.flush()
    reactions: Reactions = current_app.extensions["certify.reactions"]
    for listener in reactions.get(type(event), ()):
        listener(event)
    return True


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, uuid.UUID | date | datetime):
        return str(value)
    if isinstance(value, tuple | list | frozenset | set):
        return [plain(item) for item in value]
    return value


def list_events(case_key: str) -> Sequence[EventRow]:
    """List a case's events, oldest first."""
    return db.session.scalars(sa.select(EventRow).where(EventRow.case_key == case_key).order_by(EventRow.number)).all()


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """One line of a timeline as a person reads it."""

    when: datetime
    sentence: str
    who: str
    reason: str


def timeline(case_key: str) -> list[Told]:
    """Tell a case's story in plain sentences; events without a sentence are for the machine and left out."""
    sentences: Mapping[str, Any] = current_app.extensions["certify.timeline"]
    return [
        Told(row.at, str(sentences[row.kind]) % sayable(row.content), row.person_name, row.public_reason)
        for row in list_events(case_key)
        if row.kind in sentences
    ]


def sayable(content: Mapping[str, Any]) -> dict[str, Any]:
    """Let a sentence name any part of its event."""
    return {name: "" if value is None else value for name, value in content.items()}
