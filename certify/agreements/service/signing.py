"""Signing: one party after the other, each signatory in person, on exactly one file; or declined, or lapsed."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from certify.agreements.models import Agreement, Party, Proposal, Signature
from certify.agreements.queries import (
    find_party,
    is_certified,
    next_to_sign,
    screening_obstacles,
    signatures_of,
    signed,
    signing_table,
)
from certify.agreements.rules import (
    ENTRY_FIELDS,
    SIGNING_DAYS,
    AgreementSigned,
    Ending,
    Method,
    Obstacle,
    PartyKind,
    SigningDeclined,
    SigningLapsed,
    SigningOpened,
    State,
    Step,
    entry_digest,
    is_last,
    obstacle_to_sign,
)
from certify.agreements.service import letters
from certify.agreements.service.authenticating import authenticate
from certify.agreements.service.steps import before_the_parties, end_proposal, hold, move, not_now
from certify.agreements.words import OBSTACLES
from certify.certificates.rules import Obstacle as ScreeningObstacle
from certify.certificates.words import OBSTACLES as SCREENING_WORDS
from certify.kernel import audit, clock, jobs
from certify.kernel.db import db, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require
from certify.screening import service as screening

CAPACITY = {PartyKind.COMPANY: "legal_representative", PartyKind.GOVERNMENT: "focal_point"}
"""In which capacity a person signs, as the record says it; for the Secretariat an officer."""
LONGEST_REASON = 2_000
STALE = frozenset({ScreeningObstacle.NOT_SCREENED, ScreeningObstacle.SCREENING_OLD})
"""What a new screening mends."""


def open_signing(agreement: Agreement, *, until: date | None = None, actor: Actor) -> Proposal:
    """Let the parties sign the cleared version, in order, through the day named (by default 60 days from now)."""
    require(actor, "agreement.open_signing", agreement)
    hold(agreement)
    if agreement.state is not State.CLEARED:
        raise RuleBroken(not_now(agreement))
    if not is_certified(agreement):
        raise RuleBroken(OBSTACLES[Obstacle.NOT_CERTIFIED])
    proposal = before_the_parties(agreement)
    proposal.signing_from, proposal.signing_until = clock.now(), end_of_signing(until)
    move(agreement, Step.OPEN_SIGNING)
    audit.record("agreement.open_signing", actor=actor, case_key=agreement.case_key, until=proposal.signing_until)
    event = SigningOpened(agreement.id, proposal.version.number, proposal.signing_until)
    publish(event, case_key=agreement.case_key, actor=actor)
    letters.tell_signing_open(proposal)
    ask_next(agreement, proposal)
    return proposal


def end_of_signing(until: date | None) -> datetime:
    """Return the moment after the last day of signing (UTC)."""
    last = until or clock.today() + timedelta(days=SIGNING_DAYS)
    if not clock.today() < last <= clock.today() + timedelta(days=366):
        sentence = _("Choose a day after today and within one year.")
        raise Invalid(sentence, fields={"until": sentence})
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=UTC)


def ask_next(agreement: Agreement, proposal: Proposal) -> None:
    """Ask the party whose turn it is; before the last one a screening is started where it is missing or old."""
    key = next_to_sign(proposal)
    party = find_party(agreement, key) if key else None
    if party is None:
        return
    if is_last(proposal.order, signed(proposal)):
        refresh_screening(agreement)
    letters.tell_turn(proposal, party)


# -- signing ----------------------------------------------------------------------------------------------------------


def sign(party: Party, *, sha256: str, password: str, actor: Actor) -> Signature:
    """Sign for a party the file with this digest, after typing the password again.

    Raises RuleBroken out of order, twice, after the time, on another file than the one that stands, while the
    certificate is not active, and before the last signature where the screening is not clear and fresh; NotAllowed or
    NotFound for whoever does not act for the party (any more); Invalid for a wrong password.
    """
    require(actor, "party.sign", party)
    agreement = hold(party.agreement)
    table = signing_table(agreement)
    if obstacle := obstacle_to_sign(table, party=party.key, sha256=sha256, at=clock.now()):
        raise RuleBroken(OBSTACLES[obstacle])
    if is_last(table.order, table.signed):
        check_screening(agreement)
    method = authenticate(actor, password, case_key=agreement.case_key)
    signature = new_signature(before_the_parties(agreement), party, method, actor)
    audit.record("party.sign", actor=actor, case_key=agreement.case_key, party=party.key, sha256=sha256)
    publish(AgreementSigned(agreement.id, party.key), case_key=agreement.case_key, actor=actor)
    go_on(agreement)
    return signature


def new_signature(proposal: Proposal, party: Party, method: Method, actor: Actor) -> Signature:
    """Write the signature down as the next entry of the record's chain."""
    at = clock.now().replace(microsecond=0)
    signature = Signature(
        id=new_id(),
        proposal_id=proposal.id,
        party=party,
        person_id=actor.person_id,
        method=method,
        at=at,
        entry=new_entry(proposal, party, method, actor, at),
    )
    db.session.add(signature)
    db.session.flush()
    return signature


