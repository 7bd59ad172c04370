"""What happened to an agreement in plain sentences, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from certify.accounts.rules import Role
from certify.agreements import policy
from certify.agreements.models import Agreement, Proposal
from certify.agreements.queries.finding import companies_of, of_sides, parties_spoken_for
from certify.agreements.queries.standing import assented, live_motion, live_proposal, next_to_sign
from certify.agreements.rules import State
from certify.agreements.words import TIMELINE, agreement_title, key_name
from certify.kernel.db import db
from certify.kernel.events import list_events, sayable
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.kernel.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an agreement's timeline as a person reads it."""

    when: datetime
    sentence: str
    who: str


def story_of(agreement: Agreement) -> list[Line]:
    """Tell what happened, newest first, with every party called by its name in the reader's language."""
    rows = [row for row in list_events(agreement.case_key) if row.kind in TIMELINE]
    return [
        Line(row.at, str(TIMELINE[row.kind]) % told(agreement, sayable(row.content)), shown_name(row.person_name))
        for row in reversed(rows)
    ]


def told(agreement: Agreement, content: dict[str, object]) -> dict[str, object]:
    """Call the party of an event by its name."""
    key = content.get("party")
    return content | {"party": key_name(agreement, key)} if isinstance(key, str) else content


def shown_name(person_name: str) -> str:
    """Return who acted, nothing where the house did."""
    return "" if person_name == "system" else person_name


# -- what waits -------------------------------------------------------------------------------------------------------

OPEN = (State.DRAFTING, State.NEGOTIATION, State.AGREED, State.CLEARED, State.SIGNING)


def waiting_for(actor: Actor) -> list[Waiting]:
    """Say which agreements wait for this person: to read, to sign, and for an officer to carry on."""
    if not (actor.has(Role.OFFICER, Role.FOCAL_POINT) or companies_of(actor)):
        return []
    return [thing for agreement in open_agreements_for(actor) for thing in waiting_on(actor, agreement)]


def open_agreements_for(actor: Actor) -> list[Agreement]:
    """List the agreements under way that this person may open, the oldest first."""
    query = sa.select(Agreement).where(Agreement.state.in_(OPEN)).order_by(Agreement.drafted_at)
    if not actor.has(Role.OFFICER):
        query = query.where(of_sides(actor))
    return [agreement for agreement in db.session.scalars(query) if policy.sees(actor, agreement)]


def waiting_on(actor: Actor, agreement: Agreement) -> Iterator[Waiting]:
    """Say what one agreement waits for from this person."""
    proposal = live_proposal(agreement)
    if proposal is not None and proposal.version.sha256:
        yield from waiting_parties(actor, agreement, proposal)
    if policy.officer_cleared(actor, agreement) and (sentence := officers_turn(agreement)):
        yield Waiting(sentence, "agreements.show", {"agreement_id": agreement.id}, None, _("Agreements"))


def waiting_parties(actor: Actor, agreement: Agreement, proposal: Proposal) -> Iterator[Waiting]:
    """Say which parties that this person speaks for are to read or to sign."""
    turn = next_to_sign(proposal) if agreement.state is State.SIGNING else None
    agreed = assented(proposal) if agreement.state is State.NEGOTIATION else frozenset(proposal.order)
    title = agreement_title(agreement)
    for party in parties_spoken_for(actor, agreement):
        address = {"party_id": party.id}
        if party.key == turn:
            what = _("Sign the agreement: %(title)s", title=title)
            yield Waiting(what, "agreements.sign", address, proposal.last_day, _("Agreements"))
        elif party.key not in agreed:
            what = _("Read and agree, or comment: %(title)s", title=title)
            yield Waiting(what, "agreements.respond", address, None, _("Agreements"))


def officers_turn(agreement: Agreement) -> str:
    """Say what an officer is to do next, nothing where others are."""
    title = agreement_title(agreement)
    if agreement.state is State.DRAFTING:
        return str(_("Finish the draft of an agreement: %(title)s", title=title))
    if agreement.state is State.AGREED and live_motion(agreement) is None:
        return str(_("Put an agreement before the Board: %(title)s", title=title))
    if agreement.state is State.CLEARED:
        return str(_("Open signing of an agreement: %(title)s", title=title))
    return ""
