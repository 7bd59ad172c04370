"""Finding agreements and their parts, and listing what a person may open."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from certify.accounts.rules import Role
from certify.agreements import policy
from certify.agreements.models import Agreement, Contribution, Party, SealedFile, Version
from certify.agreements.rules import SealedKind, State
from certify.certificates.models import Certificate
from certify.certificates.rules import Standing
from certify.certificates.rules import State as CertificateState
from certify.certificates.trust import IssuedFile
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.policy import Actor
from certify.kernel.web import get_or_404

ISSUED_KINDS = {SealedKind.AGREEMENT: "agreement", SealedKind.RECORD: "signing-record"}
"""What a sealed document is called in a trust bundle."""


def get_agreement(agreement_id: uuid.UUID) -> Agreement:
    """Return an agreement, or raise NotFound."""
    agreement: Agreement = get_or_404(Agreement, agreement_id)
    return agreement


def get_party(party_id: uuid.UUID) -> Party:
    """Return a party of an agreement, or raise NotFound."""
    party: Party = get_or_404(Party, party_id)
    return party


def get_version(version_id: uuid.UUID) -> Version:
    """Return a version of an agreement, or raise NotFound."""
    version: Version = get_or_404(Version, version_id)
    return version


def get_contribution(contribution_id: uuid.UUID) -> Contribution:
    """Return a contribution of the working text, or raise NotFound."""
    contribution: Contribution = get_or_404(Contribution, contribution_id)
    return contribution


def find_party(agreement: Agreement, key: str) -> Party | None:
    """Return the party with this key."""
    return next((party for party in agreement.parties if party.key == key), None)


# -- lists ------------------------------------------------------------------------------------------------------------


def list_agreements_for(actor: Actor) -> list[Agreement]:
    """List the agreements that this person may open, the newest first."""
    query = sa.select(Agreement).order_by(Agreement.drafted_at.desc(), Agreement.id.desc())
    if not actor.has(Role.OFFICER, Role.AUDITOR, Role.BOARD):
        query = query.where(of_sides(actor))
    return [agreement for agreement in db.session.scalars(query) if policy.sees(actor, agreement)]


def of_sides(actor: Actor) -> sa.ColumnElement[bool]:
    """Select the agreements of a person's companies, and those of governments that the person speaks for."""
    of_countries = sa.select(Party.agreement_id).where(Party.country.in_(countries_of(actor)))
    return sa.or_(Agreement.organisation_id.in_(companies_of(actor)), Agreement.id.in_(of_countries))


def companies_of(actor: Actor) -> list[uuid.UUID]:
    """List the ids of the companies that a person belongs to."""
    return [uuid.UUID(fact.partition(":")[2]) for fact in actor.facts if fact.startswith("member:")]


def countries_of(actor: Actor) -> list[str]:
    """List the countries that a person is the focal point of."""
    return [fact.partition(":")[2] for fact in actor.facts if fact.startswith("focal_point:")]


def live_agreements(organisation_id: uuid.UUID, framework_name: str) -> Sequence[Agreement]:
    """List a company's agreements under certificates of a framework that have not ended."""
    query = (
        sa.select(Agreement)
        .join(Agreement.certificate)
        .where(
            Agreement.organisation_id == organisation_id,
            Certificate.framework_name == framework_name,
            Agreement.state.not_in([State.COMPLETED, State.TERMINATED, State.EXPIRED]),
        )
        .order_by(Agreement.id)
    )
    return db.session.scalars(query).all()


def certificates_to_draft_from() -> list[Certificate]:
    """List the certificates that are active now, by holder."""
    query = sa.select(Certificate).where(Certificate.state == CertificateState.ACTIVE)
    at = clock.now()
    found = db.session.scalars(query.order_by(Certificate.holder_name))
    return [certificate for certificate in found if certificate.standing_at(at) is Standing.ACTIVE]


def parties_spoken_for(actor: Actor, agreement: Agreement) -> list[Party]:
    """List the parties of the version before them that this person may act for."""
    proposal = agreement.proposal
    order = proposal.order if proposal else ()
    return [party for party in agreement.parties if party.key in order and policy.acts_for(actor, party)]


def issued_files() -> list[IssuedFile]:
    """List every sealed document by its SHA-256, oldest first; for the trust bundle."""
    query = sa.select(Agreement, SealedFile).join(SealedFile, SealedFile.agreement_id == Agreement.id)
    rows = db.session.execute(query.order_by(SealedFile.sealed_at, SealedFile.id))
    return [
        IssuedFile(sealed.sha256, ISSUED_KINDS[sealed.kind], agreement.reference, "+".join(agreement.languages))
        for agreement, sealed in rows
    ]
