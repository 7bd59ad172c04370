"""Letters about a case: to the colleague who gets it, to the company about a finding, to the chair who decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from certify.accounts.models import Person
from certify.accounts.queries import get_person
from certify.applications.models import Application
from certify.assessment.models import ExclusionFinding
from certify.assessment.rules import Side
from certify.board.queries import acting_chair_for
from certify.kernel.i18n import _l
from certify.kernel.notices import notify
from certify.kernel.settings import settings
from certify.organisations.queries import people_of
from certify.organisations.rules import MemberRole


def tell(people: Iterable[Person], *, subject: Any, notice: str, path: str, **context: Any) -> None:
    """Promise the letter to each active person, in their language, with the address of the page it is about."""
    address = f"{settings().public_address}{path}"
    for person in {one.id: one for one in people if one.active}.values():
        notify(
            person.email,
            language=person.language,
            subject=subject,
            notice=f"assessment_{notice}",
            person=person,
            address=address,
            **context,
        )


def tell_given(application: Application, *, side: Side, person: Person, reason: str) -> None:
    """Tell a colleague that a case is theirs now."""
    tell(
        [person],
        subject=_l("The case %(reference)s is yours", reference=application.reference),
        notice="given",
        path=f"/cases/{application.id}",
        application=application,
        side=side,
        reason=reason,
    )


def tell_sent_back(application: Application, *, reason: str) -> None:
    """Tell the assessor that the reviewer sent the case back."""
    if application.assessor_id is None:
        return
    tell(
        [get_person(application.assessor_id)],
        subject=_l("The case %(reference)s came back to you", reference=application.reference),
        notice="sent_back",
        path=f"/cases/{application.id}",
        application=application,
        reason=reason,
    )


def people_of_company(application: Application) -> list[Person]:
    """Return who writes and who signs for the company."""
    organisation = application.organisation
    return [
        *people_of(organisation, MemberRole.LEGAL_REPRESENTATIVE),
        *people_of(organisation, MemberRole.EDITOR),
    ]


def tell_company_of_finding(finding: ExclusionFinding, framework: Any) -> None:
    """Tell the company what was found, what it may answer, and until when."""
    tell(
        people_of_company(finding.application),
        subject=_l("A finding on your application %(reference)s", reference=finding.application.reference),
        notice="finding",
        path=f"/cases/findings/{finding.id}/answer",
        finding=finding,
        framework=framework,
    )


def tell_company_of_dismissal(finding: ExclusionFinding, framework: Any) -> None:
    """Tell the company that the finding did not hold and the case goes on."""
    reference = finding.application.reference
    tell(
        people_of_company(finding.application),
        subject=_l("The finding on your application %(reference)s was dismissed", reference=reference),
        notice="finding_dismissed",
        path=f"/cases/findings/{finding.id}/answer",
        finding=finding,
        framework=framework,
    )


def tell_chair(finding: ExclusionFinding, framework: Any) -> bool:
    """Tell the acting chair that a finding waits; False where nobody is left to chair the case."""
    chair = acting_chair_for(finding.case_key)
    if chair is None:
        return False
    tell(
        [chair],
        subject=_l("A finding waits for your decision: %(reference)s", reference=finding.application.reference),
        notice="finding_ripe",
        path=f"/interests/{finding.case_key}?next=/cases/findings/{finding.id}",
        finding=finding,
        framework=framework,
    )
    return True
