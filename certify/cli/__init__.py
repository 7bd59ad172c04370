"""The `certify` command: joins the slices' command groups; each is imported only when it is used."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "agreements": "agreements.cli:agreements",
    "audit": "cli.house:audit",
    "board": "board.cli:board",
    "criteria": "criteria.cli:criteria_group",
    "db": "cli.house:database",
    "demo": "demo.cli:demo",
    "policy": "cli.house:policy",
    "run": "cli.serving:run",
    "score": "assessment.cli:score_command",
    "screening": "screening.cli:screening",
    "users": "accounts.cli:users",
    "verify": "certificates.cli:verify",
    "worker": "cli.serving:worker",
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
        found: click.Command = getattr(importlib.import_module(f"certify.{module}"), name)
        return found


@click.group(cls=Lazy)
def main() -> None:
    """Partner due diligence and certification."""
