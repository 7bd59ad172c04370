"""What is left to do: for the company in its application, and for each person on their home page."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from certify.accounts.queries import person_named
from certify.applications.models import Application
from certify.applications.queries.answers import answers_of, declared, evidence_by_criterion
from certify.applications.queries.cases import criteria_asked, list_applications, pinned_framework, profile_of
from certify.applications.rules import (
    OPEN,
    Given,
    Progress,
    Status,
    applicable_of,
    may_edit,
    missing_declarations,
    progress_of,
)
from certify.criteria.rules import Criterion, Theme
from certify.kernel import clock
from certify.kernel.errors import NotFound
from certify.kernel.events import timeline
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.kernel.waiting import Waiting
from certify.organisations.queries import list_memberships


@dataclass(frozen=True, slots=True)
class QuestionState:
    """One question of the application: how far it is, how many files stand beside it, whether it may be changed."""

    criterion: Criterion
    progress: Progress
    files: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class ThemeState:
    """The questions of one theme that are asked of this company."""

    theme: Theme
    questions: tuple[QuestionState, ...]

    @property
    def done(self) -> int:
        """Number of answered questions."""
        return sum(question.progress is Progress.COMPLETE for question in self.questions)

    @property
    def without_files(self) -> int:
        """Number of answered questions that nothing stands beside."""
        return sum(question.progress is Progress.COMPLETE and not question.files for question in self.questions)

    @property
    def progress(self) -> Progress:
        """How far the theme is."""
        states = {question.progress for question in self.questions}
        if states == {Progress.COMPLETE}:
            return Progress.COMPLETE
        return Progress.NOT_STARTED if states == {Progress.NOT_STARTED} else Progress.IN_PROGRESS


@dataclass(frozen=True, slots=True)
class TaskList:
    """All that an application needs before it can be signed off."""

    cooperation: Progress
    declarations: Progress
    themes: tuple[ThemeState, ...]
    reopened: tuple[QuestionState, ...]
    """The questions that a clarification opened again; empty at any other time."""

    @property
    def asked(self) -> int:
        """Number of questions asked of this company."""
        return sum(len(theme.questions) for theme in self.themes)

    @property
    def done(self) -> int:
        """Number of answered questions."""
        return sum(theme.done for theme in self.themes)

    @property
    def is_complete(self) -> bool:
        """Whether the sign-off can be asked for."""
        parts = [self.cooperation, self.declarations, *(theme.progress for theme in self.themes)]
        return all(part is Progress.COMPLETE for part in parts)


def task_list(application: Application) -> TaskList:
    """Return what is done and what is left."""
    framework = pinned_framework(application)
    themes = tuple(theme_states(application))
    said = declared(application)
    open_ones = missing_declarations(framework, said)
    declarations = Progress.IN_PROGRESS if said else Progress.NOT_STARTED
    in_clarification = application.status is Status.CLARIFICATION
    return TaskList(
        cooperation=Progress.COMPLETE if application.proposed_cooperation.strip() else Progress.NOT_STARTED,
        declarations=declarations if open_ones else Progress.COMPLETE,
        themes=themes,
        reopened=tuple(
            question for state in themes for question in state.questions if in_clarification and question.is_open
        ),
    )


def theme_states(application: Application) -> Iterable[ThemeState]:
    """Yield the state of each theme in which something is asked."""
    profile, open_ones = profile_of(application), open_criteria(application)
    stored, files = answers_of(application), evidence_by_criterion(application)
    said = {criterion for criterion, answer in stored.items() if answer.given.answers}
    begun = {criterion for criterion, answer in stored.items() if answer.given != Given()} | files.keys()
    for theme in pinned_framework(application).themes:
        questions = tuple(
            QuestionState(
                criterion,
                progress_of([criterion], said, begun),
                len(files.get(criterion.id, ())),
                criterion.id in open_ones,
            )
            for criterion in applicable_of(theme, profile)
        )
        if questions:
            yield ThemeState(theme, questions)


def theme_of(application: Application, theme: str) -> ThemeState:
    """Return the state of one theme, or raise NotFound."""
    for state in theme_states(application):
        if state.theme.id == theme:
            return state
    raise NotFound(_("This page does not exist, or it is not open to you."))


def open_criteria(application: Application) -> set[str]:
    """Return the criteria whose answers may be changed today."""
    status, reopened, today = application.status, application.reopened, clock.today()
    asked = criteria_asked(application)
    return {criterion.id for criterion in asked if may_edit(status, criterion.id, reopened, today)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands in its theme: number from 1, of how many."""

    theme: str
    number: int
    total: int


