"""Who may do what: one table of pure predicates, asked by every view and every service."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app

from certify.kernel.errors import NotAllowed, NotFound
from certify.kernel.i18n import _


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a person with roles and facts about them, or the system with a reason.

    `roles` are the account's roles (Role values of the accounts slice). `facts` are strings that the slices state about
    the person: `legal_representative:<organisation id>`, `focal_point:CC`, `barred:<subject key>`, `seat:<seat id>`.
    """

    person_id: uuid.UUID | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    reason: str = ""

    @staticmethod
    def system(reason: str) -> Actor:
        """Return the actor of jobs and reactions."""
        return Actor(name="system", roles=frozenset({"system"}), reason=reason)

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody signed in."""
        return self.person_id is None and "system" not in self.roles

    @property
    def is_system(self) -> bool:
        """Whether a job or reaction acts."""
        return "system" in self.roles

    def has(self, *roles: str) -> bool:
        """Whether the account has one of these roles."""
        return not self.roles.isdisjoint(roles)

    def holds(self, fact: str, about: object = "") -> bool:
        """Whether this is a fact about the person: `holds("editor", organisation.id)`."""
        return (f"{fact}:{about}" if about != "" else fact) in self.facts

    def knowing(self, facts: Iterable[str]) -> Actor:
        """Return the same actor with more facts."""
        return replace(self, facts=self.facts | frozenset(facts))


Permit = Callable[[Actor, Any], bool]
"""Pure: says whether this actor may do the action to this subject."""
Policy = Mapping[str, Permit]
FactsAbout = Callable[[uuid.UUID], Iterable[str]]
"""A slice's question: what is to be known about this person before the policy is asked."""


def anyone(actor: Actor, subject: Any) -> bool:
    """Permit everybody, signed in or not."""
    return True


def signed_in(actor: Actor, subject: Any) -> bool:
    """Permit whoever signed in."""
    return not actor.is_anonymous


def nobody(actor: Actor, subject: Any) -> bool:
    """Permit nobody."""
    return False


def roles(*names: str) -> Permit:
    """Permit accounts with one of these roles."""
    return lambda actor, subject: actor.has(*names)


def either(*permits: Permit) -> Permit:
    """Permit where one of these does."""
    return lambda actor, subject: any(permit(actor, subject) for permit in permits)


def every(*permits: Permit) -> Permit:
    """Permit where all of these do."""
    return lambda actor, subject: all(permit(actor, subject) for permit in permits)


def joined(tables: Iterable[Policy]) -> dict[str, Permit]:
    """Join the slices' tables; the same action twice is a fault of ours."""
    whole: dict[str, Permit] = {}
    for table in tables:
        if twice := whole.keys() & table.keys():
            raise ValueError(f"Actions with two rules: {', '.join(sorted(twice))}")
        whole.update(table)
    return whole


def policy() -> Policy:
    """Return the running service's policy table."""
    table: Policy = current_app.extensions["certify.policy"]
    return table


def may(actor: Actor, action: str, subject: Any = None) -> bool:
    """Ask the policy; an action without a rule is denied."""
    permit = policy().get(action)
    return permit is not None and permit(actor, subject)


def require(actor: Actor, action: str, subject: Any = None) -> None:
    """Refuse what the policy does not permit: NotFound to whoever may not see the subject, else NotAllowed."""
    if may(actor, action, subject):
        return
    see = policy().get(f"{action.partition('.')[0]}.see")
    if see is not None and subject is not None and not see(actor, subject):
        raise Unseen(action, subject)
    raise Refused(action, subject)


class Unseen(NotFound):
    """A refusal that does not tell whether the thing exists."""

    def __init__(self, action: str, subject: Any) -> None:
        super().__init__(_("This page does not exist, or it is not open to you."))
        self.action, self.subject = action, subject


class Refused(NotAllowed):
    """A refusal by the policy, recorded in the audit trail."""

    def __init__(self, action: str, subject: Any) -> None:
        super().__init__(_("You may not do this. If you think you should, ask the Secretariat."))
        self.action, self.subject = action, subject


def facts_about(person_id: uuid.UUID) -> frozenset[str]:
    """Collect what every slice knows about a person."""
    sources: Iterable[FactsAbout] = current_app.extensions["certify.facts"]
    return frozenset(fact for source in sources for fact in source(person_id))


def case_key(subject: Any) -> str:
    """Return the key under which a subject's audit entries and events are chained, 'house' for none."""
    return str(getattr(subject, "case_key", "house"))
