"""Serving the house: `certify run` for one machine, `certify worker` for the jobs."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import click
from flask import Flask

from certify import create_app
from certify.cli import schema

HOST, PORT, THREADS = "127.0.0.1", 8000, 8


@click.command()
@click.option("--host", default=HOST, show_default=True)
@click.option("--port", default=PORT, show_default=True)
def run(host: str, port: int) -> None:
    """Bring the tables up to date, start the worker and serve; in demonstration mode with its people and story."""
    app = create_app()
    with app.app_context():
        schema.ensure()
        greet = prepare_demonstration(app)
    with worker_process():
        click.echo(f"Serving on http://{host}:{port} (stop with Ctrl+C)")
        if greet:
            click.echo(greet)
        from waitress import serve

        serve(app, host=host, port=port, threads=THREADS, ident="certify")


def prepare_demonstration(app: Flask) -> str:
    """Load the demonstration where this is one, and return what its visitor needs to know."""
    if not app.config["CERTIFY"].demonstration or find_spec("certify.demo") is None:
        return ""
    from certify.demo.loading import prepare

    greeting: str = prepare(app)
    return greeting


@contextmanager
def worker_process() -> Iterator[None]:
    """Run the worker beside the web process, and end it with it, also when the machine asks this process to end."""
    signal.signal(signal.SIGTERM, leave)
    process = subprocess.Popen([sys.executable, "-m", "certify.cli", "worker"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def leave(_signal: int, _frame: object) -> None:
    """End in order."""
    raise SystemExit(0)


@click.command()
@click.option("--workers", default=1, show_default=True, help="Threads; one is right for SQLite.")
def worker(workers: int) -> None:
    """Do the jobs: letters, documents, screening, what falls due by date."""
    app = create_app()
    queue = app.extensions["certify.queue"]
    with app.app_context():
        from certify.kernel.jobs import sweep

        sweep()
    queue.create_consumer(workers=workers, periodic=True, initial_delay=0.05, max_delay=0.5).run()
