"""The lists that are searched, and the page on which officers import a new version."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from certify.kernel import clock
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.files import shown_name
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded
from certify.screening import queries, service
from certify.screening.forms import ImportForm
from certify.screening.lists import ListRefused, ParsedList
from certify.screening.models import ListImport, SanctionsList
from certify.screening.rules import ListKind
from certify.screening.rules.verdicts import LIST_STALE_DAYS, is_stale
from certify.screening.views import blueprint, shown


@blueprint.get("/lists")
@guarded("list.see")
def lists() -> ResponseReturnValue:
    """Show each list with its version, its age and what a match on it leads to."""
    now = clock.now()
    found = [
        {"list": kept, "age": (now - kept.checked_at).days, "is_stale": is_stale(kept.checked_at, on=now)}
        for kept in queries.list_lists()
    ]
    return shown("lists", found=found, stale_days=LIST_STALE_DAYS)


@blueprint.route("/lists/import", methods=["GET", "POST"])
@guarded("list.import")
def import_list() -> ResponseReturnValue:
    """Take the files of a list and make them its live version."""
    form = ImportForm(data=named_list())
    if form.validate_on_submit() and (parsed := parsed_files(form)):
        try:
            version = imported(form, parsed)
        except RuleBroken as fault:
            form.refuse(Invalid(fault.sentence, fields=fault.fields))
        else:
            say_what_changed(parsed, version)
            return redirect(url_for(".lists"))
    return shown("import", form, files=service.FILES)


def named_list() -> dict[str, str]:
    """Return what is known of the list that the address names, for the form."""
    kept = queries.find_list(request.args.get("list", ""))
    if kept is None:
        return {}
    is_own = service.OWN_IDS.get(kept.kind) == kept.id
    return {"kind": kept.kind.value, "title": kept.title, "list_id": "" if is_own else kept.id}


def parsed_files(form: ImportForm) -> ParsedList | None:
    """Read the files; what is wrong with them stands at their field."""
    files = {shown_name(file.filename or ""): file.read() for file in form.files.data or ()}
    named, reason = form.list_id.data or "", form.accept_drop.data or ""
    try:
        return service.read_list(ListKind(form.kind.data), files, list_id=named, accept_drop=reason)
    except ListRefused as refused:
        form.refuse(Invalid("", fields={"files": _(refused.sentence, **refused.facts)}))
        return None


def imported(form: ImportForm, parsed: ParsedList) -> ListImport | None:
    """Hand a list that was read to the service."""
    named = ", ".join(shown_name(file.filename or "") for file in form.files.data or ())
    return service.import_list(
        parsed,
        title=form.title.data or service.TITLES.get(parsed.kind, parsed.list_id),
        source=named,
        actor=current_actor(),
        accept_drop=form.accept_drop.data or "",
    )


def say_what_changed(parsed: ParsedList, version: ListImport | None) -> None:
    """Tell the officer what the import did, and what was odd but harmless."""
    if version is None:
        kept: SanctionsList = queries.get_list(parsed.list_id)
        sentence = _("%(title)s: no change. The files are those of its live version.", title=kept.title)
    else:
        sentence = _(
            "%(title)s: version %(number)d is live, with %(added)d entries added, %(removed)d removed and "
            "%(changed)d changed. Every company that was screened before is screened again.",
            title=version.sanctions_list.title,
            **change_of(version),
        )
    flash(sentence, "success")
    for warning in parsed.warnings:
        flash(warning, "warning")


def change_of(version: ListImport) -> dict[str, Any]:
    """Return the figures of a version."""
    return {name: getattr(version, name) for name in ("number", "added", "removed", "changed")}
