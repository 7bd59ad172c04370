"""Letters to focal points, associated entities and the company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from certify.accounts.models import Person
from certify.accounts.queries import list_people_with_role
from certify.accounts.rules import Role
from certify.consultations.models import Consultation
from certify.consultations.rules import ANSWER_WORKING_DAYS
from certify.kernel import clock
from certify.kernel.i18n import _l
from certify.kernel.notices import notify
from certify.organisations.queries import get_organisation, people_of
from certify.organisations.rules import MemberRole


def people_of_party(consultation: Consultation) -> Sequence[Person]:
    """List who speaks for the party: the country's focal points, or the associated entities' people."""
    if consultation.country:
        return list_people_with_role(Role.FOCAL_POINT, country=consultation.country)
    return list_people_with_role(Role.ASSOCIATED)


def ask_party(consultation: Consultation) -> None:
    """Ask for the party's view."""
    tell_party(consultation, _l("Your view is asked: %(title)s", title=consultation.title), notice="consultation_asked")


def remind_party(consultation: Consultation) -> None:
    """Say that the party's view is still asked."""
    subject = _l("Your view is still asked: %(title)s", title=consultation.title)
    tell_party(consultation, subject, notice="consultation_reminder")


def pass_on_answer(consultation: Consultation) -> None:
    """Tell the party what the company answered to its objection."""
    subject = _l("The company answered your objection: %(title)s", title=consultation.title)
    tell_party(consultation, subject, notice="consultation_answered")


def tell_party(consultation: Consultation, subject: Any, *, notice: str) -> None:
    """Write to everyone who speaks for the party."""
    for person in people_of_party(consultation):
        notify(
            person.email,
            language=person.language,
            subject=subject,
            notice=notice,
            person=person,
            consultation=consultation,
            path=f"/consultations/{consultation.id}",
        )


def tell_company(consultation: Consultation) -> None:
    """Tell the company's legal representatives of an objection, and until when it may answer."""
    if consultation.respondent_id is None:
        return
    organisation = get_organisation(consultation.respondent_id)
    for person in people_of(organisation, MemberRole.LEGAL_REPRESENTATIVE):
        notify(
            person.email,
            language=person.language,
            subject=_l("A government raised an objection to %(title)s", title=consultation.title),
            notice="consultation_objection",
            person=person,
            consultation=consultation,
            path=f"/consultations/{consultation.id}/objection",
            until=clock.add_working_days(clock.today(), ANSWER_WORKING_DAYS),
        )
