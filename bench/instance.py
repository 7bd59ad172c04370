"""A scratch instance of the demonstration with one certificate, made through the same services as everything else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from certify import create_app
from certify.certificates.codes import format_code
from certify.cli import schema
from certify.config import PROJECT, Mode, Settings
from certify.demo import loading, story
from certify.demo.companies import CERTIFIED
from certify.kernel import clock
from certify.kernel.db import db
from certify.outside.keys import make_demonstration_keys


@dataclass(frozen=True, slots=True)
class Instance:
    """Where the instance lies, the application on it, and the code of its certificate."""

    app: Flask
    folder: Path
    database_url: str
    code: str

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to serve this instance, compiled like an installed one."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CERTIFY_", "PYTHON"))}
        return kept | {
            "CERTIFY_MODE": "demonstration",
            "CERTIFY_INSTANCE": str(self.folder),
            "CERTIFY_DATABASE_URL": self.database_url,
            "CERTIFY_CHECK_MAIL_DOMAINS": "false",
        }


@contextmanager
def instance(database_url: str = "") -> Iterator[Instance]:
    """Make an instance in a temporary folder, on SQLite or on the database named."""
    with tempfile.TemporaryDirectory(prefix="certify-bench-") as folder:
        settings = Settings(
            mode=Mode.DEMONSTRATION,
            instance=Path(folder),
            database_url=database_url,
            check_mail_domains=False,
            queue_url="memory:",
        )
        app = create_app(settings)
        with app.app_context():
            code = certified(settings)
            db.session.remove()
            db.engine.dispose()
        yield Instance(app, Path(folder), database_url, code)


def certified(settings: Settings) -> str:
    """Play the story of the first company; return its certificate's code as printed."""
    schema.ensure()
    make_demonstration_keys(settings.keys, organisation=settings.organisation_name, now=clock.now())
    story.people_the_house()
    return format_code(loading.certify(CERTIFIED).code)


def compile_package() -> None:
    """Compile the package, as an installation does."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(PROJECT / "certify")], check=True)
