"""How an application moves from one state to the next: one door for every service of this slice."""

from __future__ import annotations

from certify.applications.models import Application
from certify.applications.rules import Reopened, Status, Step, may_edit, next_status
from certify.applications.words import status_word
from certify.kernel import clock
from certify.kernel.db import lock
from certify.kernel.errors import RuleBroken
from certify.kernel.i18n import _, day


def move(application: Application, step: Step) -> Status:
    """Hold the case, take one step, and return the state it left; RuleBroken where the step is not possible."""
    before = lock(application).status
    after = next_status(before, step)
    if after is None:
        raise RuleBroken(
            _("This is not possible now. The application's status is: %(status)s.", status=status_word(before))
        )
    application.status = after
    return before


def require_open(application: Application, criterion: str) -> None:
    """Raise RuleBroken where this answer may not be changed now."""
    if not may_edit(application.status, criterion, application.reopened, clock.today()):
        raise RuleBroken(closed_sentence(application.status, application.reopened))


def closed_sentence(status: Status, reopened: Reopened | None) -> str:
    """Say why nothing can be changed."""
    if status is Status.AWAITING_SIGN_OFF:
        sentence = _("The application waits for its sign-off. Return it to editing to change an answer.")
    elif reopened is None:
        sentence = _("The application has been submitted. Its answers can no longer be changed.")
    elif clock.today() > reopened.until:
        sentence = _("The time for this clarification ended on %(date)s.", date=day(reopened.until))
    else:
        sentence = _("This clarification reopens other questions. This one can no longer be changed.")
    return str(sentence)


def require_draft(application: Application) -> None:
    """Raise RuleBroken where declarations and the proposed cooperation may no longer be changed."""
    if application.status is not Status.DRAFT:
        raise RuleBroken(closed_sentence(application.status, application.reopened))
