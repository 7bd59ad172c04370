"""Web processes under measurement: started on a free port, asked by one client, ended by their process id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from certify.config import PROJECT

HOST = "127.0.0.1"
PATIENCE = 60
"""Seconds after which a process that does not answer is given up."""
TICKS = os.sysconf("SC_CLK_TCK")


class NoAnswer(RuntimeError):
    """A process under measurement did not answer, or not as it should."""


@dataclass(slots=True)
class Served:
    """One page of one web process."""

    name: str
    connection: HTTPConnection
    address: str
    worker: int
    """Process id of the one worker."""

    def ask(self, times: int) -> None:
        """Ask for the page again and again; the connection is kept where the server keeps it."""
        for _ in range(times):
            self.connection.request("GET", self.address)
            answer = self.connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise NoAnswer(f"{self.name} answered {answer.status}")

    def spent(self) -> float:
        """Return the CPU seconds that the worker has spent so far, in user and kernel mode."""
        times = stat_of(self.worker)[11:13]
        return sum(map(int, times)) / TICKS


def stat_of(pid: int) -> list[str]:
    """Read what the kernel says of a process, from its state on (proc_pid_stat(5), fields 3 and on)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def child_of(parent: int) -> int:
    """Find the one worker that a master process has forked."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int(stat_of(int(entry.name))[1]) == parent:
                return int(entry.name)
        except OSError:
            continue
    raise NoAnswer("The web process has no worker.")


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Started:
    """A command that runs in a process group of its own, and what it says when it fails."""

    process: subprocess.Popen[bytes]
    words: IO[bytes]

    def check(self) -> None:
        """Raise NoAnswer with the last words of a process that has ended."""
        if self.process.poll() is not None:
            self.words.seek(0)
            raise NoAnswer(f"The process ended: {self.words.read().decode(errors='replace')[-2_000:]}")


@contextmanager
def started(command: list[str], *, environment: Mapping[str, str]) -> Iterator[Started]:
    """Run a command in the project's folder, and end it together with whatever it started."""
    with TemporaryFile() as words:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=dict(environment),
            stdout=subprocess.DEVNULL,
            stderr=words,
            start_new_session=True,
        )
        try:
            yield Started(process, words)
        finally:
            end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children, at last by force."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=PATIENCE)


def first_answer(run: Started, port: int, address: str) -> None:
    """Wait for the first answer at an address; refused connections are tried again at once."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        run.check()
        connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        try:
            connection.request("GET", address)
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.005)
        finally:
            connection.close()
    raise NoAnswer(f"Nothing answered at {address} within {PATIENCE} seconds.")


def gunicorn(application: str, port: int) -> list[str]:
    """Return the command for one synchronous worker of an application."""
    bind = f"{HOST}:{port}"
    return [sys.executable, "-m", "gunicorn", "--workers", "1", "--worker-class", "sync", "--bind", bind, application]


@contextmanager
def served(name: str, application: str, address: str, *, environment: Mapping[str, str]) -> Iterator[Served]:
    """Serve an application by one worker of its own, once it has answered."""
    port = free_port()
    with started(gunicorn(application, port), environment=environment) as run:
        first_answer(run, port, address)
        yield Served(name, HTTPConnection(HOST, port), address, child_of(run.process.pid))
