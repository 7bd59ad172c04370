"""`certify criteria`: check, name and compare frameworks, without a server or a database."""

from __future__ import annotations

from pathlib import Path

import click

from certify.criteria.definition import Reading, read_folder
from certify.criteria.differences import differences
from certify.criteria.library import load_framework, read_shipped, shipped
from certify.criteria.prospects import warnings_of
from certify.criteria.rules import Fault, Framework, Refused
from certify.criteria.terminal import PlainCommand, Refusal, warn


@click.group(name="criteria")
def criteria_group() -> None:
    """Check, name and compare frameworks of criteria."""


@criteria_group.command(cls=PlainCommand)
@click.argument("folder", required=False)
@click.option("--all", "everything", is_flag=True, help="Check every framework that is shipped.")
def lint(folder: str | None, everything: bool) -> None:
    """Name every fault of the framework in FOLDER, one sentence each; exit code 2 if there is any.

    Warnings are printed on standard error as well, and refuse nothing.
    """
    if (folder is None) is not everything:
        raise Refusal(["Name either a FOLDER or --all."])
    readings = _read_all() if folder is None else {"": read_folder(Path(folder))}
    if faults := [_within(place, fault) for place, reading in readings.items() for fault in reading.faults]:
        raise Refusal(faults)
    for place, reading in readings.items():
        framework = reading.sound()
        warn(_within(place, warning) for warning in warnings_of(framework))
        click.echo(f"{framework.label}: no faults.")


def _read_all() -> dict[str, Reading]:
    return {name.replace("@", "/", 1): read_shipped(name) for name in shipped()}


def _within(folder: str, fault: Fault) -> Fault:
    """The fault with the folder of its framework, where several are checked at once."""
    return Fault(f"{folder}/{fault.file}", fault.id, fault.reason) if folder else fault


@criteria_group.command("digest", cls=PlainCommand)
@click.argument("framework")
def show_digest(framework: str) -> None:
    """Print the digests of FRAMEWORK (NAME@VERSION or a path), as the record of published versions keeps them."""
    found = _load(framework)
    click.echo(f"{found.label} structure {found.structure_digest}")
    click.echo(f"{found.label} texts {found.texts_digest}")


@criteria_group.command(cls=PlainCommand)
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Say in sentences what changes from the framework OLD to NEW (each NAME@VERSION or a path)."""
    before, after = _load(old), _load(new)
    changes = differences(before, after)
    lines = [str(change) for change in changes] or ["Nothing changes."]
    click.echo("".join(f"{line}\n" for line in lines).encode(), nl=False)


def _load(name: str) -> Framework:
    try:
        return load_framework(name)
    except Refused as refused:
        raise Refusal(refused.faults) from refused


commands: list[click.Command] = [criteria_group]
"""What this slice adds to the `certify` command."""
