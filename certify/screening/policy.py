"""Who may do what with lists, runs and hits."""

from __future__ import annotations

from typing import Any

from certify.kernel.policy import Actor, Policy, every, roles


def unconflicted(actor: Actor, subject: Any) -> bool:
    """Refuse whoever declared a conflict about the company."""
    return subject is not None and not actor.holds("barred", subject.case_key)


readers = roles("officer", "auditor")
POLICY: Policy = {
    "screening.queue": readers,
    "screening.see": every(readers, unconflicted),
    "screening.request": every(roles("officer"), unconflicted),
    "screening.run": roles("officer", "system"),
    "list.see": readers,
    "list.import": roles("officer", "system"),
    "list.set_effect": roles("system"),
    "hit.see": every(readers, unconflicted),
    "hit.adjudicate": every(roles("officer"), unconflicted),
    "hit.confirm": every(roles("officer"), unconflicted),
}
