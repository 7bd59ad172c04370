"""Letters about certificates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from certify.accounts.models import Person
from certify.accounts.queries import list_people_with_role
from certify.accounts.rules import Role
from certify.board import queries as board
from certify.certificates.models import Certificate, Suspension, Withdrawal
from certify.kernel.i18n import _l
from certify.kernel.notices import notify
from certify.organisations.queries import people_of
from certify.organisations.rules import MemberRole


def representatives(certificate: Certificate) -> list[Person]:
    """Return the holder's legal representatives."""
    return people_of(certificate.organisation, MemberRole.LEGAL_REPRESENTATIVE)


def officers() -> Iterable[Person]:
    """Return the officers of the Secretariat."""
    return list_people_with_role(Role.OFFICER)


def tell(people: Iterable[Person], certificate: Certificate, *, subject: Any, notice: str, **context: Any) -> None:
    """Write to people about a certificate, each in their language."""
    for person in people:
        notify(
            person.email, language=person.language, subject=subject, notice=notice, certificate=certificate,
            person=person, **context,
        )  # fmt: skip


def tell_issued(certificate: Certificate) -> None:
    """Send the holder word that the certificate is there."""
    subject = _l("Your certificate %(number)s has been issued", number=certificate.number)
    tell(representatives(certificate), certificate, subject=subject, notice="certificate_issued")


def tell_suspension_proposed(suspension: Suspension) -> None:
    """Ask the chair to decide."""
    chair = board.chair_of(board.get_body("board"))
    subject = _l("A suspension waits for your decision")
    tell(
        [chair] if chair else [],
        suspension.certificate,
        subject=subject,
        notice="suspension_proposed",
        suspension=suspension,
    )


def tell_suspension_confirmed(suspension: Suspension) -> None:
    """Give the holder notice of a suspension."""
    certificate = suspension.certificate
    subject = _l("Notice: suspension of certificate %(number)s", number=certificate.number)
    tell(
        representatives(certificate), certificate, subject=subject, notice="suspension_confirmed", suspension=suspension
    )


def tell_reinstated(certificate: Certificate) -> None:
    """Tell the holder that the suspension is over."""
    subject = _l("Certificate %(number)s is active again", number=certificate.number)
    tell(representatives(certificate), certificate, subject=subject, notice="certificate_reinstated")


def tell_withdrawal_proposed(withdrawal: Withdrawal) -> None:
    """Notify the holder of the grounds and of the time to answer."""
    certificate = withdrawal.certificate
    subject = _l("Withdrawal of certificate %(number)s proposed: you may answer", number=certificate.number)
    tell(
        representatives(certificate), certificate, subject=subject, notice="withdrawal_proposed", withdrawal=withdrawal
    )


def tell_given_back(withdrawal: Withdrawal) -> None:
    """Ask the officers to confirm what the holder gives back."""
    subject = _l("A certificate is given back: please confirm")
    tell(officers(), withdrawal.certificate, subject=subject, notice="certificate_given_back", withdrawal=withdrawal)


def tell_withdrawn(certificate: Certificate) -> None:
    """Tell the holder that the certificate has ended."""
    subject = _l("Certificate %(number)s has been withdrawn", number=certificate.number)
    tell(representatives(certificate), certificate, subject=subject, notice="certificate_withdrawn")
