"""Reads the slice's data files: member states, countries, and how activities and size are classed."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The quick one where the library has it."""


@cache
def data_file(name: str) -> Any:
    """Return the content of a data file of this slice."""
    text = resources.files("certify.organisations").joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=LOADER)  # noqa: S506  both are safe loaders
