"""What the parties say about the version before them: they agree to exactly one file, or comment on it."""

from __future__ import annotations

from certify.agreements.models import Agreement, Assent, Comment, Party, Proposal
from certify.agreements.queries import assented, clearance_of
from certify.agreements.rules import (
    AgreementCleared,
    Obstacle,
    PartyAgreed,
    PartyCommented,
    State,
    Step,
    VersionAgreed,
)
from certify.agreements.service import letters
from certify.agreements.service.steps import before_the_parties, hold, move, not_now
from certify.agreements.words import OBSTACLES
from certify.kernel import audit, clock
from certify.kernel.db import db, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require

LONGEST_COMMENT = 5_000


def agree(party: Party, *, sha256: str, actor: Actor) -> Assent:
    """Mark for a party that it agrees to the file with this digest; when all have, the version is agreed.

    Raises RuleBroken where nothing is before the parties, the file is being printed, another file is before them now,
    or the party has agreed already.
    """
    require(actor, "party.agree", party)
    agreement = hold(party.agreement)
    proposal = in_negotiation(agreement, party)
    if proposal.version.sha256 is None:
        raise RuleBroken(_("The document is still being prepared. Please try again in a moment."))
    if sha256 != proposal.version.sha256:
        raise RuleBroken(OBSTACLES[Obstacle.OUTDATED])
    if party.key in assented(proposal):
        raise RuleBroken(_("This party has agreed to this version already."))
    assent = new_assent(proposal, party, actor)
    number = proposal.version.number
    audit.record("party.agree", actor=actor, case_key=agreement.case_key, party=party.key, sha256=sha256)
    publish(PartyAgreed(agreement.id, number, party.key), case_key=agreement.case_key, actor=actor)
    if assented(proposal) == set(proposal.order):
        conclude_negotiation(agreement, proposal)
    return assent


def in_negotiation(agreement: Agreement, party: Party) -> Proposal:
    """Return the version that this party may speak about now."""
    if agreement.state is not State.NEGOTIATION:
        raise RuleBroken(not_now(agreement))
    proposal = before_the_parties(agreement)
    if party.key not in proposal.order:
        raise RuleBroken(_("This party is not named in the version before the parties."))
    return proposal


def new_assent(proposal: Proposal, party: Party, actor: Actor) -> Assent:
    """Write the mark down."""
    assent = Assent(
        id=new_id(),
        proposal_id=proposal.id,
        party=party,
        person_id=actor.person_id,
        sha256=proposal.version.sha256,
        at=clock.now(),
    )
    db.session.add(assent)
    db.session.flush()
    return assent


def conclude_negotiation(agreement: Agreement, proposal: Proposal) -> None:
    """Note that all sides agree; a file that the Board cleared before keeps its clearance."""
    move(agreement, Step.AGREE)
    version = proposal.version
    actor = Actor.system("all parties agree")
    event = VersionAgreed(agreement.id, version.number, str(version.sha256))
    publish(event, case_key=agreement.case_key, actor=actor)
    clearance = clearance_of(agreement, version.sha256)
    if clearance is not None:
        move(agreement, Step.CLEAR)
        cleared = AgreementCleared(agreement.id, version.number, clearance.resolution)
        publish(cleared, case_key=agreement.case_key, actor=actor)
    letters.tell_agreed(proposal)


def comment(party: Party, *, text: str, actor: Actor) -> Comment:
    """Say something about the version before the parties, for one of them; the Secretariat reads it and may revise."""
    require(actor, "party.comment", party)
    agreement = hold(party.agreement)
    proposal = in_negotiation(agreement, party)
    if not text.strip() or len(text) > LONGEST_COMMENT:
        sentence = _("Write a comment of at most %(max)d characters.", max=LONGEST_COMMENT)
        raise Invalid(sentence, fields={"text": sentence})
    said = Comment(
        id=new_id(),
        agreement_id=agreement.id,
        proposal=proposal,
        party=party,
        person_id=actor.person_id,
        text=text,
        at=clock.now(),
    )
    db.session.add(said)
    db.session.flush()
    audit.record("party.comment", actor=actor, case_key=agreement.case_key, party=party.key)
    event = PartyCommented(agreement.id, proposal.version.number, party.key)
    publish(event, case_key=agreement.case_key, actor=actor)
    letters.tell_comment(said)
    return said
