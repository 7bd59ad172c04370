"""One's own account, and the administrators' pages of people and roles."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import logout_user

from certify.accounts import queries, service, words
from certify.accounts.forms import AccountForm, PeopleForm, RoleForm
from certify.accounts.models import Grant, Person
from certify.accounts.queries import get_grant, get_person
from certify.accounts.rules import COUNTRY_ROLES, Role, may_confirm
from certify.kernel.errors import Invalid
from certify.kernel.i18n import LANGUAGES, _
from certify.kernel.web import current_actor, guarded

blueprint = Blueprint("accounts", __name__)


def own_person() -> Person:
    """Return whoever is signed in."""
    person_id = current_actor().person_id
    assert person_id is not None
    return get_person(person_id)


@blueprint.route("/account", methods=["GET", "POST"])
@guarded("account.keep")
def own() -> ResponseReturnValue:
    """Show one's own account, and change name and language."""
    person = own_person()
    form = AccountForm(obj=person)
    if form.validate_on_submit():
        service.keep_account(person, name=form.name.data or "", language=form.language.data, actor=current_actor())
        session["language"] = person.language
        flash(_("Your account is saved."), "success")
        return redirect(url_for(".own"))
    roles = [(words.ROLES[grant.role], words.country_name(grant.country)) for grant in person.live_grants]
    return render_template("accounts/own.html", form=form, person=person, roles=roles), 422 if form.errors else 200


@blueprint.post("/account/sign-out-everywhere")
@guarded("account.keep")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session, this one too."""
    service.sign_out_everywhere(own_person(), actor=current_actor())
    logout_user()
    flash(_("You are signed out on every device."), "success")
    return redirect(url_for("security.login"))


@blueprint.get("/people")
@guarded("person.list")
def people() -> ResponseReturnValue:
    """List everybody with an account, and the roles that wait for a second administrator."""
    form = PeopleForm(formdata=request.args)
    search = (form.search.data or "") if form.validate() else ""
    return render_template(
        "accounts/people.html",
        form=form,
        people=queries.list_people(search),
        proposed=queries.proposed_grants(),
        roles=words.ROLES,
        country_name=words.country_name,
        languages_of=LANGUAGES,
    )


@blueprint.get("/people/<uuid:person_id>")
@guarded("person.list", person=get_person)
def person(person: Person) -> ResponseReturnValue:
    """Show a person's roles."""
    return person_page(person, RoleForm())


@blueprint.post("/people/<uuid:person_id>")
@guarded("role.propose", person=get_person)
def propose(person: Person) -> ResponseReturnValue:
    """Propose a role for a person."""
    form = RoleForm()
    if not form.validate_on_submit():
        return person_page(person, form)
    role = Role(form.role.data)
    try:
        service.propose_role(
            person,
            role=role,
            country=(form.country.data or None) if role in COUNTRY_ROLES else None,
            actor=current_actor(),
        )
    except Invalid as fault:
        form.refuse(fault)
        return person_page(person, form)
    flash(_("The role is proposed. Another administrator confirms it."), "success")
    return redirect(url_for(".person", person_id=person.id))


def person_page(person: Person, form: RoleForm) -> ResponseReturnValue:
    """Show a person's roles and the form for another."""
    confirmer = current_actor().person_id
    confirmable = {
        grant.id
        for grant in person.grants
        if may_confirm(proposed_by=grant.proposed_by_id, person=person.id, confirmer=confirmer)
    }
    page = render_template(
        "accounts/person.html",
        form=form,
        subject=person,
        grants=person.grants,
        confirmable=confirmable,
        own=person.id == confirmer,
        roles=words.ROLES,
        meanings={role.value: meaning for role, meaning in words.ROLE_MEANINGS.items()},
        country_name=words.country_name,
        languages_of=LANGUAGES,
    )
    return page, 422 if form.errors or form.refusal else 200


@blueprint.post("/grants/<uuid:grant_id>/confirm")
@guarded("role.confirm", grant=get_grant)
def confirm(grant: Grant) -> ResponseReturnValue:
    """Confirm a proposed role as the second administrator."""
    service.confirm_role(grant, actor=current_actor())
    flash(_("The role is granted, and the person was told."), "success")
    return redirect(url_for(".person", person_id=grant.person_id))


@blueprint.post("/grants/<uuid:grant_id>/withdraw")
@guarded("role.withdraw", grant=get_grant)
def withdraw(grant: Grant) -> ResponseReturnValue:
    """Take a role or a proposal away."""
    service.withdraw_role(grant, actor=current_actor())
    flash(_("The role has ended."), "success")
    return redirect(url_for(".person", person_id=grant.person_id))
