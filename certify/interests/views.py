"""The declaration that opens a file, the list of my declarations, and the chair's ruling."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from certify.accounts.rules import Role
from certify.interests import queries, service, words
from certify.interests.forms import AddedInterestForm, DeclarationForm, RulingForm
from certify.interests.models import Declaration, Subject
from certify.interests.policy import is_barred, is_cleared
from certify.interests.queries import get_declaration, get_subject
from certify.interests.rules import Interest, Nature, Ruling, own_path
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.policy import facts_about
from certify.kernel.web import current_actor, guarded

blueprint = Blueprint("interests", __name__, url_prefix="/interests")


@blueprint.get("/")
@guarded("interest.list")
def index() -> ResponseReturnValue:
    """List what I declared."""
    declarations = queries.list_declarations(current_actor().person_id)
    return render_template("interests/index.html", declarations=declarations, standing=words.standing, say=words)


@blueprint.get("/all")
@guarded("interest.audit", audited=True)
def audit() -> ResponseReturnValue:
    """Show an auditor every declaration and ruling; the reading is recorded."""
    declarations = queries.list_everything()
    return render_template("interests/audit.html", declarations=declarations, standing=words.standing, say=words)


@blueprint.route("/<subject_id>", methods=["GET", "POST"])
@guarded("interest.declare", subject=get_subject)
def declare(subject: Subject) -> ResponseReturnValue:
    """Ask for the declaration, and open the file once it is made."""
    actor = current_actor()
    go_on = own_path(request.args.get("next"))
    declared = queries.find_declaration(actor.person_id, subject.key)
    if request.method == "GET" and go_on and is_cleared(actor, subject.key):
        return redirect(go_on)
    form: DeclarationForm = AddedInterestForm() if declared else DeclarationForm()
    if form.validate_on_submit() and (answer := taken(form, subject, go_on)):
        return answer
    page = render_template("interests/declare.html", form=form, subject=subject, declared=declared, **facts(subject))
    return page, 422 if form.errors or form.refusal else 200


def taken(form: DeclarationForm, subject: Subject, go_on: str | None) -> Response | None:
    """Take the declaration and lead on; None where something is missing."""
    try:
        declaration = service.declare(
            subject.key,
            interest=Interest(form.interest.data),
            nature=Nature(form.nature.data) if form.nature.data else None,
            text=form.text.data or "",
            actor=current_actor(),
        )
    except Invalid as fault:
        form.refuse(fault)
        return None
    known = facts_about(declaration.person_id)
    if f"cleared:{subject.key}" in known and f"barred:{subject.key}" not in known:
        flash(_("You declared no interest. The file is open to you."), "success")
        return redirect(go_on or subject.link)
    flash(_("Your declaration is recorded. The file stays closed to you."), "success")
    return redirect(url_for(".declare", subject_id=subject.key))


def facts(subject: Subject) -> dict[str, Any]:
    """Return what the page shows beside the form; who is behind a company only to those who will read its file."""
    actor = current_actor()
    closed_by_state = is_barred(actor, subject.key) and not queries.bars(actor.person_id, subject.key)
    return {
        "closed_by_state": closed_by_state,
        "is_open": is_cleared(actor, subject.key),
        "speaks_for_state": bool(service.states_of(actor)),
        "shows_names": actor.has(Role.OFFICER, Role.EXPERT, Role.BOARD),
        "say": words,
        "standing": words.standing,
        "meanings": {one.value: words.INTEREST_MEANINGS[one] for one in Interest},
        "natures": {one.value: words.NATURE_MEANINGS[one] for one in Nature},
    }


@blueprint.route("/declarations/<uuid:declaration_id>/ruling", methods=["GET", "POST"])
@guarded("interest.rule", declaration=get_declaration)
def rule(declaration: Declaration) -> ResponseReturnValue:
    """Show a potential interest to the acting chair, and take the ruling."""
    form = RulingForm()
    if form.validate_on_submit():
        service.rule(declaration, ruling=Ruling(form.ruling.data), reason=form.reason.data or "", actor=current_actor())
        flash(_("Your ruling is recorded."), "success")
        return redirect(url_for(".rule", declaration_id=declaration.id))
    page = render_template(
        "interests/rule.html", form=form, declaration=declaration, say=words, standing=words.standing
    )
    return page, 422 if form.errors else 200
