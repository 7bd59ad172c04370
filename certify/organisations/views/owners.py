"""Owners of 10 percent or more, and directors: listed, added one at a time, removed."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded
from certify.organisations import queries, service, words
from certify.organisations.forms import DirectorForm, OwnerForm
from certify.organisations.models import Director, Organisation, Owner
from certify.organisations.queries import get_director, get_organisation, get_owner
from certify.organisations.rules import OwnerKind
from certify.organisations.views import blueprint, shown


@blueprint.route("/<uuid:organisation_id>/owners", methods=["GET", "POST"])
@guarded("organisation.edit", organisation=get_organisation)
def owners(organisation: Organisation) -> ResponseReturnValue:
    """List the owners of 10 percent or more, and add one."""
    form = OwnerForm()
    fault = None
    if form.validate_on_submit():
        try:
            keep_owner(organisation, form)
        except Invalid as refused:
            fault = refused
        else:
            flash(_("The owner is listed."), "success")
            return redirect(url_for(".owners", organisation_id=organisation.id))
    return shown(
        "owners",
        form,
        fault=fault,
        organisation=organisation,
        owners=queries.list_owners(organisation),
        ownership=organisation.ownership,
        country_name=words.country_name,
        share_text=words.share_text,
        owner_kinds=words.OWNER_KINDS,
    )


def keep_owner(organisation: Organisation, form: OwnerForm) -> Owner:
    """Hand what was typed to the service."""
    return service.add_owner(
        organisation,
        actor=current_actor(),
        kind=OwnerKind(form.kind.data),
        share_bp=form.share.share_bp,
        name=form.name.data or "",
        country=form.country.data or None,
        birth_date=form.birth_date.data,
        entry_id=form.entry.entry_id,
    )


@blueprint.post("/<uuid:organisation_id>/owners/<uuid:owner_id>/remove")
@guarded("organisation.edit", owner=get_owner, organisation=get_organisation)
def remove_owner(owner: Owner, organisation: Organisation) -> ResponseReturnValue:
    """Take an owner from the list."""
    service.remove_owner(owner, actor=current_actor())
    flash(_("The owner is no longer listed."), "success")
    return redirect(url_for(".owners", organisation_id=organisation.id))


@blueprint.post("/<uuid:organisation_id>/owners/none")
@guarded("organisation.edit", organisation=get_organisation)
def widely_held(organisation: Organisation) -> ResponseReturnValue:
    """State that nobody owns 10 percent or more."""
    service.state_widely_held(organisation, actor=current_actor())
    flash(_("It is noted that nobody owns 10 percent or more."), "success")
    return redirect(url_for(".owners", organisation_id=organisation.id))


@blueprint.route("/<uuid:organisation_id>/directors", methods=["GET", "POST"])
@guarded("organisation.edit", organisation=get_organisation)
def directors(organisation: Organisation) -> ResponseReturnValue:
    """List the directors, and add one."""
    form = DirectorForm()
    fault = None
    if form.validate_on_submit():
        try:
            keep_director(organisation, form)
        except Invalid as refused:
            fault = refused
        else:
            flash(_("The director is listed."), "success")
            return redirect(url_for(".directors", organisation_id=organisation.id))
    return shown(
        "directors",
        form,
        fault=fault,
        organisation=organisation,
        directors=queries.list_directors(organisation),
        country_name=words.country_name,
    )


def keep_director(organisation: Organisation, form: DirectorForm) -> Director:
    """Hand what was typed to the service."""
    return service.add_director(
        organisation,
        actor=current_actor(),
        name=form.name.data or "",
        role_title=form.role_title.data or "",
        country=form.country.data,
        birth_date=form.birth_date.data,
        entry_id=form.entry.entry_id,
    )


@blueprint.post("/<uuid:organisation_id>/directors/<uuid:director_id>/remove")
@guarded("organisation.edit", director=get_director, organisation=get_organisation)
def remove_director(director: Director, organisation: Organisation) -> ResponseReturnValue:
    """Take a director from the list."""
    service.remove_director(director, actor=current_actor())
    flash(_("The director is no longer listed."), "success")
    return redirect(url_for(".directors", organisation_id=organisation.id))
