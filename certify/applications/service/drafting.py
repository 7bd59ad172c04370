"""Starting an application, what the company proposes, and what it declares on exclusions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from certify.applications.models import Application, ExclusionAnswer
from certify.applications.queries import (
    computed_profile,
    exclusion_answers_of,
    find_open_application,
    pinned_framework,
)
from certify.applications.rules import ApplicationStarted, Declared, declared_exclusions
from certify.applications.service.steps import require_draft
from certify.criteria.library import load_framework
from certify.criteria.queries import CURRENT_FRAMEWORK
from certify.criteria.rules import YesNo
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotFound, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require
from certify.organisations.models import Organisation
from certify.organisations.queries import missing_parts

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without those that are mistaken for one another."""


class CooperationChanged(RuleBroken):
    """Someone else changed the proposed cooperation; `stored` is theirs, `mine` was not saved."""

    def __init__(self, stored: str, mine: str) -> None:
        super().__init__(_("Someone else changed this text while you were writing. Nothing of theirs was lost."))
        self.stored, self.mine = stored, mine


class DeclaredMeanwhile(RuleBroken):
    """Someone else declared otherwise after these were opened; `stored` is theirs, by exclusion."""

    def __init__(self, stored: Mapping[str, Declared]) -> None:
        super().__init__(_("Someone else changed these declarations while you were writing. Nothing was lost."))
        self.stored = stored


# -- starting ---------------------------------------------------------------------------------------------------------


def start_application(
    organisation: Organisation, *, framework: str = CURRENT_FRAMEWORK, proposed_cooperation: str = "", actor: Actor
) -> Application:
    """Begin an application and pin the criteria; where one is open already, return that one."""
    require(actor, "organisation.apply", organisation)
    lock(organisation)
    if found := find_open_application(organisation.id, framework):
        return found
    if missing_parts(organisation):
        raise RuleBroken(_("Please complete your organisation's page first: activities, size, owners and directors."))
    application = new_application(organisation, load_framework(framework).label, proposed_cooperation, actor)
    audit.record("organisation.apply", actor=actor, case_key=application.case_key, reference=application.reference)
    publish(ApplicationStarted(application.id, organisation.id, framework), case_key=application.case_key, actor=actor)
    return application


def new_application(organisation: Organisation, framework: str, proposed: str, actor: Actor) -> Application:
    """Write the row."""
    profile = computed_profile(organisation)
    application = Application(
        id=new_id(),
        reference=new_reference(),
        organisation=organisation,
        framework=framework,
        size=profile.size,
        sectors=list(profile.sectors),
        proposed_cooperation=proposed,
        created_by_id=actor.person_id,
        created_at=clock.now(),
    )
    db.session.add(application)
    db.session.flush()
    return application


def new_reference() -> str:
    """Draw a reference that can be read out and tells nothing of how many others there are: AP-2026-7KM3QX."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _position in range(6))
    return f"AP-{clock.today().year}-{letters}"


def save_cooperation(application: Application, text: str, *, revision: int, actor: Actor) -> None:
    """Save what the company proposes to do with the organisation."""
    require(actor, "application.edit", application)
    require_draft(lock(application))
    if text == application.proposed_cooperation:
        return
    if revision != application.cooperation_revision:
        raise CooperationChanged(application.proposed_cooperation, text)
    application.proposed_cooperation = text
    application.cooperation_revision += 1
    audit.record("application.edit", actor=actor, case_key=application.case_key, part="cooperation")


# -- declarations -----------------------------------------------------------------------------------------------------


def declare_exclusion(application: Application, *, exclusion: str, answer: YesNo, text: str = "", actor: Actor) -> None:
    """Keep what the company declares on one exclusion."""
    declare_exclusions(application, {exclusion: Declared(answer, text)}, revision=None, actor=actor)


def declare_exclusions(
    application: Application, declared: Mapping[str, Declared], *, revision: int | None, actor: Actor
) -> None:
    """Keep what the company declares on exclusions; that one applies needs words.

    `revision` is the one the writer started from, None to write whatever was there. Raises DeclaredMeanwhile where
    another editor declared otherwise since then.
    """
    require(actor, "application.edit", application)
    require_draft(lock(application))
    check_declared(application, declared)
    stored = exclusion_answers_of(application)
    changed = {
        exclusion: said
        for exclusion, said in declared.items()
        if exclusion not in stored or stored[exclusion].declared != said
    }
    theirs = {exclusion: stored[exclusion].declared for exclusion in changed if exclusion in stored}
    if theirs and revision not in {None, application.declarations_revision}:
        raise DeclaredMeanwhile(theirs)
    for exclusion, said in changed.items():
        write_declaration(application, stored.get(exclusion), exclusion, said, actor)
    application.declarations_revision += bool(changed)


def check_declared(application: Application, declared: Mapping[str, Declared]) -> None:
    """Raise NotFound for an exclusion that is not declared on, Invalid where words are missing."""
    asked = {each.id: each for each in declared_exclusions(pinned_framework(application))}
    if unknown := declared.keys() - asked.keys():
        raise NotFound(_("There is no such declaration: %(which)s.", which=", ".join(sorted(unknown))))
    sentence = _("Please explain what applies to your organisation.")
    unexplained = [
        exclusion
        for exclusion, said in declared.items()
        if said.answer is asked[exclusion].disqualifies_when and not said.text
    ]
    if unexplained:
        raise Invalid(sentence, fields={f"{exclusion}-text": sentence for exclusion in unexplained})


def write_declaration(
    application: Application, row: ExclusionAnswer | None, exclusion: str, said: Declared, actor: Actor
) -> None:
    """Put a declaration into its row."""
    if row is None:
        row = ExclusionAnswer(id=new_id(), application_id=application.id, exclusion=exclusion)
        db.session.add(row)
    row.answer, row.text = said.answer, said.text
    audit.record(
        "application.edit", actor=actor, case_key=application.case_key, part=exclusion, answer=said.answer.value
    )
