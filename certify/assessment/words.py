"""How the assessment's enums, grades and events read to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certify.assessment.rules import (
    FindingSource,
    FindingStatus,
    Gap,
    Grant,
    Obstacle,
    Recommended,
    Side,
    Standing,
    Waiting,
)
from certify.assessment.scoring import in_points
from certify.criteria.rules import Band, Framework
from certify.criteria.words import BANDS as BAND_WORDS
from certify.kernel.i18n import _l

GRADES: dict[int, tuple[Any, Any]] = {
    0: (_l("0: nothing"), _l("No evidence, or evidence that says the opposite.")),
    1: (_l("1: statement"), _l("The company says so and shows nothing else.")),
    2: (_l("2: own document"), _l("A policy, record or report of the company itself that fits the answer.")),
    3: (
        _l("3: independent document"),
        _l("Issued or confirmed by someone independent: registry, authority, auditor, certifier."),
    ),
    4: (
        _l("4: checked at the source"),
        _l("Independent, and we checked it ourselves with whoever issued it, or on the spot."),
    ),
}
"""Evidence grade > name and meaning."""

SIDES: dict[Side, Any] = {Side.ASSESSOR: _l("Assessor"), Side.REVIEWER: _l("Reviewer")}

WAITING: dict[Waiting, tuple[Any, str]] = {
    Waiting.ASSESSOR: (_l("An assessor"), "attention"),
    Waiting.ASSESSMENT: (_l("The assessment"), "info"),
    Waiting.CLARIFICATION: (_l("The company's clarification"), "neutral"),
    Waiting.REVIEWER: (_l("A reviewer"), "attention"),
    Waiting.REVIEW: (_l("The review"), "info"),
    Waiting.RECOMMENDATION: (_l("The recommendation"), "info"),
    Waiting.BOARD: (_l("The Board"), "neutral"),
}
"""What a case waits for > words and tone."""

BAND_TONES: dict[Band, str] = {
    Band.NOT_ELIGIBLE: "refused",
    Band.NOT_CERTIFIED: "refused",
    Band.CONDITIONAL: "attention",
    Band.CERTIFIED: "active",
    Band.DISTINCTION: "active",
}
BANDS: dict[Band, tuple[Any, str]] = {band: (BAND_WORDS[band], tone) for band, tone in BAND_TONES.items()}
"""Band > words and tone."""

BAND_SENTENCES: dict[Band, Any] = {
    Band.NOT_ELIGIBLE: _l("An exclusion is confirmed. The case is not scored."),
    Band.NOT_CERTIFIED: _l("The criteria are not met. The Board may refuse or defer, and cannot certify."),
    Band.CONDITIONAL: _l("The gaps are few and a plan can cure them. The Board may certify with conditions."),
    Band.CERTIFIED: _l("Every required level and every minimum is met. The Board may certify."),
    Band.DISTINCTION: _l(
        "Met with breadth, independent evidence and a result that hardly any weighting turns. "
        "The Board may certify with distinction."
    ),
}

REASONS: dict[str, Any] = {
    "exclusion": _l("Exclusion %(id)s, %(title)s, is confirmed."),
    "required_level": _l("%(id)s, %(title)s: the required level is not reached."),
    "theme_minimum": _l("%(title)s: %(score)s is under the theme's minimum of %(minimum)s."),
    "total:certified": _l("The total of %(score)s is under the %(needed)s that certification needs."),
    "total:distinction": _l("For distinction: the total of %(score)s is under %(needed)s."),
    "every_theme": _l("For distinction: %(title)s has %(score)s; every theme needs %(needed)s."),
    "evidence_share": _l("For distinction: too few answers rest on evidence of grade %(grade)s or better."),
    "robustness": _l("For distinction: too many permitted weightings bring the total under what is needed."),
}
"""Code of a reason (with its id where that changes the sentence) > sentence."""

STATUSES: dict[str, Any] = {
    "answered": _l("Answered"),
    "missing": _l("Not answered: counts as zero"),
    "granted": _l("Found not applicable on request"),
    "not_applicable": _l("Not asked of this size or sector"),
}
"""Status of a criterion on a scorecard."""

GRANTS: dict[Grant, Any] = {Grant.GRANTED: _l("Granted"), Grant.REFUSED: _l("Refused")}

FINDING_SOURCES: dict[FindingSource, Any] = {
    FindingSource.LIST_HIT: _l("True match on an excluding list"),
    FindingSource.DECLARATION: _l("The company's own declaration"),
    FindingSource.REVIEW: _l("Found while reviewing the case"),
}

FINDING_STATUSES: dict[FindingStatus, tuple[Any, str]] = {
    FindingStatus.DRAFT: (_l("Draft, to be completed by an officer"), "attention"),
    FindingStatus.FOUND: (_l("Found, waits for a second officer"), "attention"),
    FindingStatus.NOTIFIED: (_l("The company was told and may answer"), "info"),
    FindingStatus.ANSWERED: (_l("Answered, waits for the chair"), "attention"),
    FindingStatus.CONFIRMED: (_l("Confirmed"), "refused"),
    FindingStatus.DISMISSED: (_l("Dismissed"), "neutral"),
}

RECOMMENDED: dict[Recommended, tuple[Any, str]] = {
    Recommended.CERTIFY: (_l("Certify"), "active"),
    Recommended.REFUSE: (_l("Refuse"), "refused"),
    Recommended.DEFER: (_l("Defer"), "attention"),
}

GAPS: dict[Gap, Any] = {
    Gap.TEXT: _l("Say what the company has to do."),
    Gap.OWNER: _l("Say who in the company is responsible."),
    Gap.DUE: _l("Give a date after today and within %(months)s months."),
}

TIMELINE: dict[str, Any] = {
    "CaseTaken": _l("An officer who declared no conflict took the assessment."),
    "ReviewTaken": _l("A second person who declared no conflict took the review."),
    "CaseReassigned": _l("The case was given to another case worker."),
    "ExclusionNotified": _l(
        "An exclusion (%(exclusion)s) was found and seconded. The company may answer until %(answer_until)s."
    ),
    "ExclusionAnswered": _l("The company answered the finding on %(exclusion)s."),
    "ExclusionConfirmed": _l("The Board's chair confirmed the exclusion %(exclusion)s. The case is closed."),
    "ExclusionDismissed": _l("The finding on %(exclusion)s was dismissed. The case goes on."),
}
"""What the company, too, reads of its case. Drafts and findings that nobody seconded are not told to it."""

INTERNAL: dict[str, Any] = {
    "ExclusionDrafted": _l("A true match on an excluding list opened a draft finding."),
    "ExclusionDropped": _l("A finding was dropped before anyone seconded it."),
    "ExclusionFound": _l("An officer found the exclusion %(exclusion)s. It waits for a second officer."),
}
"""What only case workers, Board and auditor read besides."""

OBSTACLES: dict[Obstacle, Any] = {
    Obstacle.PROFILE: _l("Confirm the company's size and sectors."),
    Obstacle.UNGRADED: _l("Grade the evidence of every answer; %(ungraded)s answers are left."),
    Obstacle.NOT_SCREENED: _l(
        "The company has not been screened yet. The screening runs by itself; please wait for it."
    ),
    Obstacle.OPEN_HITS: _l("Decide the open hits of the screening first."),
    Obstacle.UNREVIEWED: _l("Agree with the assessor or set other values; %(unreviewed)s answers are left."),
    Obstacle.UNRULED: _l("Rule on the requests to find a criterion not applicable; %(unruled)s are left."),
    Obstacle.OPEN_FINDING: _l("A finding on an exclusion is open. Exclusions are decided before anything else."),
    Obstacle.NO_RECOMMENDATION: _l("Write the recommendation first."),
}
"""What stands against the next step > what to do about it."""


def reason_sentences(result: Mapping[str, Any], framework: Framework, language: str) -> list[str]:
    """Say in sentences what a result lacks for the next better band, in its order."""
    return [reason_sentence(reason, result, framework, language) for reason in result["reasons"]]


def reason_sentence(reason: Mapping[str, str], result: Mapping[str, Any], framework: Framework, language: str) -> str:
    """Say one reason in a sentence, with the figures it rests on."""
    code, name = reason["code"], reason["id"]
    sentence = REASONS.get(f"{code}:{name}") or REASONS[code]
    theme: Mapping[str, Any] = next((one for one in result["themes"] if one["id"] == name), {})
    known = {
        "id": name,
        "title": framework.texts[language].get(f"{name}.title", name),
        "score": theme.get("display", result["display"]),
        "minimum": in_points(theme.get("minimum", 0)),
        "needed": in_points(needed_for(code, name, framework)),
        "grade": framework.bands.distinction.evidence_grade,
    }
    return str(sentence) % known


def needed_for(code: str, name: str, framework: Framework) -> int:
    """Return the least total, or least score of every theme, that a reason speaks of, in basis points."""
    bands = framework.bands
    if code == "every_theme":
        return bands.distinction.min_every_theme
    return bands.certified.min_overall if name == Band.CERTIFIED else bands.distinction.min_overall


def opinion_words(record: Any) -> str:
    """Say what one side found: value in points and grade."""
    return str(_l("value %(value)s, grade %(grade)s")) % {"value": in_points(record.value), "grade": record.grade}


def obstacle_sentence(obstacle: Obstacle, standing: Standing) -> str:
    """Say what stands against the next step, and how much of it is left."""
    counts = {"ungraded": standing.ungraded, "unreviewed": standing.unreviewed, "unruled": standing.unruled}
    return str(OBSTACLES[obstacle]) % counts


def grade_meanings() -> dict[str, Any]:
    """Return what each evidence grade means, by the form's value."""
    return {str(grade): meaning for grade, (_name, meaning) in GRADES.items()}
