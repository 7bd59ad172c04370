"""What was found about a case so far, merged with the signed answers into what the engine scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from certify.applications.models import Application, Evidence
from certify.applications.queries import CaseFile, case_file
from certify.applications.rules import Profile, applicable_criteria
from certify.assessment.models import AssessmentRecord, ProfileRecord
from certify.assessment.queries.findings import confirmed_exclusions
from certify.assessment.rules import Grant, Opinion, Side, counting, differing, last_of_each_second
from certify.assessment.scoring import applying_criteria
from certify.criteria.canonical import digest
from certify.criteria.rules import LEVEL, Criterion, Framework
from certify.kernel.db import db

LOWER_COUNTS = "Two assessments differ; the lower value counts."
"""Reason of the closing record, in the language of the file format."""
CONFIRMED = "Confirmed as answered."


@dataclass(frozen=True, slots=True)
class Bench:
    """A case on the workbench: its file, its confirmed profile, and the records of the answers as they stand."""

    file: CaseFile
    profile: Profile
    profile_record: ProfileRecord | None
    records: tuple[AssessmentRecord, ...]
    """Of answers that did not change since, oldest first."""
    newest: Mapping[tuple[Side, str], AssessmentRecord]
    """The last of these by side and criterion."""
    exclusions: frozenset[str]

    @property
    def framework(self) -> Framework:
        """The version of the criteria that the case keeps."""
        return self.file.framework

    @property
    def application(self) -> Application:
        """The application."""
        return self.file.application

    @property
    def asked(self) -> list[Criterion]:
        """The criteria that are asked of a company of the confirmed size and sectors, in file order."""
        return applicable_criteria(self.framework, self.profile)

    @property
    def answers(self) -> Mapping[str, dict[str, Any]]:
        """The signed answers by criterion."""
        found: dict[str, dict[str, Any]] = self.file.snapshot.content["answers"]
        return found

    def evidence(self, criterion: str) -> list[Evidence]:
        """The files that were signed with an answer."""
        return self.file.evidence.get(criterion, [])

    def requested(self, criterion: str) -> bool:
        """Whether the company asks to find the criterion not applicable."""
        return "not_applicable" in self.answers.get(criterion, {})

    def is_rated(self, criterion: str) -> bool:
        """Whether there is a level or number to assess."""
        return criterion in self.answers and not self.requested(criterion)

    def answered(self, criterion: str) -> int | None:
        """The value of the answer itself in basis points, None where there is none to assess."""
        if not self.is_rated(criterion):
            return None
        answer, rule = self.answers[criterion], self.framework.criteria[criterion]
        if rule.goalposts is not None:
            return rule.goalposts.basis_points(answer["number"])
        return LEVEL * int(answer["level"])

    def latest(self, side: Side, criterion: str) -> AssessmentRecord | None:
        """The newest record of one side about a criterion."""
        return self.newest.get((side, criterion))

    def opinion(self, side: Side, criterion: str) -> Opinion | None:
        """What one side found, None while it did not look or there is nothing to assess."""
        record = self.latest(side, criterion)
        if record is None or record.value is None or record.grade is None:
            return None
        return Opinion(record.value, record.grade)

    def counting(self, criterion: str, *, up_to: Side) -> Opinion | None:
        """The opinion that counts: the assessor's alone, or of both the lower."""
        first = self.opinion(Side.ASSESSOR, criterion)
        return first if up_to is Side.ASSESSOR else counting(first, self.opinion(Side.REVIEWER, criterion))

    def differs(self, criterion: str) -> bool:
        """Whether assessor and reviewer found different things."""
        return differing(self.opinion(Side.ASSESSOR, criterion), self.opinion(Side.REVIEWER, criterion))

    def ruling(self, criterion: str) -> AssessmentRecord | None:
        """The reviewer's ruling on a request to find the criterion not applicable."""
        rulings = [one for one in self.records if one.criterion == criterion and one.not_applicable is not None]
        return rulings[-1] if rulings and self.requested(criterion) else None

    def is_granted(self, criterion: str) -> bool:
        """Whether the criterion was found not applicable on request."""
        ruling = self.ruling(criterion)
        return ruling is not None and ruling.not_applicable is Grant.GRANTED

    @property
    def unruled(self) -> list[str]:
        """The requests that wait for the reviewer, in file order."""
        return [one.id for one in self.asked if self.requested(one.id) and self.ruling(one.id) is None]

    def unopined(self, side: Side) -> list[str]:
        """The answers that this side did not assess yet, in file order."""
        return [one.id for one in self.asked if self.is_rated(one.id) and self.opinion(side, one.id) is None]

    @property
    def granted(self) -> frozenset[str]:
        """The criteria found not applicable on request."""
        return frozenset(one.id for one in self.asked if self.is_granted(one.id))


def answer_digest(content: Mapping[str, Any], criterion: str) -> str:
    """Return the digest of an answer with its evidence: what an assessment record speaks of."""
    return digest([content["answers"].get(criterion), content["evidence"].get(criterion, [])])


def bench_of(application: Application) -> Bench:
    """Gather what was found about a case; raises NotFound before it was submitted."""
    file = case_file(application)
    profile = latest_profile(application)
    confirmed = Profile(profile.size, tuple(profile.sectors)) if profile else application.profile
    records = tuple(standing_records(application, file.snapshot.content))
    return Bench(
        file=file,
        profile=confirmed,
        profile_record=profile,
        records=records,
        newest={(one.side, one.criterion): one for one in records},
        exclusions=confirmed_exclusions(application),
    )


