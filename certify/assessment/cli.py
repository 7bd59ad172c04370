"""`certify score`: the public, documented way to recompute a scorecard, without a server or a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from certify.assessment.inputs import (
    ADJUSTMENTS,
    ANSWERS,
    NO_ADJUSTMENTS,
    WEIGHTS,
    Inputs,
    default_weights,
    read_inputs,
)
from certify.assessment.output import scored
from certify.assessment.strict_json import LARGEST_FILE, read_json
from certify.assessment.table import table
from certify.criteria.canonical import canonical_json
from certify.criteria.library import load_framework
from certify.criteria.rules import Fault, Framework, Refused
from certify.criteria.terminal import PlainCommand, Refusal


@click.command("score", cls=PlainCommand)
@click.option("--framework", "name", required=True, metavar="NAME@VERSION|PATH", help="The framework to score by.")
@click.option("--answers", required=True, metavar="FILE", help="Profile, findings on exclusions, and answers, as JSON.")
@click.option("--adjustments", metavar="FILE", help="Assessment records, as JSON.")
@click.option("--weights", metavar="FILE", help="Weights of the themes, as JSON, instead of the default ones.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
def score_command(name: str, answers: str, adjustments: str | None, weights: str | None, as_json: bool) -> None:
    """Score one case exactly, and say why. Input that breaks a rule is refused in one sentence, with exit code 2."""
    try:
        framework = load_framework(name)
        card, result = scored(framework, _read(framework, answers, adjustments, weights))
    except Refused as refused:
        raise Refusal([_one_sentence(refused)]) from refused
    text = canonical_json(result) + "\n" if as_json else table(card)
    click.echo(text.encode("utf-8"), nl=False)


def _read(framework: Framework, answers: str, adjustments: str | None, weights: str | None) -> Inputs:
    return read_inputs(
        framework,
        answers=_value(answers, ANSWERS),
        adjustments=NO_ADJUSTMENTS if adjustments is None else _value(adjustments, ADJUSTMENTS),
        weights=default_weights(framework) if weights is None else _value(weights, WEIGHTS),
    )


def _value(path: str, role: str) -> Any:
    try:
        with Path(path).open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Refused([Fault(role, path, f"cannot be read ({error.strerror})")]) from error
    return read_json(content, file=role)


def _one_sentence(refused: Refused) -> str:
    """The first fault, and how many more there are."""
    others = len(refused.faults) - 1
    first = str(refused.faults[0])
    return f"{first.removesuffix('.')} (and {others} more fault{'s' * (others > 1)})." if others else first


commands: list[click.Command] = [score_command]
"""What this slice adds to the `certify` command."""
