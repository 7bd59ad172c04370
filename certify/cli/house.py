"""Commands for the operator: tables, audit trail, permissions."""

from __future__ import annotations

import sys

import click

from certify import create_app
from certify.cli import schema


@click.group("db")
def database() -> None:
    """Tables of the database."""


@database.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables to a revision, by default the newest."""
    with create_app().app_context():
        schema.upgrade(revision)
        click.echo(f"The tables are at revision {schema.present()}.")


@database.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back to a revision; `base` removes them with everything in them."""
    with create_app().app_context():
        schema.downgrade(revision)
        click.echo(f"The tables are at revision {schema.present() or 'none'}.")


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
def verify_audit() -> None:
    """Check every chain and every block; exit 1 when an entry was edited, removed or moved."""
    from certify.kernel import audit as trail

    with create_app().app_context():
        faults, open_tail = trail.verify()
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{len(faults)} faults; {open_tail} entries are not yet sealed by a block.")
    sys.exit(1 if faults else 0)


@audit.command("seal")
def seal_audit() -> None:
    """Seal the heads of all chains now, instead of waiting for the minute's job."""
    from certify.kernel.audit import seal_heads
    from certify.kernel.db import transaction

    with create_app().app_context():
        with transaction():
            block = seal_heads()
            number = block.number if block else None
        click.echo(f"Sealed block {number}." if number else "Nothing new to seal.")


@click.command()
def policy() -> None:
    """Print who may do what, as kept in docs/permissions.md."""
    from certify.cli.permissions import matrix

    with create_app().app_context():
        click.echo(matrix())