def latest_profile(application: Application) -> ProfileRecord | None:
    """Return the size and sectors that the assessor confirmed last."""
    query = sa.select(ProfileRecord).where(ProfileRecord.application_id == application.id)
    return db.session.scalar(query.order_by(ProfileRecord.position.desc()).limit(1))


def all_records(application: Application) -> list[AssessmentRecord]:
    """List every record of a case, oldest first, those of answers that changed since among them."""
    query = sa.select(AssessmentRecord).where(AssessmentRecord.application_id == application.id)
    return list(db.session.scalars(query.order_by(AssessmentRecord.position)))


def standing_records(application: Application, content: Mapping[str, Any]) -> Iterable[AssessmentRecord]:
    """List the records that speak of the answers as they were signed last."""
    digests: dict[str, str] = {}
    for record in all_records(application):
        name = record.criterion
        digests.setdefault(name, answer_digest(content, name))
        if record.answer_digest == digests[name]:
            yield record


# -- what the engine scores -------------------------------------------------------------------------------------------


def inputs_of(bench: Bench, *, up_to: Side, at: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the answers and adjustments of a case as `certify score` reads them.

    What nobody graded yet stands with grade 0, so it counts nothing. `at` is when this is made: it dates the records
    that close a difference between two opinions.
    """
    rated = {name: merged for name in bench.answers if (merged := merged_answer(bench, name, up_to))}
    answers = {
        "profile": {"size": bench.profile.size, "sectors": sorted(bench.profile.sectors)},
        "exclusions": exclusions_of(bench),
        "answers": rated,
    }
    records = [record for name in rated for record in adjustments_of(bench, name, up_to=up_to, at=at)]
    return answers, {"adjustments": sorted(records, key=lambda one: (one["criterion"], one["when"]))}


def exclusions_of(bench: Bench) -> dict[str, str]:
    """Return the answers that confirmed findings give; the others are not answered, so not confirmed."""
    rules = {exclusion.id: exclusion for exclusion in bench.framework.exclusions}
    return {name: rules[name].disqualifies_when.value for name in sorted(bench.exclusions)}


def merged_answer(bench: Bench, criterion: str, up_to: Side) -> dict[str, Any] | None:
    """Return one answer with its grade, a grant, or None where it is missing: a request that was not granted."""
    if bench.requested(criterion):
        ruling = bench.ruling(criterion)
        granted = ruling is not None and ruling.not_applicable is Grant.GRANTED
        return {"not_applicable": "granted", "reason": ruling.reason} if ruling and granted else None
    opinion, answer = bench.counting(criterion, up_to=up_to), bench.answers[criterion]
    grade = opinion.grade if opinion else 0
    if bench.framework.criteria[criterion].goalposts is not None:
        return {"number": answer["number"], "grade": grade}
    return {"level": answer["level"], "grade": grade}


def adjustments_of(bench: Bench, criterion: str, *, up_to: Side, at: datetime) -> list[dict[str, Any]]:
    """Return a criterion's records as the format has them: from the first that departs from the answer on."""
    answered = bench.answered(criterion)
    sides = frozenset({Side.ASSESSOR}) if up_to is Side.ASSESSOR else frozenset(Side)
    own = [one for one in bench.records if one.criterion == criterion and one.side in sides and one.value is not None]
    kept: list[AssessmentRecord] = []
    for record in last_of_each_second(own, criterion=lambda one: one.criterion, at=lambda one: one.at):
        if kept or record.value != answered:
            kept.append(record)
    exported = [exported_record(record) for record in kept]
    return exported + closing_record(bench, criterion, exported, up_to=up_to, at=at)


def exported_record(record: AssessmentRecord) -> dict[str, Any]:
    """Write one record as the format has it; people are named by their side only."""
    reason = record.reason.strip() or CONFIRMED
    return {
        "criterion": record.criterion,
        "value": record.value,
        "reason": reason,
        "who": record.side.value,
        "when": moment_text(record.at),
    }


def closing_record(
    bench: Bench, criterion: str, exported: list[dict[str, Any]], *, up_to: Side, at: datetime
) -> list[dict[str, Any]]:
    """Return the record that makes the lower of two values count, where the newest record says otherwise."""
    opinion = bench.counting(criterion, up_to=up_to)
    stands = exported[-1]["value"] if exported else bench.answered(criterion)
    if opinion is None or opinion.value == stands:
        return []
    last = max((one.at for one in bench.records if one.criterion == criterion), default=at)
    when = max(at, last + timedelta(seconds=1))
    return [
        {
            "criterion": criterion,
            "value": opinion.value,
            "reason": LOWER_COUNTS,
            "who": "both",
            "when": moment_text(when),
        }
    ]


def moment_text(moment: datetime) -> str:
    """Write a moment as UTC to the second: 2026-03-01T09:30:00Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def thinned_theme(framework: Framework, profile: Profile, granted: Iterable[str]) -> str | None:
    """Return a theme that grants would leave with less than half of its points; exactly half is allowed."""
    applying = applying_criteria(framework, profile.size, frozenset(profile.sectors)) - frozenset(granted)
    for theme in framework.themes:
        counting_weight = sum(one.weight for one in theme.criteria if one.id in applying)
        if 2 * counting_weight < theme.weight:
            return theme.id
    return None
