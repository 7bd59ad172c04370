"""A company's own pages: the list, registration, the overview, and its details part by part."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded
from certify.organisations import queries, service, words
from certify.organisations.forms import ActivitiesForm, CountriesForm, IdentityForm, RegisterForm, SearchForm
from certify.organisations.models import Organisation
from certify.organisations.queries import get_organisation
from certify.organisations.rules import INVENTED_STATES, MEMBER_STATES, SIZE_SOURCE, MemberRole, check_tax_identifier
from certify.organisations.views import blueprint, revision_of, shown

MEMBERS = frozenset({*MEMBER_STATES, *INVENTED_STATES})
"""The states whose boxes stand in sight; the invented ones are offered in a demonstration only."""


@blueprint.get("/")
@guarded("organisation.list")
def index() -> ResponseReturnValue:
    """List the person's own companies; to the Secretariat, all of them."""
    actor, form = current_actor(), SearchForm(formdata=request.args)
    sees_all = may(actor, "organisation.list_all")
    if sees_all:
        companies = queries.list_organisations((form.search.data or "") if form.validate() else "")
    else:
        companies = queries.find_organisations_of(actor.person_id) if actor.person_id else []
    return render_template(
        "organisations/index.html",
        organisations=companies,
        form=form,
        sees_all=sees_all,
        country_name=words.country_name,
    )


@blueprint.route("/register", methods=["GET", "POST"])
@guarded("organisation.register")
def register() -> ResponseReturnValue:
    """Register a company in sections; the details that take longer follow on its own page."""
    form = RegisterForm()
    if form.validate_on_submit():
        difference = form.difference.data or ""
        try:
            organisation = service.register_organisation(actor=current_actor(), difference=difference, **form.stated())
        except Invalid as fault:
            return shown("register", form, fault=fault, members=MEMBERS)
        flash(_("%(company)s is registered.", company=organisation.legal_name), "success")
        return redirect(url_for(".show", organisation_id=organisation.id))
    return shown("register", form, members=MEMBERS)


@blueprint.get("/<uuid:organisation_id>")
@guarded("organisation.see", organisation=get_organisation)
def show(organisation: Organisation) -> ResponseReturnValue:
    """Show what a company states about itself, and what it has not stated yet."""
    return render_template("organisations/show.html", organisation=organisation, **overview(organisation))


def overview(organisation: Organisation) -> dict[str, Any]:
    """Return what the overview shows beside the company's own columns."""
    return {
        "country_name": words.country_name,
        "divisions": [(code, words.division_title(code)) for code in sorted(organisation.isic_divisions)],
        "sectors": [words.SECTORS.get(sector, sector) for sector in organisation.sectors],
        "size": words.SIZES[organisation.size],
        "size_source": SIZE_SOURCE,
        "tax_verdict": words.TAX_VERDICTS[
            check_tax_identifier(organisation.tax_identifier, country=organisation.country)
        ],
        "missing": queries.missing_parts(organisation),
        "parts": words.PARTS,
        "owners": queries.list_owners(organisation),
        "directors": queries.list_directors(organisation),
        "owner_kinds": words.OWNER_KINDS,
        "share_text": words.share_text,
        "representatives": queries.people_of(organisation, MemberRole.LEGAL_REPRESENTATIVE),
    }


@blueprint.route("/<uuid:organisation_id>/identity", methods=["GET", "POST"])
@guarded("organisation.edit", organisation=get_organisation)
def identity(organisation: Organisation) -> ResponseReturnValue:
    """Change name and registration."""
    form = IdentityForm(obj=organisation, trade_names="\n".join(organisation.trade_names))
    saved = form.validate_on_submit()
    revision = revision_of(form, organisation)
    if saved:
        try:
            service.update_organisation(
                organisation,
                actor=current_actor(),
                revision=revision,
                difference=form.difference.data or "",
                **form.identity(),
            )
        except Invalid as fault:
            return shown("identity", form, fault=fault, organisation=organisation)
        return saved_to(organisation)
    return shown("identity", form, organisation=organisation)


@blueprint.route("/<uuid:organisation_id>/activities", methods=["GET", "POST"])
@guarded("organisation.edit", organisation=get_organisation)
def activities(organisation: Organisation) -> ResponseReturnValue:
    """Change activities and size."""
    form = ActivitiesForm(obj=organisation)
    saved = form.validate_on_submit()
    revision = revision_of(form, organisation)
    context: dict[str, Any] = {
        "organisation": organisation,
        "sections": words.divisions_by_section(),
        "size_source": SIZE_SOURCE,
    }
    if saved:
        stated = {name: form[name].data for name in ("isic_divisions", "employees", "turnover_usd")}
        try:
            service.update_organisation(organisation, actor=current_actor(), revision=revision, **stated)
        except Invalid as fault:
            return shown("activities", form, fault=fault, **context)
        return saved_to(organisation)
    return shown("activities", form, **context)


@blueprint.route("/<uuid:organisation_id>/countries", methods=["GET", "POST"])
@guarded("organisation.edit", organisation=get_organisation)
def countries(organisation: Organisation) -> ResponseReturnValue:
    """Change the countries of operation."""
    form = CountriesForm(obj=organisation)
    saved = form.validate_on_submit()
    revision = revision_of(form, organisation)
    context: dict[str, Any] = {
        "organisation": organisation,
        "members": MEMBERS,
        "country_name": words.country_name,
    }
    if saved:
        try:
            service.update_organisation(
                organisation, actor=current_actor(), revision=revision, countries=form.countries.data or []
            )
        except Invalid as fault:
            return shown("countries", form, fault=fault, **context)
        return saved_to(organisation)
    return shown("countries", form, **context)


def saved_to(organisation: Organisation) -> ResponseReturnValue:
    """Go back to the overview and say that the change is kept."""
    flash(_("Your changes are saved."), "success")
    return redirect(url_for(".show", organisation_id=organisation.id))
