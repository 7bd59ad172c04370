"""The people who act for a company."""

from __future__ import annotations

import uuid
from datetime import datetime
from itertools import groupby

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.accounts.models import Person
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded
from certify.organisations import queries, service, words
from certify.organisations.forms import HandOverForm, MemberForm
from certify.organisations.models import Organisation
from certify.organisations.queries import get_organisation
from certify.organisations.rules import MemberRole
from certify.organisations.views import blueprint, shown


@blueprint.route("/<uuid:organisation_id>/people", methods=["GET", "POST"])
@guarded("organisation.manage_people", organisation=get_organisation)
def people(organisation: Organisation) -> ResponseReturnValue:
    """List who acts for the company, and add somebody."""
    form = MemberForm()
    fault = None
    if form.validate_on_submit():
        try:
            service.add_member(
                organisation, email=form.email.data or "", role=MemberRole(form.role.data), actor=current_actor()
            )
        except Invalid as refused:
            fault = refused
        else:
            flash(_("This person acts for the company now and was told by e-mail."), "success")
            return redirect(url_for(".people", organisation_id=organisation.id))
    return shown(
        "people",
        form,
        fault=fault,
        organisation=organisation,
        people=people_rows(organisation),
        meanings={role.value: meaning for role, meaning in words.MEMBER_ROLE_MEANINGS.items()},
    )


def people_rows(organisation: Organisation) -> list[tuple[uuid.UUID, Person, list[str], datetime, bool]]:
    """Return each person once: who, their parts in words, since when, and whether they are the legal representative."""
    rows = []
    for person_id, found in groupby(queries.list_memberships(organisation), key=lambda one: one.person_id):
        parts = list(found)
        roles = sorted({one.role for one in parts}, key=list(MemberRole).index, reverse=True)
        represents = MemberRole.LEGAL_REPRESENTATIVE in roles
        named = [str(words.MEMBER_ROLES[role]) for role in roles]
        rows.append((person_id, parts[0].person, named, min(one.since for one in parts), represents))
    return rows


@blueprint.post("/<uuid:organisation_id>/people/<uuid:person_id>/remove")
@guarded("organisation.manage_people", organisation=get_organisation)
def remove_member(organisation: Organisation, person_id: uuid.UUID) -> ResponseReturnValue:
    """End what a person may do for the company."""
    service.remove_member(organisation, person_id=person_id, actor=current_actor())
    flash(_("This person no longer acts for the company."), "success")
    return redirect(url_for(".people", organisation_id=organisation.id))


@blueprint.route("/<uuid:organisation_id>/people/hand-over", methods=["GET", "POST"])
@guarded("organisation.manage_people", organisation=get_organisation)
def hand_over(organisation: Organisation) -> ResponseReturnValue:
    """Make another person the legal representative."""
    form = HandOverForm()
    own = current_actor().person_id
    editors = [person for person in queries.people_of(organisation, MemberRole.EDITOR) if person.id != own]
    form.person.choices = [(str(person.id), f"{person.name} ({person.email})") for person in editors]
    if editors and form.validate_on_submit():
        service.hand_over(organisation, person_id=uuid.UUID(form.person.data), actor=current_actor())
        flash(_("The legal representative has changed. Everybody who acts for the company was told."), "success")
        return redirect(url_for(".show", organisation_id=organisation.id))
    return shown("hand_over", form, organisation=organisation, editors=editors)
