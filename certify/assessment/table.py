"""A scorecard as plain text for a terminal: band and reasons first, then themes, then every criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from certify.assessment.scoring import (
    AssessmentRecord,
    CriterionScore,
    Reason,
    ReasonCode,
    Scorecard,
    in_points,
    range_of,
)
from certify.criteria.rules import Band, Framework

_SENTENCES = {
    ReasonCode.EXCLUSION: "the exclusion {id} is confirmed: {title}",
    ReasonCode.REQUIRED_LEVEL: "the required level of {id} is missed: {title}",
    ReasonCode.THEME_MINIMUM: "the theme {id} is under its minimum: {title}",
    ReasonCode.TOTAL: "the total is under the least total of {id}",
    ReasonCode.EVERY_THEME: "the theme {id} is under what distinction asks of every theme: {title}",
    ReasonCode.EVIDENCE_SHARE: "too few answers rest on evidence of the grade that distinction asks for",
    ReasonCode.ROBUSTNESS: "too few of the sampled weightings keep the total that distinction asks for",
}
_WIDTHS = {"title": 44, "number": 8}


def table(card: Scorecard, *, language: str = "en") -> str:
    """The scorecard for a person to read, in lines of at most 100 characters or so, with titles in a language."""
    return "\n".join(_lines(card, language)) + "\n"


def _lines(card: Scorecard, language: str) -> Iterator[str]:
    framework = card.framework
    yield f"{framework.title(language)} ({framework.label})"
    yield f"Band:   {card.band.replace('_', ' ')}"
    if card.display is not None:
        yield f"Total:  {card.display}"
    yield from (f"  - {_sentence(reason, framework, language)}" for reason in card.reasons)
    if card.band is Band.NOT_ELIGIBLE:
        yield "Nothing is scored."
        return
    yield from _robustness_lines(card)
    yield from ("", *_theme_lines(card, language), "", *_criterion_lines(card, language))


def _sentence(reason: Reason, framework: Framework, language: str) -> str:
    title = framework.texts[language].get(f"{reason.id}.title", "")
    return _SENTENCES[reason.code].format(id=reason.id, title=title)


def _robustness_lines(card: Scorecard) -> Iterator[str]:
    sample, extremes = card.robustness, range_of(card)
    if sample is None or extremes is None:
        return
    yield f"Range:  {_points(extremes.lowest)} to {_points(extremes.highest)} over every weighting of the members' box"
    yield (
        f"Of {sample.draws} sampled weightings {sample.conditional} reach the total of conditional, "
        f"{sample.certified} of certified, {sample.distinction} of distinction."
    )


def _theme_lines(card: Scorecard, language: str) -> Iterator[str]:
    yield _row(["Theme", "Title", "Weight", "Minimum", "Score", "Met"])
    for theme in card.themes:
        title = card.framework.title(language, of=theme.theme.id)
        minimum = in_points(theme.theme.minimum)
        yield _row([theme.theme.id, title, str(theme.weight), minimum, theme.display, "yes" if theme.met else "NO"])


def _criterion_lines(card: Scorecard, language: str) -> Iterator[str]:
    yield _row(["Item", "Title", "Status", "Grade", "Counted", "Lost", "Required"])
    for scored in card.criteria:
        yield _row(_criterion_cells(scored, card.framework.title(language, of=scored.criterion.id)))
        yield from (f"{'':8} {_record_line(record)}" for record in scored.records)


def _criterion_cells(scored: CriterionScore, title: str) -> list[str]:
    start = [scored.criterion.id, title, scored.status.replace("_", " ")[:8]]
    if scored.result is None:
        return start
    grade = "-" if scored.grade is None else str(scored.grade)
    return [*start, grade, in_points(scored.result.counted), _points(scored.result.lost_total), _required(scored)]


def _record_line(record: AssessmentRecord) -> str:
    """An assessment record in one line, without characters that would steer the terminal."""
    words = "".join(
        character for character in f"{record.who}: {record.reason}" if character.isprintable() or character.isspace()
    )
    return f"assessed {in_points(record.value)}, {record.when}, {' '.join(words.split())}"


def _required(scored: CriterionScore) -> str:
    if scored.result is None or scored.result.met is None:
        return ""
    level = scored.criterion.required_level
    return f"{level} met" if scored.result.met else f"{level} MISSED"


def _points(value: Fraction) -> str:
    return in_points(int(100 * value))


def _row(cells: Sequence[str]) -> str:
    name, title, *numbers = cells
    width, column = _WIDTHS["title"], _WIDTHS["number"]
    short = title if len(title) <= width else title[: width - 1] + "…"
    return f"{name:<8} {short:<{width}} {' '.join(f'{number:>{column}}' for number in numbers)}".rstrip()