def new_entry(proposal: Proposal, party: Party, method: Method, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return the record's entry: who, for whom, when, how, and the digests before and after."""
    document = str(proposal.version.sha256)
    earlier = signatures_of(proposal)
    entry = {
        "before": earlier[-1].entry["after"] if earlier else document,
        "document": document,
        "party": party.key,
        "for": party.agreement.certificate.holder_name if party.kind is PartyKind.COMPANY else party.key,
        "person": actor.name,
        "capacity": CAPACITY.get(party.kind, "officer"),
        "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "method": method.value,
    }
    return entry | {"after": entry_digest({name: entry[name] for name in ENTRY_FIELDS})}


def go_on(agreement: Agreement) -> None:
    """Ask the next party, or have the documents sealed once all have signed."""
    proposal = before_the_parties(agreement)
    if next_to_sign(proposal) is not None:
        ask_next(agreement, proposal)
        return
    jobs.enqueue("agreements.seal", {"agreement_id": str(agreement.id)}, once=f"agreements.seal:{proposal.id}")


# -- screening before the last signature ------------------------------------------------------------------------------


def check_screening(agreement: Agreement) -> None:
    """Refuse the last signature while the screening of current owners and directors is not clear and fresh."""
    if found := screening_obstacles(agreement):
        raise RuleBroken(" ".join(str(SCREENING_WORDS[obstacle]) for obstacle in found))


def refresh_screening(agreement: Agreement) -> bool:
    """Start the screening where it is missing or old; say whether it was started."""
    needed = not STALE.isdisjoint(screening_obstacles(agreement))
    if needed:
        screening.request_screening(agreement.organisation_id)
    return needed


def refresh_before_last(party: Party) -> bool:
    """Start the screening where this party would sign last and it is missing or old; say whether it was started.

    Asked before `sign`, which would refuse and with its refusal take the start of the screening back.
    """
    table = signing_table(party.agreement)
    is_turn = is_last(table.order, table.signed) and party.key not in table.signed
    return is_turn and refresh_screening(party.agreement)


def start_screening(agreement: Agreement, *, actor: Actor) -> bool:
    """Start the screening for the last signature as an officer; say whether it was needed."""
    require(actor, "agreement.screen", agreement)
    started = refresh_screening(agreement)
    audit.record("agreement.screen", actor=actor, case_key=agreement.case_key, started=started)
    return started


# -- declined, lapsed -------------------------------------------------------------------------------------------------


def decline(party: Party, *, reason: str, actor: Actor) -> None:
    """Decline to sign for a party, with a reason that reaches every party; the agreement returns to drafting."""
    require(actor, "party.decline", party)
    agreement = hold(party.agreement)
    proposal = check_may_decline(agreement, party)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        sentence = _("Give the reason, in at most %(max)d characters. Every party will read it.", max=LONGEST_REASON)
        raise Invalid(sentence, fields={"reason": sentence})
    move(agreement, Step.DECLINE)
    end_proposal(proposal, Ending.DECLINED, because=reason)
    proposal.ended_by_party_id = party.id
    audit.record("party.decline", actor=actor, case_key=agreement.case_key, party=party.key)
    publish(SigningDeclined(agreement.id, party.key), case_key=agreement.case_key, actor=actor)
    letters.tell_declined(proposal, party, reason)


def check_may_decline(agreement: Agreement, party: Party) -> Proposal:
    """Refuse where nothing is to be signed, or the party has signed."""
    if agreement.state is not State.SIGNING:
        raise RuleBroken(OBSTACLES[Obstacle.NOT_OPEN])
    proposal = before_the_parties(agreement)
    if party.key not in proposal.order:
        raise RuleBroken(OBSTACLES[Obstacle.NOT_OPEN])
    if party.key in signed(proposal):
        raise RuleBroken(OBSTACLES[Obstacle.SIGNED_ALREADY])
    return proposal


def lapse_signings() -> None:
    """End each signing whose time passed before every party had signed; part of the daily work."""
    query = sa.select(Proposal.agreement_id).where(
        Proposal.ended_at.is_(None), Proposal.signing_until.is_not(None), Proposal.signing_until <= clock.now()
    )
    for agreement_id in db.session.scalars(query).all():
        lapse(agreement_id)


def lapse(agreement_id: uuid.UUID) -> None:
    """Return one agreement to drafting because it was not signed in time; nothing where all have signed."""
    agreement = hold(db.session.get_one(Agreement, agreement_id))
    actor = Actor.system("date reached")
    require(actor, "agreement.lapse", agreement)
    proposal = before_the_parties(agreement)
    if agreement.state is not State.SIGNING or next_to_sign(proposal) is None:
        return
    move(agreement, Step.LAPSE)
    end_proposal(proposal, Ending.LAPSED)
    audit.record("agreement.lapse", actor=actor, case_key=agreement.case_key)
    publish(SigningLapsed(agreement.id), case_key=agreement.case_key, actor=actor)
    letters.tell_lapsed(proposal)
