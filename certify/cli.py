"""The `certify` command: joins the slices' command groups; each is imported only when it is used."""

from __future__ import annotations

import importlib
from typing import Any

import click

COMMANDS = {
    "score": "assessment.cli:score",
    "criteria": "criteria.cli:criteria",
    "screening": "screening.cli:screening",
    "verify": "certificates.cli:verify",
    "users": "accounts.cli:users",
    "audit": "kernel.cli:audit",
    "policy": "kernel.cli:policy",
    "db": "kernel.cli:database",
    "run": "kernel.cli:run",
    "worker": "kernel.cli:worker",
    "demo": "demo.cli:demo",
    "agreements": "agreements.cli:agreements",
}
"""Command > where it lives. Commands of pure slices start without Flask."""


class Lazy(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands by name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _colon, name = COMMANDS[cmd_name].partition(":")
        found: Any = getattr(importlib.import_module(f"certify.{module}"), name)
        return found if isinstance(found, click.Command) else None


@click.group(cls=Lazy)
def main() -> None:
    """Partner due diligence and certification."""
