"""The queue of hits, and one hit with its two records, its verdicts and the form to decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded
from certify.screening import queries, service, words
from certify.screening.comparing import Fact, Standing, marked, side_by_side
from certify.screening.forms import AGREE, FilterForm, SecondForm, VerdictForm
from certify.screening.models import Adjudication, HitRecord
from certify.screening.queries import HitFilter, Order, get_hit
from certify.screening.rules import SECOND_OFFICER, Effect, HitStatus
from certify.screening.views import blueprint, shown

HIGHEST_PAGE = 1_000_000


def filter_of_address() -> HitFilter:
    """Return what the address narrows the queue to; what cannot be read is as usual."""
    status, order = request.args.get("status", ""), request.args.get("sort", "")
    return HitFilter(
        status=HitStatus(status) if status in set(HitStatus) else HitStatus.OPEN,
        list_id=request.args.get("list", "")[:60],
        search=request.args.get("q", "").strip()[:200],
        order=Order(order) if order in set(Order) else Order.MOST_ALIKE,
    )


def page_of_address() -> int:
    """Return the page that the address asks for, the first where it asks for none."""
    asked = request.args.get("page", "")
    return min(int(asked), HIGHEST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1


@blueprint.get("/")
@guarded("screening.queue")
def queue() -> ResponseReturnValue:
    """List the hits: those that wait for my second opinion first, then the open ones by score and age."""
    actor, narrowed = current_actor(), filter_of_address()
    form = FilterForm(formdata=None, q=narrowed.search, list_id=narrowed.list_id, status=narrowed.status.value)
    return shown(
        "queue",
        filters=form,
        narrowed=narrowed,
        seconds=queries.second_opinions(actor, narrowed) if narrowed.status is HitStatus.OPEN else [],
        page=queries.queued_hits(actor, narrowed, page=page_of_address()),
        lists=queries.list_lists(),
    )


@blueprint.route("/hits/<uuid:hit_id>", methods=["GET", "POST"])
@guarded("hit.see", hit=get_hit)
def hit(hit: HitRecord) -> ResponseReturnValue:
    """Show a hit, and record an officer's verdict on it; then the next hit opens."""
    form, narrowed = VerdictForm(), filter_of_address()
    if form.validate_on_submit():
        following = queries.next_hit(current_actor(), narrowed, after=hit)
        try:
            made = service.adjudicate(hit, actor=current_actor(), **form.decided())
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(what_was_decided(made), "success")
            return onward(following, narrowed)
    return show_hit(hit, narrowed, form)


@blueprint.route("/hits/<uuid:hit_id>/second-opinion", methods=["GET", "POST"])
@guarded("hit.confirm", hit=get_hit)
def second_opinion(hit: HitRecord) -> ResponseReturnValue:
    """Agree or disagree with a colleague's verdict; then the next hit opens."""
    form, narrowed = SecondForm(), filter_of_address()
    if form.validate_on_submit():
        following = queries.next_hit(current_actor(), narrowed, after=hit)
        give = service.confirm_verdict if form.opinion.data == AGREE else service.reject_verdict
        give(hit, actor=current_actor(), text=form.text.data or "")
        flash(what_was_said(hit, agreed=form.opinion.data == AGREE), "success")
        return onward(following, narrowed)
    return show_hit(hit, narrowed, form)


def what_was_decided(made: Adjudication) -> str:
    """Say what became of a verdict."""
    verdict, name = words.HITS[made.verdict], made.hit.our_name
    if made.needs_second:
        return str(_("Verdict on %(name)s: %(verdict)s. It waits for a second officer.", name=name, verdict=verdict))
    return str(_("Verdict on %(name)s: %(verdict)s.", name=name, verdict=verdict))


def what_was_said(hit: HitRecord, *, agreed: bool) -> str:
    """Say what became of a second opinion."""
    if agreed:
        return str(_("You agreed: %(name)s, %(verdict)s.", name=hit.our_name, verdict=words.HITS[hit.status]))
    return str(_("You disagreed. The hit on %(name)s is open again.", name=hit.our_name))


def onward(following: Any, narrowed: HitFilter) -> ResponseReturnValue:
    """Go to the next hit, or back to the queue when nothing else waits."""
    if following is None:
        return redirect(url_for(".queue", **narrowed.address()))
    return redirect(url_for(".hit", hit_id=following, **narrowed.address()))


def show_hit(hit: HitRecord, narrowed: HitFilter, form: VerdictForm | SecondForm) -> ResponseReturnValue:
    """Show a hit with the form that is open to this person, if any."""
    subject, entry = queries.records_of(hit)
    actor, proposed = current_actor(), hit.proposed
    if proposed and not isinstance(form, SecondForm):
        form = SecondForm(formdata=None)
    return shown(
        "hit",
        form,
        hit=hit,
        subject=subject,
        entry=entry,
        standings=side_by_side(subject, entry, our_name=hit.our_name, listed_name=hit.listed_name),
        marked=marked,
        Fact=Fact,
        Standing=Standing,
        Effect=Effect,
        version=version_of(hit),
        proposed=proposed,
        decides=not proposed and hit.status in queries.UNDECIDED and may(actor, "hit.adjudicate", hit),
        seconds=bool(proposed) and proposed_by_another(proposed) and may(actor, "hit.confirm", hit),
        near_certain=hit.score_bp >= SECOND_OFFICER * 10_000,
        history=list(history_of(hit)),
        earlier=queries.earlier_hits(hit),
        following=queries.next_hit(actor, narrowed, after=hit),
        narrowed=narrowed,
    )


def proposed_by_another(proposed: Adjudication | None) -> bool:
    """Say whether a verdict that waits is a colleague's."""
    return proposed is not None and proposed.officer_id != current_actor().person_id


def version_of(hit: HitRecord) -> Any:
    """Return the version of the list in which the likeness was found."""
    digests = {version["list_id"]: version["digest"] for version in hit.run.versions}
    return queries.find_version(hit.list_id, digests.get(hit.list_id, ""))


def history_of(hit: HitRecord) -> list[tuple[datetime, str, str, str]]:
    """Tell what happened to a hit, newest first: when, the sentence, an officer's own words, who."""
    told: list[tuple[datetime, str, str, str]] = [(hit.found_at, _("A screening found the likeness."), "", "")]
    for made in hit.adjudications:
        told.append((made.at, verdict_sentence(made), made.text, made.officer.name))
        if at := made.second_at or made.rejected_at:
            said = _("Agreed with the verdict.") if made.second_at else _("Disagreed with the verdict.")
            told.append((at, said, made.second_text, made.second.name if made.second else ""))
    if hit.status is HitStatus.DELISTED and hit.decided_at:
        told.append((hit.decided_at, _("Closed: the entry or the company's record is no longer as it was."), "", ""))
    return sorted(told, key=lambda one: one[0], reverse=True)


def verdict_sentence(made: Adjudication) -> str:
    """Say a verdict with its reason."""
    facts = {"verdict": words.HITS[made.verdict], "reason": words.REASONS[made.reason_code]}
    if made.needs_second:
        return str(_("Proposed: %(verdict)s. Reason: %(reason)s.", **facts))
    return str(_("Decided: %(verdict)s. Reason: %(reason)s.", **facts))
