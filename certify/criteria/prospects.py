"""What the linter warns of: a framework that is sound, and yet will not do what its authors expect."""

from __future__ import annotations

from math import lcm

from certify.criteria.coverage import occurring_sets, weights_after_grants
from certify.criteria.definition import STRUCTURE_FILE
from certify.criteria.reachability import unreachable_bands
from certify.criteria.rules import FULL, Fault, Framework, Theme

_INT64 = 2**63


def warnings_of(framework: Framework) -> list[Fault]:
    """Every warning; none of them keeps a framework from being used."""
    warnings = [
        Fault(STRUCTURE_FILE, band, "is a band that no combination of answers reaches")
        for band in unreachable_bands(framework)
    ]
    if leaves_int64(framework):
        warnings.append(
            Fault(
                STRUCTURE_FILE,
                "themes",
                "have weights with so large a common denominator that scoring in bulk leaves 64-bit integers",
            )
        )
    return warnings


def leaves_int64(framework: Framework) -> bool:
    """Whether sum(weights) x 10 000 x the common denominator of all theme scores that can occur reaches 2^63."""
    return sum(framework.default_weights.values()) * FULL * common_denominator(framework) >= _INT64


def common_denominator(framework: Framework) -> int:
    """The least common multiple of every weight that can count in a theme, over all companies and permitted grants."""
    return lcm(*(weight for theme in framework.themes for weight in _weights(theme, framework)))


def _weights(theme: Theme, framework: Framework) -> set[int]:
    """Every weight that can count in one theme; where there are too many cases to try, every weight from half up."""
    sets = occurring_sets(theme.criteria, sizes=framework.sizes, sectors=framework.sectors)
    if sets is None:
        return set(range((theme.weight + 1) // 2, theme.weight + 1))
    return {weight for applying in sets for weight in weights_after_grants(theme.criteria, applying)}
