"""Makes agreements through the real services, each stage on its own; every maker opens its own transactions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.agreements import queries, service
from certify.agreements.models import Agreement, Party
from certify.agreements.rules import ContributionKind, CostBearer, Frame, State
from certify.certificates.models import Certificate
from certify.kernel import jobs
from certify.kernel.db import db, transaction
from certify.kernel.policy import Actor
from certify.organisations.queries import people_of
from certify.organisations.rules import MemberRole
from tests.makers import PASSWORD, make_person
from tests.makers.board import adopt
from tests.makers.certificates import make_certificate
from tests.makers.organisations import make_colleague

FRAME = Frame(
    governments=("CO", "CL"),
    area="climate_resilience",
    sdg_targets=("4.4", "8.3"),
    starts_on=date(2026, 4, 1),
    ends_on=date(2028, 3, 31),
    languages=("en",),
    cost_bearer=CostBearer.EACH_PARTY,
)
TEXTS = {
    "title": "Technicians for clean energy",
    "purpose": "Two hundred technicians of small companies learn to install and maintain solar equipment.",
    "added_value": "A network of training institutes in all member states.",
}


@dataclass(frozen=True, slots=True)
class Sides:
    """A certified company and everybody who has to do with its agreement."""

    certificate: Certificate
    officer: Person
    representative: Person
    focal_points: dict[str, Person]

    def speaker(self, party: Party) -> Person:
        """Who acts for a party."""
        known = {"company": self.representative, "secretariat": self.officer, **self.focal_points}
        return known[party.key]


def make_sides(*, governments: Sequence[str] = ("CO", "CL")) -> Sides:
    """A certified company, an officer, and the focal point of each country."""
    certificate = make_certificate()
    with transaction():
        officer = make_person("Olga Ruiz", Role.OFFICER)
        people = {code: make_person(f"Focal of {code}", Role.FOCAL_POINT, country=code) for code in governments}
        make_colleague(certificate.organisation, MemberRole.EDITOR, "Eva Mamani")
    representative = people_of(certificate.organisation, MemberRole.LEGAL_REPRESENTATIVE)[0]
    return Sides(certificate, officer, representative, people)


def acting(person: Person) -> Actor:
    """A person as an actor, with the facts of this moment."""
    return get_actor(person)


def texts_for(languages: Sequence[str], **parts: str) -> dict[str, dict[str, str]]:
    """The same invented prose in each language."""
    return dict.fromkeys(languages, TEXTS | parts)


def make_draft(sides: Sides, *, frame: Frame = FRAME, **parts: str) -> Agreement:
    """A complete draft that no party has seen; `parts` replace pieces of its prose."""
    with transaction():
        agreement = service.draft_agreement(sides.certificate, frame=frame, actor=acting(sides.officer))
    with transaction():
        officer = acting(sides.officer)
        service.write_texts(agreement, texts=texts_for(frame.languages, **parts), actor=officer)
        for party in agreement.present_parties:
            brought = dict.fromkeys(frame.languages, f"What {party.key} brings.")
            service.add_contribution(
                agreement, party=party.key, kind=ContributionKind.EXPERTISE, texts=brought, actor=officer
            )
    return agreement


def make_proposed(sides: Sides, **more: Any) -> Agreement:
    """An agreement whose first version is printed and before the parties."""
    agreement = make_draft(sides, **more)
    propose(sides, agreement)
    return agreement


def propose(sides: Sides, agreement: Agreement) -> None:
    """The officer puts the working text before the parties, and it is printed."""
    with transaction():
        service.propose_version(agreement, actor=acting(sides.officer))
    jobs.run_due()
    db.session.refresh(agreement)


def agree_all(sides: Sides, agreement: Agreement) -> None:
    """Every party agrees to the version before it."""
    for party in list(parties_in_order(agreement)):
        with transaction():
            sha256 = digest_of(agreement)
            service.agree(party, sha256=sha256, actor=acting(sides.speaker(party)))


def parties_in_order(agreement: Agreement) -> list[Party]:
    """The parties of the version before them, in signing order."""
    proposal = agreement.proposal
    assert proposal is not None
    found = [queries.find_party(agreement, key) for key in proposal.order]
    return [party for party in found if party is not None]


def digest_of(agreement: Agreement) -> str:
    """The digest of the file before the parties."""
    proposal = queries.live_proposal(agreement)
    assert proposal is not None
    return str(proposal.version.sha256)


def make_agreed(sides: Sides, **more: Any) -> Agreement:
    """An agreement to whose first version all parties agree."""
    agreement = make_proposed(sides, **more)
    agree_all(sides, agreement)
    return agreement


def clear(sides: Sides, agreement: Agreement) -> None:
    """The Board clears the agreed version."""
    with transaction():
        motion = service.table_clearance(agreement, actor=acting(sides.officer))
    with transaction():
        adopt(motion)


def make_cleared(sides: Sides, **more: Any) -> Agreement:
    """An agreement that the Board cleared."""
    agreement = make_agreed(sides, **more)
    clear(sides, agreement)
    return agreement


def make_signing(sides: Sides, **more: Any) -> Agreement:
    """An agreement that is open for signing, unsigned."""
    agreement = make_cleared(sides, **more)
    with transaction():
        service.open_signing(agreement, actor=acting(sides.officer))
    return agreement


def sign(sides: Sides, agreement: Agreement, key: str) -> None:
    """One party signs."""
    party = queries.find_party(agreement, key)
    assert party is not None
    with transaction():
        person = sides.speaker(party)
        service.sign(party, sha256=digest_of(agreement), password=PASSWORD, actor=acting(person))


def sign_up_to(sides: Sides, agreement: Agreement, last: str) -> None:
    """Every party signs in order, up to and with this one."""
    for party in parties_in_order(agreement):
        sign(sides, agreement, party.key)
        if party.key == last:
            return


def make_concluded(sides: Sides, **more: Any) -> Agreement:
    """An agreement in force, with its sealed documents."""
    agreement = make_signing(sides, **more)
    sign_up_to(sides, agreement, "secretariat")
    jobs.run_due()
    db.session.refresh(agreement)
    assert agreement.state is State.IN_FORCE
    return agreement


def in_languages(*languages: str) -> Frame:
    """The usual frame, equally authentic in several languages."""
    return replace(FRAME, languages=languages)
