"""`certify board tally`: recount any closed ballot from its exported record, without a server or a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from certify.board.tally import Tally, count_record

LARGEST_RECORD = 1_000_000
"""Bytes; a record of nine seats has about two thousand."""


@click.group("board")
def board() -> None:
    """Bodies and their ballots."""


@board.command("tally")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of sentences.")
def tally_command(file: Path, as_json: bool) -> None:
    """Recount the ballot in FILE: {rules, base, present, votes}. What is no record is refused with exit code 2."""
    try:
        record = read_record(file)
        counted = count_record(record)
    except (OSError, ValueError, RecursionError) as fault:
        raise click.UsageError(f"{file} is not the record of a ballot: {fault}") from fault
    differs = {
        key: value for key, value in counted.to_record().items() if record.get("sum", {}).get(key, value) != value
    }
    click.echo(json.dumps(counted.to_record(), sort_keys=True) if as_json else sentences(counted))
    if differs:
        raise click.ClickException(f"The record's own sum differs in: {', '.join(sorted(differs))}.")


def read_record(file: Path) -> dict[str, Any]:
    """Read the file as a JSON object; raises ValueError where it is none."""
    content = file.read_bytes()
    if len(content) > LARGEST_RECORD:
        raise ValueError("it is larger than a record can be")
    record = json.loads(content)
    if not isinstance(record, dict) or not isinstance(record.get("sum", {}), dict):
        raise ValueError("it is no JSON object")
    return record


def sentences(counted: Tally) -> str:
    """Say the sum in words."""
    return "\n".join(
        [
            f"Result: {counted.outcome.value}",
            f"Base: {counted.base} seats; present: {counted.present}; needed for a quorum: {counted.quorum}",
            f"For: {counted.votes_for}; against: {counted.against}; abstentions: {counted.abstain}",
            f"Votes for that were needed to adopt: {counted.needed}",
        ]
    )
