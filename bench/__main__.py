"""`python -m bench [FIGURE ...]`: one JSON line a figure on the output, notes for people on the error stream.

The goals are ratios measured within one run; absolute times depend on the machine and are reported beside them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from bench import issuing, run_start, scorecard, verification, web_start
from bench.figure import Figure, note
from bench.instance import Instance, instance

FIGURES: dict[str, Callable[[Instance], Iterator[Figure]]] = {
    "verification": verification.figures,
    "issuing": issuing.figures,
    "scorecard": scorecard.figures,
    "web_start": web_start.figures,
    "run_start": run_start.figures,
}


def main() -> None:
    """Measure what is asked for, by default everything, one after another."""
    asked = argparse.ArgumentParser(prog="bench", description="Measure speed as ratios.")
    asked.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    chosen = asked.parse_args().figures or list(FIGURES)
    if unknown := set(chosen) - FIGURES.keys():
        asked.error(f"unknown figures: {', '.join(sorted(unknown))}")
    note("Making an instance with one certificate")
    with instance() as made:
        for name in chosen:
            for figure in FIGURES[name](made):
                print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
