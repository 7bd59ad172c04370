"""Opens a PDF from standard input within limits of memory and time, and says as JSON what it found.

Runs as a process of its own (`python -I pdf_probe.py`), so that a PDF made to burst takes nothing else with it.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space; libraries take about 250 MiB of it."""
SECONDS = 6
MOST_OBJECTS = 500_000


def main() -> None:
    """Read, look, answer; leave with an exit code that is not 0 where a limit was reached."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    fault, pages = look(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps({"fault": fault, "pages": pages}))


def look(content: bytes) -> tuple[str, int]:
    """Return what is wrong ('' for nothing) and the number of pages."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return "encrypted", 0
            if len(pdf.objects) > MOST_OBJECTS:
                raise MemoryError
            return danger(pdf), len(pdf.pages)
    except pikepdf.PasswordError:
        return "encrypted", 0
    except (pikepdf.PdfError, ValueError, TypeError, KeyError):
        return "damaged", 0


def danger(pdf: Any) -> str:
    """Name the first thing in the PDF that acts by itself: 'script' or 'launch'; '' for nothing."""
    for thing in pdf.objects:
        if found := acts(thing):
            return found
    return acts(pdf.trailer)


def acts(thing: Any, depth: int = 0) -> str:
    """Say whether a dictionary, or one written inside it, is an action with a script or a program."""
    import pikepdf

    if depth > 20 or not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
        return ""
    if isinstance(thing, pikepdf.Array):
        return next((found for item in inner(thing) if (found := acts(item, depth + 1))), "")
    kind = thing.get("/S")
    if "/JS" in thing or kind == pikepdf.Name.JavaScript:
        return "script"
    if kind == pikepdf.Name.Launch:
        return "launch"
    return next((found for item in inner(thing) if (found := acts(item, depth + 1))), "")


def inner(thing: Any) -> list[Any]:
    """Return what stands directly inside; what is only referred to is looked at on its own."""
    import pikepdf

    values = list(thing) if isinstance(thing, pikepdf.Array) else [thing[key] for key in thing.keys()]  # noqa: SIM118
    return [value for value in values if isinstance(value, pikepdf.Object) and not value.is_indirect]


if __name__ == "__main__":
    main()
