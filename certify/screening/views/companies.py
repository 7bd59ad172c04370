"""The screening of one company: what it amounts to today, when it ran, against which lists, and every hit."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from certify.kernel import clock
from certify.kernel.i18n import _
from certify.kernel.jobs import ATTEMPTS
from certify.kernel.web import current_actor, guarded
from certify.organisations.models import Organisation
from certify.organisations.queries import get_organisation
from certify.screening import queries, service
from certify.screening.models import HitRecord, ScreeningRun
from certify.screening.rules import ScreeningStatus
from certify.screening.rules.verdicts import FRESH_DAYS, StateWord, is_stale
from certify.screening.views import blueprint, shown

RUNS_SHOWN = 20


@blueprint.get("/organisations/<uuid:organisation_id>")
@guarded("screening.see", organisation=get_organisation)
def organisation(organisation: Organisation) -> ResponseReturnValue:
    """Show what the screening of a company amounts to, and how that came about."""
    runs, state = queries.list_runs(organisation.id), queries.screening_state(organisation.id, on=clock.now())
    promised = queries.waiting_screening(organisation.id)
    return shown(
        "organisation",
        organisation=organisation,
        state=state,
        StateWord=StateWord,
        fresh_days=FRESH_DAYS,
        failed=runs[0] if runs and runs[0].status is ScreeningStatus.NOT_SCREENED else None,
        promised=promised,
        given_up=bool(promised and promised.attempts >= ATTEMPTS),
        searched=searched_lists(queries.latest_run(organisation.id)),
        subjects=queries.subjects_of(organisation),
        unknown_owners=[owner for owner in organisation.owners if owner.is_unresolved],
        hits=sorted(queries.list_hits(organisation_id=organisation.id), key=by_urgency),
        runs=runs[:RUNS_SHOWN],
        ScreeningStatus=ScreeningStatus,
    )


def by_urgency(hit: HitRecord) -> tuple[bool, int]:
    """Order hits: those that wait first, the most alike first."""
    return hit.status not in queries.UNDECIDED, -hit.score_bp


def searched_lists(run: ScreeningRun | None) -> list[dict[str, Any]]:
    """Return the lists that a run searched, each with its version and whether that is the newest and was checked."""
    found = []
    for searched in run.versions if run else ():
        kept = queries.find_list(searched["list_id"])
        version = queries.find_version(searched["list_id"], searched["digest"])
        found.append(
            {
                "searched": searched,
                "list": kept,
                "version": version,
                "is_live": bool(kept and kept.live and version and kept.live.number == version.number),
                "is_stale": bool(kept and is_stale(kept.checked_at, on=clock.now())),
            }
        )
    return found


@blueprint.post("/organisations/<uuid:organisation_id>/screen")
@guarded("screening.request", organisation=get_organisation)
def screen(organisation: Organisation) -> ResponseReturnValue:
    """Have a company screened now, by the worker."""
    if service.screen_again(organisation, actor=current_actor()):
        flash(_("The screening is asked for. It takes up to a minute; you can leave this page."), "success")
    else:
        flash(_("A screening of this company is under way already."), "info")
    return redirect(url_for(".organisation", organisation_id=organisation.id))
