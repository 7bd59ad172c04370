"""What waits for a person: each slice says its part, the desk shows them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from certify.kernel.policy import Actor


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for this person: what, where to do it, until when."""

    what: Any
    """A sentence, as "Vote on motion 3: Finca Aurora"."""
    endpoint: str
    address: dict[str, Any] = field(default_factory=dict)
    due: date | None = None
    group: Any = ""
    """Heading under which the desk shows it."""


WaitingFor = Callable[[Actor], Sequence[Waiting]]
"""A slice's answer, `queries.waiting_for`."""


def by_urgency(things: Sequence[Waiting]) -> list[Waiting]:
    """Order by due date; what has none comes last."""
    return sorted(things, key=lambda thing: (thing.due is None, thing.due or date.max))
