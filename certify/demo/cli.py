"""`certify demo`: the same story without a server, in a scratch instance; leaves the documents in a folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

from certify import create_app


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the documents."
)
@click.option(
    "--lists", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of published lists."
)
def demo(out: Path, lists: Path | None) -> None:
    """Play three companies: one certified, one refused, one ineligible; write what was issued into a folder."""
    with scratch_house() as app, app.app_context():
        from certify.demo.telling import tell

        tell(out, lists)


@contextmanager
def scratch_house() -> Iterator[Flask]:
    """Make a house in a temporary folder, with tables and keys of its own."""
    from certify.cli import schema
    from certify.config import Mode, Settings
    from certify.kernel import clock
    from certify.outside.keys import make_demonstration_keys

    with tempfile.TemporaryDirectory(prefix="certify-demo-") as folder:
        settings = Settings(
            mode=Mode.DEMONSTRATION, instance=Path(folder), check_mail_domains=False, queue_url="memory:"
        )
        app = create_app(settings)
        with app.app_context():
            schema.ensure()
            make_demonstration_keys(settings.keys, organisation=settings.organisation_name, now=clock.now())
        yield app