def place_of(application: Application, criterion: str) -> Place:
    """Return where a question stands among those asked, or raise NotFound."""
    theme = pinned_framework(application).criteria[criterion].theme
    ids = [question.criterion.id for question in theme_of(application, theme).questions]
    return Place(theme, ids.index(criterion) + 1, len(ids))


def next_question(application: Application, criterion: str) -> str | None:
    """Return the question to go on with: the next of the theme that may be changed; None at the end."""
    open_ones = open_criteria(application)
    ids = [each.id for each in criteria_asked(application)]
    theme = pinned_framework(application).criteria[criterion].theme
    following = [
        each
        for each in ids[ids.index(criterion) + 1 :]
        if each in open_ones and (application.status is Status.CLARIFICATION or each.startswith(f"{theme}-"))
    ]
    return following[0] if following else None


@dataclass(frozen=True, slots=True)
class Gaps:
    """What stands between an application and its sign-off; answers without a file are allowed, and weak."""

    cooperation: bool
    declarations: tuple[str, ...]
    answers: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def stop(self) -> bool:
        """Whether the sign-off cannot be asked for yet."""
        return self.cooperation or bool(self.declarations or self.answers)


def gaps(application: Application) -> Gaps:
    """Return what is missing, in the framework's order."""
    questions = [question for state in theme_states(application) for question in state.questions]
    done = Progress.COMPLETE
    return Gaps(
        cooperation=not application.proposed_cooperation.strip(),
        declarations=tuple(missing_declarations(pinned_framework(application), declared(application))),
        answers=tuple(each.criterion.id for each in questions if each.progress is not done),
        files=tuple(each.criterion.id for each in questions if each.progress is done and not each.files),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the case's history; `who` is named only where it is one of the company's own people."""

    when: datetime
    sentence: str
    who: str
    reason: str


def history(application: Application) -> list[Told]:
    """Tell the case's story, newest first; officers and members of the Board are not named to the company."""
    own = {membership.person.name for membership in list_memberships(application.organisation)}
    told = timeline(application.case_key)
    return [Told(line.when, line.sentence, line.who if line.who in own else "", line.reason) for line in reversed(told)]


def name_of(person_id: uuid.UUID | None) -> str:
    """Return the name of whoever saved something."""
    return person_named(person_id)


def waiting_for(actor: Actor) -> list[Waiting]:
    """Say what waits for a company's people: an answer to a clarification, a sign-off, a draft."""
    companies = {fact.partition(":")[2] for fact in actor.facts if fact.startswith("member:")}
    found = [
        waiting_in(actor, application)
        for company in sorted(companies)
        for application in list_applications(statuses=OPEN, organisation_id=uuid.UUID(company))
    ]
    return [thing for thing in found if thing is not None]


def waiting_in(actor: Actor, application: Application) -> Waiting | None:
    """Say what an application waits for from this person."""
    writes = actor.holds("editor", application.organisation_id)
    signs = actor.holds("legal_representative", application.organisation_id)
    if application.status is Status.CLARIFICATION and (writes or signs):
        what = _("Answer the clarification of %(reference)s", reference=application.reference)
        due = application.reopened.until if application.reopened else None
        return Waiting(what, "applications.show", {"application_id": application.id}, due)
    if application.status is Status.AWAITING_SIGN_OFF and signs:
        what = _("Sign off the application %(reference)s", reference=application.reference)
        return Waiting(what, "applications.sign_off", {"application_id": application.id})
    if application.status is Status.DRAFT and writes:
        what = _("Go on with the application %(reference)s", reference=application.reference)
        return Waiting(what, "applications.show", {"application_id": application.id})
    return None
