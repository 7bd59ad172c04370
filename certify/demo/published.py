"""Importing published lists from a folder, for the demonstration's search; what is not known is named as skipped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from certify.demo.story import OPERATOR
from certify.kernel.db import transaction
from certify.screening import service as screening
from certify.screening.lists import ParsedList, ofac, un

FOLDERS: dict[str, tuple[str, Callable[[dict[str, bytes]], ParsedList]]] = {
    "ofac_2021": ("OFAC Specially Designated Nationals (2021)", ofac.parse),
    "ofac_cons": ("OFAC consolidated list", ofac.parse),
    "un": ("UN Security Council consolidated list", un.parse),
}
"""Folder > title and reader."""


def import_published(folder: Path) -> None:
    """Import the folders that are known, name the others."""
    for place in sorted(folder.iterdir()):
        if place.name in FOLDERS and place.is_dir():
            import_one(place)
        else:
            click.echo(f"skipped: {place.name}")


def import_one(place: Path) -> None:
    """Import one list."""
    title, parse = FOLDERS[place.name]
    found = {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.is_file()}
    parsed = parse(found)
    with transaction():
        screening.import_list(parsed, title=title, source=place.name, actor=OPERATOR)
    click.echo(f"imported: {place.name} ({len(parsed.entries)} entries)")
