"""How the commands on frameworks and scores refuse: in sentences on standard error, with exit code 2, and no trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import IO, Any

import click

from certify.criteria.rules import Fault

_LONGEST_LINE = 600
_HALF_LINE = 290


class Refusal(click.ClickException):
    """Ends a command: one sentence a line on standard error, nothing on standard output."""

    exit_code = 2

    def __init__(self, sentences: Iterable[object]) -> None:
        """Keep the sentences, in order."""
        self.sentences = [str(sentence) for sentence in sentences]
        super().__init__(self.sentences[0])

    def show(self, file: IO[Any] | None = None) -> None:
        """Print each sentence on its own line."""
        for sentence in self.sentences:
            say(sentence, file=file)


class PlainCommand(click.Command):
    """A command whose wrong usage is refused in one sentence as well."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the arguments; say in one sentence what is wrong with them, an option given twice included."""
        options = Counter(argument.partition("=")[0] for argument in args if argument.startswith("--"))
        if repeated := [option for option, count in options.items() if count > 1]:
            raise Refusal([f"The option {repeated[0]} is given more than once."])
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise Refusal([" ".join(error.format_message().split())]) from error


def say(sentence: str, *, file: IO[Any] | None = None) -> None:
    """One line on standard error, short and in ASCII, so that no terminal and no file can break or flood it."""
    line = " ".join(sentence.encode("ascii", "backslashreplace").decode("ascii").split())
    shortened = line if len(line) <= _LONGEST_LINE else f"{line[:_HALF_LINE]} ... {line[-_HALF_LINE:]}"
    click.echo(shortened, err=True, file=file)


def warn(faults: Iterable[Fault]) -> None:
    """Print what is worth knowing and refuses nothing."""
    for fault in faults:
        say(f"Warning: {fault}")
