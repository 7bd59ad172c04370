"""The commands of `certify screening` that need the database: import, lists, rescreen.

Everything that knows the house is imported when a command runs, so that the commands without a server start without it.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from certify.screening.lists.files import ListRefused, ParsedList
from certify.screening.lists.folder import LARGEST_FILE, look_into
from certify.screening.rules import ListKind

if TYPE_CHECKING:
    from certify.screening.models import SanctionsList

REASON: Final = "command line"
_KINDS: Final = {kind.value.replace("_", "-"): kind for kind in ListKind}
_PATHS: Final = click.Path(exists=True, readable=True, path_type=Path)


class Refused(click.ClickException):
    """Ends a command with one sentence on standard error and exit code 2."""

    exit_code = 2


@contextmanager
def house() -> Iterator[None]:
    """Open the service for a command; whatever it refuses ends the command with its sentence."""
    from sqlalchemy.exc import DBAPIError

    from certify import create_app
    from certify.config import SettingsRefused
    from certify.kernel.db import db
    from certify.kernel.errors import CertifyError

    try:
        with create_app().app_context():
            try:
                yield
            finally:
                db.session.remove()
                db.engine.dispose()
    except (CertifyError, SettingsRefused, ListRefused) as fault:
        raise Refused(" ".join(str(fault).split())) from fault
    except DBAPIError as fault:
        raise Refused("The database cannot be read. Bring its tables up to date with: certify db upgrade") from fault


@click.command("import")
@click.argument("kind", type=click.Choice(list(_KINDS), case_sensitive=False))
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option("--list-id", default="", help="Short name of a list that is not the publisher's own.")
@click.option("--title", default="", help="Title of a new list.")
@click.option("--accept-drop", default="", metavar="REASON", help="Why it is right that the list became much shorter.")
def import_command(kind: str, paths: tuple[Path, ...], list_id: str, title: str, accept_drop: str) -> None:
    """Make the files of a list its live version.

    PATHS are the files as published, or the folder in which they lie. What is wrong with them is said in one sentence,
    and the live version stays as it is.
    """
    with house():
        from certify.screening.service import TITLES, read_list

        files = read_files(_KINDS[kind], paths)
        parsed = read_list(_KINDS[kind], files, list_id=list_id, accept_drop=accept_drop)
        known = title.strip()[:200] or TITLES.get(parsed.kind, parsed.list_id)
        click.echo(keep(parsed, title=known, source=", ".join(files), accept_drop=accept_drop))
    for warning in parsed.warnings:
        click.echo(warning, err=True)


def read_files(kind: ListKind, paths: Sequence[Path]) -> dict[str, bytes]:
    """Read the files of a list, or those of the one folder that is named. Raises ListRefused."""
    if len(paths) == 1 and paths[0].is_dir():
        paths = files_within(kind, paths[0])
    for path in paths:
        if not path.is_file():
            raise Refused(f"{path} is no file. Name the files of the list, or the one folder in which they lie.")
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(f"{path.name} is larger than a list can be ({LARGEST_FILE // 1024**2} MB).")
    return {path.name: path.read_bytes() for path in paths}


def files_within(kind: ListKind, folder: Path) -> list[Path]:
    """Find the files of a list of this kind in a folder, or in a folder directly under it."""
    found = [each for each in look_into(folder).lists if each.kind is kind]
    if not found:
        raise Refused(f"The folder {folder.name} holds no list of this kind.")
    if len(found) > 1:
        raise Refused(f"The folder {folder.name} holds several lists of this kind. Name the folder of one of them.")
    return [found[0].folder / name for name in found[0].names]


def keep(parsed: ParsedList, *, title: str, source: str, accept_drop: str) -> str:
    """Write a list that was read into the database in one transaction, and say what that changed."""
    from certify.kernel.db import transaction
    from certify.kernel.policy import Actor
    from certify.screening import service

    actor = Actor.system(REASON)
    progress = click.progressbar(length=len(parsed.entries), label=f"Importing {parsed.list_id}", file=sys.stderr)
    with progress as bar, transaction():
        version = service.import_list(
            parsed, title=title, source=source, actor=actor, accept_drop=accept_drop, told=bar.update
        )
        if version is None:
            return f"{parsed.list_id}: no change, the files are those of the live version."
        return (
            f"{parsed.list_id}: version {version.number} is live with {version.entries} entries: "
            f"{version.added} added, {version.removed} removed, {version.changed} changed."
        )


@click.command("lists")
def lists_command() -> None:
    """Show the lists that are searched: version, date, SHA-256, entries, effect, age."""
    with house():
        from certify.screening.queries import list_lists

        lines = [list_line(kept) for kept in list_lists()]
        click.echo("\n".join(lines) or "No list has been imported: everybody is not screened.")


def list_line(kept: SanctionsList) -> str:
    """Write a list on one line, its columns parted by tabs."""
    from certify.kernel import clock
    from certify.screening.rules.verdicts import is_stale

    live = kept.live
    version = (
        (f"version {live.number}", f"{live.imported_at:%Y-%m-%d}", live.digest[:12], f"{live.entries} entries")
        if live
        else ("no version",)
    )
    effect = f"{kept.effect.value} ({kept.effect_resolution})" if kept.effect_resolution else kept.effect.value
    age = f"checked {(clock.now() - kept.checked_at).days} days ago"
    stale = ("stale",) if is_stale(kept.checked_at, on=clock.now()) else ()
    return "\t".join((kept.id, kept.title, *version, effect, age, *stale))


@click.command("rescreen")
@click.option("--organisation", "organisation_id", type=click.UUID, help="Screen this company.")
@click.option("--all", "everybody", is_flag=True, help="Screen every company that was screened before.")
def rescreen_command(organisation_id: uuid.UUID | None, everybody: bool) -> None:
    """Compare companies with the live lists now, in this process."""
    if everybody == (organisation_id is not None):
        raise click.UsageError("Give either --organisation ID or --all.")
    with house():
        from certify.screening.queries import screened_organisations

        chosen = [organisation_id] if organisation_id else screened_organisations()
        with click.progressbar(chosen, label="Screening", file=sys.stderr) as bar:
            outcomes = [screen_one(each) for each in bar]
        missed = [reason for reason in outcomes if reason]
        click.echo(f"{len(outcomes) - len(missed)} companies screened, {len(missed)} not screened.")
    if missed:
        raise Refused(f"Not screened: {missed[0]}")


def screen_one(organisation_id: uuid.UUID) -> str:
    """Screen a company and keep the run; return why nothing was searched, if so."""
    from certify.kernel.db import transaction
    from certify.kernel.policy import Actor
    from certify.organisations.queries import get_organisation
    from certify.screening import service

    screened = service.screen_now(get_organisation(organisation_id))
    with transaction():
        run = service.store_run(organisation_id, screened, actor=Actor.system(REASON))
        return run.reason


DATABASE_COMMANDS: Final[tuple[click.Command, ...]] = (import_command, lists_command, rescreen_command)
"""What joins the group beside the commands without a server."""
