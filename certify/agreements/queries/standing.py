"""How an agreement stands: what is before the parties, who agreed, who signed, and what a draft still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from certify.accounts.models import Person
from certify.accounts.queries import list_people_with_role
from certify.accounts.rules import Role
from certify.agreements.composing import NEEDED_PARTS
from certify.agreements.models import Agreement, Assent, Clearance, Comment, Party, Proposal, SealedFile, Signature
from certify.agreements.rules import Gap, Lack, PartyKind, SealedKind, Table, next_signatory
from certify.board import queries as board
from certify.board.models import Motion
from certify.board.rules import MotionKind
from certify.certificates import queries as certificates
from certify.certificates.rules import Obstacle
from certify.kernel.db import db
from certify.organisations.queries import people_of
from certify.organisations.rules import MemberRole


def is_certified(agreement: Agreement) -> bool:
    """Say whether the company holds an active certificate of the framework that the agreement was drafted under."""
    name = agreement.certificate.framework_name
    return any(found.framework_name == name for found in certificates.active_certificates(agreement.organisation_id))


def live_proposal(agreement: Agreement) -> Proposal | None:
    """Return the version that is before the parties now."""
    query = sa.select(Proposal).where(Proposal.agreement_id == agreement.id, Proposal.ended_at.is_(None))
    return db.session.scalar(query)


def assents_of(proposal: Proposal) -> Sequence[Assent]:
    """List who agreed to a version, in the order it was done."""
    return db.session.scalars(sa.select(Assent).where(Assent.proposal_id == proposal.id).order_by(Assent.at)).all()


def assented(proposal: Proposal) -> frozenset[str]:
    """Return the keys of the parties that agreed to the version before them."""
    return frozenset(assent.party.key for assent in assents_of(proposal))


def comments_on(agreement: Agreement) -> Sequence[Comment]:
    """List what was said about every version, the newest first."""
    query = sa.select(Comment).where(Comment.agreement_id == agreement.id)
    return db.session.scalars(query.order_by(Comment.at.desc(), Comment.id.desc())).all()


def signatures_of(proposal: Proposal) -> Sequence[Signature]:
    """List the signatures of a round, in the order they were given."""
    query = sa.select(Signature).where(Signature.proposal_id == proposal.id)
    return db.session.scalars(query.order_by(Signature.at, Signature.id)).all()


def signed(proposal: Proposal) -> frozenset[str]:
    """Return the keys of the parties that have signed in this round."""
    return frozenset(signature.party.key for signature in signatures_of(proposal))


def next_to_sign(proposal: Proposal) -> str | None:
    """Return the key of the party whose turn it is, None when all have signed."""
    return next_signatory(proposal.order, signed(proposal))


def signing_table(agreement: Agreement) -> Table:
    """Return how the signing stands now, as the rules ask for it."""
    proposal = live_proposal(agreement)
    return Table(
        state=agreement.state,
        order=proposal.order if proposal else (),
        signed=signed(proposal) if proposal else frozenset(),
        sha256=(proposal.version.sha256 or "") if proposal else "",
        until=proposal.signing_until if proposal else None,
        certificate_active=is_certified(agreement),
    )


def screening_obstacles(agreement: Agreement) -> list[Obstacle]:
    """Name what the screening of owners and directors says against the last signature; as for issuing."""
    return certificates.screening_obstacles(agreement.organisation_id)


def clearance_of(agreement: Agreement, sha256: str | None) -> Clearance | None:
    """Return the Board's leave to sign exactly this file."""
    query = sa.select(Clearance).where(Clearance.agreement_id == agreement.id, Clearance.sha256 == sha256)
    return db.session.scalar(query)


def live_motion(agreement: Agreement) -> Motion | None:
    """Return the motion to clear this agreement that waits for the Board."""
    motions = board.motions_on(agreement.case_key)
    return next((one for one in motions if one.kind is MotionKind.CLEAR_AGREEMENT and one.is_live), None)


def sealed_files(agreement: Agreement) -> dict[SealedKind, SealedFile]:
    """Return the sealed documents of a concluded agreement, none before."""
    query = sa.select(SealedFile).where(SealedFile.agreement_id == agreement.id)
    return {found.kind: found for found in db.session.scalars(query)}


def find_sealed_file(agreement: Agreement, kind: SealedKind) -> SealedFile | None:
    """Return one of the sealed documents."""
    return sealed_files(agreement).get(kind)


# -- what a draft lacks -----------------------------------------------------------------------------------------------


def gaps_in(agreement: Agreement) -> list[Gap]:
    """Name what the working text lacks before it can be put before the parties."""
    return [*text_gaps(agreement), *contribution_gaps(agreement), *speaker_gaps(agreement)]


def text_gaps(agreement: Agreement) -> Iterator[Gap]:
    """Name the languages whose prose is not complete; particular conditions stand in all languages or in none."""
    texts = {language: agreement.texts.get(language, {}) for language in agreement.languages}
    particular = any(text.get("particular") for text in texts.values())
    for language, text in texts.items():
        if not all(text.get(part) for part in NEEDED_PARTS):
            yield Gap(Lack.TEXT, language)
        elif particular and not text.get("particular"):
            yield Gap(Lack.PARTICULAR, language)


def contribution_gaps(agreement: Agreement) -> Iterator[Gap]:
    """Name the parties that bring nothing yet, or do not say so in every language."""
    for party in agreement.present_parties:
        brought = [found for found in agreement.contributions if found.party_id == party.id]
        whole = all(found.texts.get(language) for found in brought for language in agreement.languages)
        if not brought or not whole:
            yield Gap(Lack.CONTRIBUTION, party.key)


def speaker_gaps(agreement: Agreement) -> Iterator[Gap]:
    """Name the parties for which nobody could act."""
    for party in agreement.present_parties:
        if not speakers_of(party):
            yield Gap(Lack.SPEAKER, party.key)


def speakers_of(party: Party) -> list[Person]:
    """List the people who may act for a party today."""
    if party.kind is PartyKind.COMPANY:
        return people_of(party.agreement.organisation, MemberRole.LEGAL_REPRESENTATIVE)
    if party.kind is PartyKind.GOVERNMENT:
        return list(list_people_with_role(Role.FOCAL_POINT, country=party.country))
    return list(list_people_with_role(Role.OFFICER))
