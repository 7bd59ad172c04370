"""The queue: which cases wait, for what, until when; filters stay in the address."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from certify.accounts.rules import Role
from certify.assessment.queries import Queued, find_queue
from certify.assessment.rules import Waiting
from certify.assessment.views import blueprint, shown
from certify.assessment.words import WAITING
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.kernel.web import current_actor, guarded
from certify.organisations.words import country_name

ORDERS: dict[str, Any] = {
    "due": lambda one: (one.due, one.application.reference),
    "company": lambda one: (one.application.organisation.legal_name.casefold(), one.application.reference),
    "country": lambda one: (country_name(one.application.organisation.country), one.due),
    "waiting": lambda one: (list(Waiting).index(one.waiting), one.due),
}
HOUSE = (Role.OFFICER, Role.AUDITOR)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


def found_queue(actor: Actor) -> list[Queued]:
    """Return the cases that the filters of the address leave, in the order that it names."""
    asked = request.args.get("waiting", "")
    mine = request.args.get("mine") == "1" or not actor.has(*HOUSE)
    queue = find_queue(
        waiting=Waiting(asked) if asked in set(Waiting) else None,
        person_id=actor.person_id if mine else None,
        country=request.args.get("country", ""),
        search=request.args.get("q", "").strip(),
        hidden=[fact.removeprefix("barred:") for fact in actor.facts if fact.startswith("barred:")],
    )
    order = request.args.get("sort", "due")
    return sorted(queue, key=ORDERS.get(order.lstrip("-"), ORDERS["due"]), reverse=order.startswith("-"))


@blueprint.get("/")
@guarded("assessment.queue")
def queue() -> ResponseReturnValue:
    """List the cases that wait, those due first."""
    actor = current_actor()
    hidden = [fact.removeprefix("barred:") for fact in actor.facts if fact.startswith("barred:")]
    every = find_queue(hidden=hidden)
    return shown(
        "queue",
        queue=found_queue(actor),
        countries=sorted({one.application.organisation.country for one in every}, key=country_name),
        counts={waiting: sum(one.waiting is waiting for one in every) for waiting in Waiting},
        Waiting=Waiting,
        sees_all=actor.has(*HOUSE),
    )


@blueprint.get("/queue.csv")
@guarded("assessment.queue")
def queue_csv() -> Response:
    """Give exactly the rows that the page shows, as CSV."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(
        [_("Reference"), _("Company"), _("Country"), _("Waits for"), _("Due"), _("Assessor"), _("Reviewer")]
    )
    for one in found_queue(current_actor()):
        case = one.application
        cells = [
            case.reference,
            case.organisation.legal_name,
            country_name(case.organisation.country),
            str(WAITING[one.waiting][0]),
            one.due.isoformat(),
            one.assessor,
            one.reviewer,
        ]
        writer.writerow([plain_cell(cell) for cell in cells])
    answer = Response(page.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return answer


def plain_cell(cell: str) -> str:
    """Keep a spreadsheet from computing a cell."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
