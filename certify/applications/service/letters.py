"""Letters of an application to the people of its company, each in their own language."""

from __future__ import annotations

from typing import Any

from certify.accounts.models import Person
from certify.applications.models import Application
from certify.kernel.notices import notify
from certify.organisations.queries import people_of
from certify.organisations.rules import MemberRole


def legal_representatives(application: Application) -> list[Person]:
    """Return who signs for the company."""
    return people_of(application.organisation, MemberRole.LEGAL_REPRESENTATIVE)


def editors(application: Application) -> list[Person]:
    """Return who writes for the company."""
    return people_of(application.organisation, MemberRole.EDITOR)


def writers_and_signers(application: Application) -> list[Person]:
    """Return editors and legal representatives, each once."""
    return list({person.id: person for person in [*legal_representatives(application), *editors(application)]}.values())


def tell(people: list[Person], application: Application, *, subject: Any, notice: str, **context: Any) -> None:
    """Promise each of these people a letter about the application."""
    for person in people:
        notify(
            person.email,
            language=person.language,
            subject=subject,
            notice=f"application_{notice}",
            person=person,
            application=application,
            **context,
        )
