"""Comparing names: `analyse` works a name out once, `compare` says how alike two analysed names are and why."""

from collections.abc import Iterable
from functools import lru_cache

from certify.screening.matching.analysis import NameAnalysis, readings
from certify.screening.matching.companies import compare_companies
from certify.screening.matching.company_names import analyse_company
from certify.screening.matching.person_names import analyse_person
from certify.screening.matching.persons import compare_persons
from certify.screening.rules import Comparison, Schema

__all__ = ["NameAnalysis", "analyse", "best_of", "compare", "compare_names", "readings"]


@lru_cache(maxsize=50_000)
def analyse(text: str, schema: Schema) -> NameAnalysis:
    """Work out a name as a person's or as a company's; vessels and aircraft are named like companies."""
    return analyse_person(text) if schema is Schema.PERSON else analyse_company(text, schema)


def compare(subject: NameAnalysis, entry: NameAnalysis) -> Comparison:
    """Say how alike two analysed names are, 0 to 1, with the features that made the score.

    A person is never compared with a company: the score is then 0.
    """
    if (subject.schema is Schema.PERSON) != (entry.schema is Schema.PERSON) or not subject.words or not entry.words:
        return Comparison(0.0, 0.0)
    if subject.schema is Schema.PERSON:
        return compare_persons(subject, entry)
    return compare_companies(subject, entry)


def best_of(ours: Iterable[NameAnalysis], theirs: Iterable[NameAnalysis]) -> Comparison:
    """The best comparison of any of our names with any of theirs."""
    listed = tuple(theirs)
    found = [compare(our, their) for our in ours for their in listed]
    return max(found, key=lambda comparison: comparison.score, default=Comparison(0.0, 0.0))


def compare_names(ours: str, theirs: str, *, schema: Schema) -> Comparison:
    """Compare two names as written, each in every reading it allows."""
    our_names, their_names = ([analyse(name, schema) for name in readings(text)] for text in (ours, theirs))
    return best_of(our_names, their_names)
