"""Sign-off: the editors ask, the legal representative declares, and what was said is frozen."""

from __future__ import annotations

from certify.applications.models import Application, Snapshot
from certify.applications.queries import (
    answered,
    computed_profile,
    declared,
    latest_snapshot,
    pinned_framework,
)
from certify.applications.rules import (
    ApplicationSubmitted,
    ApplicationWithdrawn,
    ClarificationAnswered,
    ReturnedToEditing,
    SignOffRequested,
    Status,
    Step,
    missing_answers,
    missing_declarations,
)
from certify.applications.service import letters
from certify.applications.service.freezing import content_now, digest_of_reading, freeze
from certify.applications.service.steps import move
from certify.criteria.rules import YesNo
from certify.interests.service import open_subject
from certify.kernel import audit, clock, files
from certify.kernel.db import lock
from certify.kernel.errors import RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _, _l, day
from certify.kernel.jobs import enqueue
from certify.kernel.policy import Actor, require
from certify.organisations.queries import list_owners, missing_parts

CONSULTATION_DAYS = 20
"""Working days that a government has to answer; the consultations slice keeps the rule."""


def request_sign_off(application: Application, *, actor: Actor) -> None:
    """Ask the legal representative to sign off; every question has to be answered by then."""
    require(actor, "application.request_sign_off", application)
    if lock(application).status is Status.CLARIFICATION:
        ask_again(application)
    else:
        move(application, Step.REQUEST_SIGN_OFF)
        follow_the_organisation(application)
    check_complete(application)
    audit.record("application.request_sign_off", actor=actor, case_key=application.case_key)
    publish(SignOffRequested(application.id), case_key=application.case_key, actor=actor)
    letters.tell(
        [person for person in letters.legal_representatives(application) if person.id != actor.person_id],
        application,
        subject=_l("Please sign off the application %(reference)s", reference=application.reference),
        notice="sign_off_requested",
        asked_by=actor.name,
    )


def ask_again(application: Application) -> None:
    """Note in the open clarification that the editors are done."""
    asked = application.open_clarification
    if asked is None or clock.today() > asked.until:
        raise RuleBroken(_("The time for this clarification has ended."))
    asked.sign_off_asked_at = clock.now()


def return_to_editing(application: Application, *, actor: Actor) -> None:
    """Go back to the answers before signing off."""
    require(actor, "application.return_to_editing", application)
    move(application, Step.RETURN_TO_EDITING)
    audit.record("application.return_to_editing", actor=actor, case_key=application.case_key)
    publish(ReturnedToEditing(application.id), case_key=application.case_key, actor=actor)


def follow_the_organisation(application: Application) -> None:
    """Take size and sectors from the organisation's present facts, for the last time before they are frozen."""
    if missing_parts(application.organisation):
        raise RuleBroken(_("Please complete your organisation's page first: activities, size, owners and directors."))
    profile = computed_profile(application.organisation)
    application.size, application.sectors = profile.size, list(profile.sectors)


def check_complete(application: Application) -> None:
    """Raise RuleBroken, naming what is missing."""
    framework = pinned_framework(application)
    missing = [
        *missing_answers(framework, application.profile, answered(application)),
        *missing_declarations(framework, declared(application)),
    ]
    if missing:
        raise RuleBroken(_("Please answer first: %(which)s.", which=", ".join(missing)))
    if not application.proposed_cooperation.strip():
        raise RuleBroken(_("Please describe first what you propose to do together."))


class ChangedSinceRead(RuleBroken):
    """What was shown for signing is not what would be signed."""

    def __init__(self) -> None:
        super().__init__(_("Something changed after you opened this page. Please read it again before you sign off."))


