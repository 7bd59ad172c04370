"""`certify screening`: compare names and search lists from the command line, without a server.

`check`, `pairs` and `batch` are public: other people measure the matcher with them; docs/screening.md describes their
files. What needs the database imports it only when it is called.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from certify.screening.commands import DATABASE_COMMANDS
from certify.screening.dates import read_iso
from certify.screening.engine import screener_of
from certify.screening.lists.files import ListRefused
from certify.screening.lists.folder import look_into, read_all
from certify.screening.matching import compare_names
from certify.screening.places import country_code
from certify.screening.rules import BirthDate, Hit, Schema, Screener, ScreeningResult, Subject

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT: Final = click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
_LISTS: Final = click.option(
    "--lists",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of lists to search; without it, the lists that were imported.",
)


class Refusal(click.ClickException):
    """Ends a command with one sentence on standard error."""

    exit_code = 2


class PlainCommand(click.Command):
    """A command that says in one sentence which file it cannot use."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (ListRefused, csv.Error, UnicodeDecodeError, OSError) as error:
            raise Refusal(" ".join(str(error).split())) from error


@click.group()
def screening() -> None:
    """Compare names with the lists."""


@screening.command(cls=PlainCommand)
@click.option("--name", required=True, help="The name as declared.")
@click.option("--schema", type=click.Choice(["company", "person"], case_sensitive=False), help="Without it, both.")
@click.option("--country", default="", help="Two-letter code or name.")
@click.option("--birth-date", default="", help="YYYY, YYYY-MM or YYYY-MM-DD.")
@_LISTS
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def check(name: str, schema: str | None, country: str, birth_date: str, lists: Path | None, as_json: bool) -> None:
    """Search the lists for one name."""
    schemas = [Schema.read(schema)] if schema else [Schema.COMPANY, Schema.PERSON]
    screener = _screener(lists)
    born = _born(birth_date)
    results = [screener.screen(Subject(name, each, country=country_code(country), birth_date=born)) for each in schemas]
    answer = {"name": name, "results": [_result(each, result) for each, result in zip(schemas, results, strict=True)]}
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else _in_words(results))


@screening.command(cls=PlainCommand)
@click.argument("file", type=_FILE)
@_OUT
def pairs(file: Path, out: Path) -> None:
    """Compare the two names of each row of FILE (columns schema, name1, name2), one JSON object a row."""
    _write(out, (_pair(number, row) for number, row in _rows(file, needed=("schema", "name1", "name2"))))


@screening.command(cls=PlainCommand)
@click.argument("file", type=_FILE)
@_OUT
@_LISTS
def batch(file: Path, out: Path, lists: Path | None) -> None:
    """Search the lists for each row of FILE (columns schema, name, country, birth_date), one JSON object a row."""
    screener = _screener(lists)
    rows = _rows(file, needed=("schema", "name"), known=("country", "birth_date"))
    _write(out, (_searched(number, row, screener) for number, row in rows))


def _pair(number: int, row: Mapping[str, str]) -> dict[str, Any]:
    """The answer to a row of two names."""
    found = compare_names(row["name1"], row["name2"], schema=Schema.read(row["schema"]))
    features = [feature.sentence for feature in found.features]
    return {"row": number, "score": found.score, "match": found.is_match, "features": features}


def _searched(number: int, row: Mapping[str, str], screener: Screener) -> dict[str, Any]:
    """The answer to a row of one subject; an unreadable birth date is left out, for it could only hide a hit."""
    born = _born_if_readable(row["birth_date"])
    subject = Subject(row["name"], Schema.read(row["schema"]), country=country_code(row["country"]), birth_date=born)
    result = screener.screen(subject)
    answer: dict[str, Any] = {"row": number, "status": result.status.value, "hits": [_hit(hit) for hit in result.hits]}
    return answer | ({"reason": result.reason} if result.reason else {})


def _born_if_readable(text: str) -> BirthDate | None:
    """A birth date of a table, or None."""
    try:
        return read_iso(text)
    except ValueError:
        return None


def _hit(hit: Hit) -> dict[str, Any]:
    """A hit as the files give it."""
    found = hit.comparison
    return {"entry_uid": hit.entry.uid, "list": hit.entry.list_id, "score": found.score, "shown": found.is_shown}


def _result(schema: Schema, result: ScreeningResult) -> dict[str, Any]:
    """A whole answer, with what was searched, so that it can be kept as proof."""
    return {
        "schema": schema.value,
        "status": result.status.value,
        "reason": result.reason,
        "hits": [
            _hit(hit)
            | {"listed_name": hit.listed_name, "features": [each.sentence for each in hit.comparison.features]}
            for hit in result.hits
        ],
        "lists": [{"list": each.list_id, "sha256": each.digest, "entries": each.entries} for each in result.versions],
        "candidates": result.candidates,
        "top_score": result.top_score,
        "threshold": result.threshold,
        "engine": result.engine,
    }


def _in_words(results: list[ScreeningResult]) -> str:
    """The hits of all results for a terminal."""
    hits = sorted((hit for result in results for hit in result.hits), key=lambda hit: -hit.comparison.score)
    missed = [result.reason for result in results if result.reason]
    lines = [f"{hit.comparison.score:.2f}  {hit.entry.uid}  {hit.listed_name}" for hit in hits]
    return "\n".join(lines + [f"Not screened: {reason}" for reason in dict.fromkeys(missed)] or ["No hit."])


def _screener(folder: Path | None) -> Screener:
    """A screener for the lists of a folder, or for those that this instance has imported."""
    if folder is None:
        return _imported_lists()
    found = look_into(folder)
    if found.skipped:
        click.echo(f"Skipped: {', '.join(found.skipped)}.", err=True)
    return screener_of(read_all(found.lists))


def _imported_lists() -> Screener:
    """A screener for the live versions in the database."""
    from certify import create_app
    from certify.screening.service.running import current_screener

    with create_app().app_context():
        return current_screener()


def _born(text: str) -> BirthDate | None:
    """The birth date of an option."""
    try:
        return read_iso(text)
    except ValueError as error:
        raise Refusal("A birth date is written YYYY, YYYY-MM or YYYY-MM-DD.") from error


def _rows(file: Path, *, needed: tuple[str, ...], known: tuple[str, ...] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with their number, from 1 after the header; columns that are not known are ignored."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        if missing := [column for column in needed if column not in (reader.fieldnames or ())]:
            raise Refusal(f"The file {file.name} has no column {', '.join(missing)}.")
        for number, row in enumerate(reader, start=1):
            yield number, {column: row.get(column) or "" for column in (*needed, *known)}


def _write(out: Path, answers: Iterator[dict[str, Any]]) -> None:
    """Write one JSON object a line."""
    with out.open("w", encoding="utf-8") as file:
        for answer in answers:
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")


for _command in DATABASE_COMMANDS:
    screening.add_command(_command)

commands: Final[list[click.Command]] = [screening]
