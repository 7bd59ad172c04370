"""Closing the assessment and the review, each with an exact scorecard that anyone can compute again."""

from __future__ import annotations

from typing import Any

from certify.applications import service as applications
from certify.applications.models import Application
from certify.applications.rules import Step
from certify.assessment.inputs import default_weights, read_inputs
from certify.assessment.models import Scorecard
from certify.assessment.output import scored
from certify.assessment.queries import (
    Bench,
    bench_of,
    inputs_of,
    latest_scorecard,
    list_findings,
    obstacles,
    standing_of,
)
from certify.assessment.rules import ENGINE, AssessmentFinished, ReviewFinished, Side
from certify.assessment.words import obstacle_sentence
from certify.criteria.canonical import digest
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import RuleBroken
from certify.kernel.events import publish
from certify.kernel.policy import Actor, require


def finish_assessment(application: Application, *, actor: Actor) -> Scorecard:
    """Close the assessor's work and hand the case to a reviewer; RuleBroken names what is left."""
    require(actor, "assessment.finish", application)
    return finish(application, Step.ASSESS, Side.ASSESSOR, actor)


def finish_review(application: Application, *, actor: Actor) -> Scorecard:
    """Close the reviewer's work; where both sides differ, the lower value counts. RuleBroken names what is left."""
    require(actor, "assessment.finish_review", application)
    return finish(application, Step.REVIEW, Side.REVIEWER, actor)


FINISHED: dict[Side, Any] = {Side.ASSESSOR: AssessmentFinished, Side.REVIEWER: ReviewFinished}


def finish(application: Application, step: Step, side: Side, actor: Actor) -> Scorecard:
    """Check that nothing is left, keep the scorecard, and take the step."""
    lock(application)
    bench = bench_of(application)
    check_clear(bench, step)
    applications.advance(application, step, actor=actor)
    scorecard = keep_scorecard(bench, side=side, actor=actor)
    publish(FINISHED[side](application.id, scorecard.id), case_key=application.case_key, actor=actor)
    return scorecard


def check_clear(bench: Bench, step: Step) -> None:
    """Refuse a step while something stands against it, and say what to do about it."""
    standing = standing_of(bench)
    for obstacle in obstacles(standing, step):
        raise RuleBroken(obstacle_sentence(obstacle, standing))


def keep_scorecard(bench: Bench, *, side: Side, actor: Actor) -> Scorecard:
    """Score the case exactly as it stands and keep the result with all that it was made from."""
    application = bench.application
    answers, adjustments = inputs_of(bench, up_to=side, at=clock.now())
    weights = default_weights(bench.framework)
    inputs = read_inputs(bench.framework, answers=answers, adjustments=adjustments, weights=weights)
    card, result = scored(bench.framework, inputs)
    findings = [finding_fact(one) for one in list_findings(application)]
    earlier = latest_scorecard(application)
    scorecard = Scorecard(
        id=new_id(),
        application_id=application.id,
        application=application,
        number=earlier.number + 1 if earlier else 1,
        side=side,
        snapshot_number=bench.file.snapshot.number,
        framework=bench.framework.label,
        engine_version=ENGINE,
        band=card.band,
        answers=answers,
        adjustments=adjustments,
        weights=weights,
        findings=findings,
        result=result,
        digests=scorecard_digests(bench, result, findings),
        made_by_id=actor.person_id,
        at=clock.now(),
    )
    db.session.add(scorecard)
    db.session.flush()
    audit.record(
        "scorecard.keep",
        actor=actor,
        case_key=application.case_key,
        number=scorecard.number,
        digest=scorecard.digests["scorecard"],
    )
    return scorecard


def finding_fact(finding: Any) -> dict[str, str]:
    """Return what a scorecard says of an exclusion finding."""
    return {"exclusion": finding.exclusion, "status": finding.status.value, "source": finding.source.value}


def scorecard_digests(bench: Bench, result: dict[str, Any], findings: list[dict[str, str]]) -> dict[str, str]:
    """Return the digests of everything a scorecard stands on, and the scorecard's own over them."""
    digests = {
        **result["digests"],
        "profile": digest({"size": bench.profile.size, "sectors": sorted(bench.profile.sectors)}),
        "findings": digest(findings),
        "snapshot": bench.file.snapshot.sha256,
        "engine": digest(ENGINE),
    }
    return digests | {"scorecard": digest(digests)}