def submit_application(application: Application, *, read: str | None = None, actor: Actor) -> Snapshot:
    """Sign off: freeze snapshot n+1 and hand the case to the Secretariat, or back to it after a clarification.

    `read` is the digest of what the signer was shown; ChangedSinceRead where that is no longer what would be frozen.
    """
    require(actor, "application.submit", application)
    status = lock(application).status
    if read is not None and read != digest_of_reading(content_now(application)):
        raise ChangedSinceRead
    if status is Status.CLARIFICATION:
        return answer_clarification(application, actor=actor)
    move(application, Step.SUBMIT)
    follow_the_organisation(application)
    check_complete(application)
    application.submitted_at = clock.now()
    snapshot = freeze(application, actor=actor)
    open_to_declarations(application)
    note_sign_off(application, snapshot, actor)
    publish(
        ApplicationSubmitted(application.id, application.organisation_id, snapshot.number),
        case_key=application.case_key,
        actor=actor,
    )
    letters.tell(
        letters.writers_and_signers(application),
        application,
        subject=_l("We received your application %(reference)s", reference=application.reference),
        notice="submitted",
        snapshot=snapshot,
        consultation_ends=clock.add_working_days(clock.today(), CONSULTATION_DAYS),
    )
    return snapshot


def open_to_declarations(application: Application) -> None:
    """Let officers and the Board declare their interests before they open the file; the seat's state is in conflict."""
    organisation = application.organisation
    open_subject(
        application.case_key,
        title=f"{application.reference} · {organisation.legal_name}",
        link=f"/cases/{application.id}",
        organisations=[organisation.legal_name, *[owner.name for owner in list_owners(organisation) if owner.name]],
        countries=[organisation.country],
        also=[organisation.case_key],
    )


def answer_clarification(application: Application, *, actor: Actor) -> Snapshot:
    """Freeze what was changed and hand the case back."""
    asked = application.open_clarification
    if asked is None or clock.today() > asked.until:
        raise RuleBroken(_("The time for this clarification has ended."))
    move(application, Step.ANSWER_CLARIFICATION)
    check_complete(application)
    before = latest_snapshot(application)
    snapshot = freeze(application, actor=actor)
    asked.closed_at, asked.answered_in = clock.now(), snapshot.number
    note_sign_off(application, snapshot, actor)
    publish(
        ClarificationAnswered(
            application.id, application.organisation_id, snapshot.number, facts_changed(before, snapshot)
        ),
        case_key=application.case_key,
        actor=actor,
    )
    letters.tell(
        letters.writers_and_signers(application),
        application,
        subject=_l("We received your clarification to %(reference)s", reference=application.reference),
        notice="clarification_answered",
        snapshot=snapshot,
    )
    return snapshot


def facts_changed(before: Snapshot | None, after: Snapshot) -> YesNo:
    """Whether owners, directors or countries differ from the snapshot before."""
    parts = ("owners", "directors", "countries", "legal_name")
    old = before.content["organisation"] if before else {}
    new = after.content["organisation"]
    return YesNo.YES if any(old.get(part) != new[part] for part in parts) else YesNo.NO


def note_sign_off(application: Application, snapshot: Snapshot, actor: Actor) -> None:
    """Record the sign-off and promise the PDF."""
    audit.record(
        "application.submit",
        actor=actor,
        case_key=application.case_key,
        snapshot=snapshot.number,
        sha256=snapshot.sha256,
    )
    enqueue("applications.print_snapshot", {"snapshot": str(snapshot.id)}, once=f"print:{snapshot.id}")


def keep_print(snapshot: Snapshot, pdf: bytes) -> None:
    """Keep the PDF of a snapshot; printed again, the first one stays."""
    if lock(snapshot).file_id is not None:
        return
    actor = Actor.system("printed after sign-off")
    name = f"{snapshot.application.reference}-{snapshot.number}.pdf"
    snapshot.file_id = files.keep(pdf, name=name, media_type="application/pdf", actor=actor).id
    audit.record("snapshot.print", actor=actor, case_key=snapshot.case_key, snapshot=snapshot.number)


def withdraw_application(application: Application, *, reason: str = "", actor: Actor) -> None:
    """Take the application back, any time before the decision."""
    require(actor, "application.withdraw", application)
    before = move(application, Step.WITHDRAW)
    if (asked := application.open_clarification) is not None:
        asked.closed_at = clock.now()
    audit.record("application.withdraw", actor=actor, case_key=application.case_key, before=before.value)
    publish(
        ApplicationWithdrawn(application.id, application.organisation_id),
        case_key=application.case_key,
        actor=actor,
        public_reason=reason,
    )
    letters.tell(
        letters.writers_and_signers(application),
        application,
        subject=_l("The application %(reference)s was withdrawn", reference=application.reference),
        notice="withdrawn",
        withdrawn_on=day(clock.today()),
    )
