"""Who may do what, as a table: every action of the policy against every kind of person, printed by `certify policy`.

The policy is asked about specimens: one subject that has every attribute a permit looks at, and one actor of each kind.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import product
from types import SimpleNamespace

from certify.accounts.rules import Role
from certify.agreements.rules import PartyKind
from certify.applications.rules import Status
from certify.kernel.policy import Actor, Permit, policy

COMPANY, OTHER_COMPANY = uuid.UUID(int=1), uuid.UUID(int=2)
ASSESSOR, REVIEWER, HOLDER, SOMEBODY = (uuid.UUID(int=number) for number in (3, 4, 5, 6))
CASE, COUNTRY = "case", "XA"
YES, SOMETIMES, NO = "yes", "by state", "-"


def member(role: str, company: uuid.UUID = COMPANY) -> frozenset[str]:
    """State what is known of a person of a company."""
    return frozenset({f"member:{company}", f"{role}:{company}"})


def person(*roles: Role, facts: frozenset[str] | set[str] = frozenset(), number: int = 9) -> Actor:
    """Return an actor with roles and facts."""
    return Actor(uuid.UUID(int=number), "Specimen", frozenset(role.value for role in roles), frozenset(facts))


CLEARED = {f"cleared:{CASE}", f"asked:{CASE}"}
SEAT = {"sits:board", "seat:1", *CLEARED}
CHAIR = {"chair:board", f"chairs:{CASE}", *SEAT}
ACTORS: Mapping[str, Actor] = {
    "anonymous": Actor(),
    "editor": person(facts=member("editor")),
    "legal representative": person(facts=member("legal_representative"), number=5),
    "reader of the company": person(facts=member("reader")),
    "another company": person(facts=member("editor", OTHER_COMPANY)),
    "officer": person(Role.OFFICER, facts=CLEARED),
    "assessor": person(Role.OFFICER, facts=CLEARED, number=3),
    "reviewer": person(Role.EXPERT, facts=CLEARED, number=4),
    "Board": person(Role.BOARD, facts=SEAT),
    "chair": person(Role.BOARD, facts=CHAIR),
    "recused Board": person(Role.BOARD, facts={"sits:board", "seat:1", f"barred:{CASE}"}),
    "focal point": person(Role.FOCAL_POINT, facts={f"focal_point:{COUNTRY}", f"state:{COUNTRY}", *CLEARED}),
    "another focal point": person(Role.FOCAL_POINT, facts={"focal_point:XZ", "state:XZ"}),
    "associated": person(Role.ASSOCIATED, facts=CLEARED),
    "administrator": person(Role.ADMINISTRATOR),
    "auditor": person(Role.AUDITOR),
    "system": Actor.system("specimen"),
}
"""Kind of person > a specimen of it, in the order of the table's columns."""


def specimen(status: Status, side: PartyKind) -> SimpleNamespace:
    """Return a subject that has every attribute a permit looks at, its case in a status, of a side of an agreement."""
    subject = SimpleNamespace(
        id=COMPANY, case_key=CASE, subject_key=CASE, key=CASE, keys_of_sight=(CASE, "company", COUNTRY),
        organisation_id=COMPANY,
        respondent_id=COMPANY, application_id=COMPANY, person_id=SOMEBODY, assessor_id=ASSESSOR, reviewer_id=REVIEWER,
        status=status,
        kind=side, submitted_at=datetime(2026, 1, 1, tzinfo=UTC), answer_until=date(2026, 2, 1), is_objection=True,
        country=COUNTRY, countries=(COUNTRY,), entity=None, body_kind="board",
    )  # fmt: skip
    for part in ("application", "certificate", "organisation", "motion", "agreement", "version", "consultation"):
        setattr(subject, part, subject)
    return subject


def cell(permit: Permit, actor: Actor) -> str:
    """Ask a permit about an actor in every state of a case."""
    answers = {permit(actor, specimen(status, side)) for status, side in product(Status, PartyKind)}
    return SOMETIMES if len(answers) == 2 else YES if answers == {True} else NO


def table() -> dict[str, dict[str, str]]:
    """Return action > kind of person > yes, by state or -."""
    return {
        action: {kind: cell(permit, actor) for kind, actor in ACTORS.items()}
        for action, permit in sorted(policy().items())
    }


def matrix() -> str:
    """Return the table as Markdown, as docs/permissions.md keeps it."""
    lines = [f"| action | {' | '.join(ACTORS)} |", "|---|" + "---|" * len(ACTORS)]
    lines += [f"| {action} | {' | '.join(row.values())} |" for action, row in table().items()]
    return "\n".join(lines)
