"""How well screening finds whom it should and leaves alone whom it should: `make eval`.

    python -m bench.eval_screening [FOLDER]

FOLDER is laid out as the development data (OFAC and Security Council lists, pairs with judgements, people with
errors, invented people); without it nothing is measured. Prints precision, recall and F1 at the shipped threshold, and
recall at a precision of 0.90, beside an exact comparison and rapidfuzz's token_sort_ratio at the same threshold.
"""

import csv
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from bench.made_pairs import company_pairs, person_pairs
from certify.screening.dates import read_iso
from certify.screening.engine import LocalScreener
from certify.screening.index import NameIndex, analysed
from certify.screening.lists.files import ParsedList
from certify.screening.lists.folder import look_into, read_all
from certify.screening.matching import analyse, compare_names
from certify.screening.places import country_code
from certify.screening.rules import MATCH_THRESHOLD, BirthDate, ListVersion, Schema, Subject
from certify.screening.spelling import fold

FOLDER: Final = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "screening"
SEED: Final = 20260302
ENOUGH_PRECISION: Final = 0.90

Scorer = Callable[[str, str, Schema], float]


@dataclass(frozen=True, slots=True)
class Judged:
    """Two names and whether they are one."""

    schema: Schema
    ours: str
    theirs: str
    same: bool


def certify(ours: str, theirs: str, schema: Schema) -> float:
    """Our score."""
    return compare_names(ours, theirs, schema=schema).score


def token_sort(ours: str, theirs: str, _: Schema) -> float:
    """The score of rapidfuzz alone."""
    return fuzz.token_sort_ratio(fold(ours), fold(theirs)) / 100


def exact(ours: str, theirs: str, _: Schema) -> float:
    """1 for the same letters, whatever the case and the accents."""
    return float(fold(ours) == fold(theirs))


SCORERS: Final[dict[str, Scorer]] = {"certify": certify, "token_sort": token_sort, "exact": exact}


def main(arguments: Sequence[str]) -> None:
    """Measure everything that the folder allows."""
    folder = Path(arguments[0]) if arguments else FOLDER
    if not folder.is_dir():
        print(f"There is no folder {folder.name} with development data; nothing was measured.")
        return
    lists = read_all(look_into(folder).lists)
    print("\nPairs at the threshold of 0.70: precision / recall / F1; recall at a precision of 0.90\n")
    for title, judged in pair_sets(folder, lists):
        for name, scorer in SCORERS.items():
            print(f"  {title:<34} {name:<11} {quality(judged, scorer)}")
    searched(folder, lists)


def pair_sets(folder: Path, lists: Sequence[ParsedList]) -> Iterable[tuple[str, list[Judged]]]:
    """The pairs that come with judgements, and those made here from the lists."""
    for file in ("latam_dev.csv", "pairs_dev.csv"):
        if (folder / file).exists():
            yield file, [judged_row(row) for row in table(folder / file)]
    names = {
        schema: [e.primary_name for each in lists for e in each.entries if e.schema is schema] for schema in Schema
    }
    if (iso := folder / "elf-codes-1.4.1.csv").exists():
        made = company_pairs(names[Schema.COMPANY], iso, seed=SEED)
        yield "firms of 34 states, made", [Judged(Schema.COMPANY, pair.ours, pair.theirs, pair.same) for pair in made]
    people = person_pairs(names[Schema.PERSON], seed=SEED)
    yield "people and relatives, made", [Judged(Schema.PERSON, pair.ours, pair.theirs, pair.same) for pair in people]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def judged_row(row: dict[str, str]) -> Judged:
    """A row of a pair file."""
    return Judged(Schema.read(row["schema"]), row["name1"], row["name2"], row["is_match"].casefold() == "true")


def quality(judged: Sequence[Judged], scorer: Scorer) -> str:
    """Precision, recall and F1 at the threshold, and the best recall whose precision is 0.90 or more."""
    scored = [(scorer(pair.ours, pair.theirs, pair.schema), pair.same) for pair in judged]
    right = sum(score >= MATCH_THRESHOLD and same for score, same in scored)
    found, wanted = sum(score >= MATCH_THRESHOLD for score, _ in scored), sum(same for _, same in scored)
    precision, recall = right / max(1, found), right / max(1, wanted)
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{precision:.3f} / {recall:.3f} / {both:.3f}; {recall_at_precision(scored, wanted):.3f}"


def recall_at_precision(scored: list[tuple[float, bool]], wanted: int) -> float:
    """The best recall over all thresholds that keep the precision; pairs of one score stand or fall together."""
    best, right, seen = 0.0, 0, 0
    ranked = sorted(scored, reverse=True)
    for place, (score, same) in enumerate(ranked):
        right, seen = right + same, seen + 1
        is_last_of_score = place + 1 == len(ranked) or ranked[place + 1][0] < score
        if is_last_of_score and right / seen >= ENOUGH_PRECISION:
            best = right / wanted
    return best


def searched(folder: Path, lists: Sequence[ParsedList]) -> None:
    """Search the lists for people and firms, and tell what was found, what was hit wrongly, and how long it took."""
    began = time.perf_counter()
    entries = [analysed(entry) for each in lists for entry in each.entries]
    index = NameIndex(entries)
    screener = LocalScreener(index, [ListVersion(each.list_id, each.digest, len(each.entries)) for each in lists])
    built = time.perf_counter() - began
    names = [fold(name.analysis.text) for entry in entries for name in entry if name.entry.schema is Schema.PERSON]
    print(f"\nSearches among {len(index)} entries; analysis and index took {built:.1f} s\n")
    print(f"  people of the UN list with errors  {found_people(folder, lists, screener, index, names)}")
    invented = table(folder / "negatives_global_1000.csv")
    scan = sum(best_ratio(row["full_name"], names) >= MATCH_THRESHOLD for row in invented) / len(invented)
    for title, circumstances in (("by name alone", 0), ("and birth date", 1), ("and birth date and country", 2)):
        hits = [bool(screener.screen(person(row, circumstances)).hits) for row in invented]
        beside = f"; token_sort {scan:.3f}" if not circumstances else ""
        print(f"  invented people hit, {title:<27} {sum(hits) / len(hits):.3f}{beside}")
    other = folder / "mdb" / "european_bank_for_reconstruction_and_development_ineligible_firms.csv"
    if other.exists():
        firms = [row["Firm Name"].strip() for row in table(other)]
        hits = [bool(screener.screen(Subject(name, Schema.COMPANY)).hits) for name in firms]
        print(f"  firms of another bank's list hit by name {sum(hits) / len(hits):.3f} of {len(hits)}")


def found_people(
    folder: Path, lists: Sequence[ParsedList], screener: LocalScreener, index: NameIndex, names: list[str]
) -> str:
    """The shares of people with errors that are found, shown and among the candidates, and the times of a search."""
    wanted = uids_by_name(lists)
    treated_rows = table(folder / "positives_un_treated_dev.csv")
    untouched_rows = table(folder / "positives_un_untreated_dev.csv")
    total = len(treated_rows)
    shown = found = near = scanned = 0
    times = []
    for treated, untouched in zip(treated_rows, untouched_rows, strict=True):
        uids, subject = wanted.get(plain_name(untouched["full_name"]), set()), person(treated, 2)
        began = time.perf_counter()
        hits = [hit for hit in screener.screen(subject).hits if hit.entry.uid in uids]
        times.append(time.perf_counter() - began)
        shown += any(hit.comparison.is_shown for hit in hits)
        found += any(hit.comparison.is_match for hit in hits)
        candidates = index.candidates([analyse(subject.name, Schema.PERSON)], Schema.PERSON)
        near += any(each.candidate.entry.uid in uids for each in candidates)
        scanned += best_ratio(treated["full_name"], names) >= MATCH_THRESHOLD
    times.sort()
    return (
        f"found {found / total:.3f}, shown {shown / total:.3f}, candidate recall@50 {near / total:.3f}; "
        f"token_sort {scanned / total:.3f}; p50 {times[total // 2] * 1e3:.1f} ms, "
        f"p99 {times[int(total * 0.99)] * 1e3:.1f} ms"
    )


def uids_by_name(lists: Sequence[ParsedList]) -> dict[str, set[str]]:
    """Which entries bear a primary name."""
    uids: dict[str, set[str]] = {}
    for each in lists:
        for entry in each.entries:
            uids.setdefault(plain_name(entry.primary_name), set()).add(entry.uid)
    return uids


def plain_name(name: str) -> str:
    """A name with single spaces, whatever the case."""
    return " ".join(name.split()).casefold()


def best_ratio(name: str, names: list[str]) -> float:
    """The best token_sort_ratio of a scan over all names."""
    found = process.extractOne(fold(name), names, scorer=fuzz.token_sort_ratio, score_cutoff=100 * MATCH_THRESHOLD)
    return found[1] / 100 if found else 0.0


def person(row: dict[str, str], circumstances: int) -> Subject:
    """A person of a table: 0 by name alone, 1 with the birth date, 2 with the country too."""
    born = birth_date(row["date_of_birth"]) if circumstances else None
    country = country_code(row["nationality"]) if circumstances > 1 else ""
    return Subject(row["full_name"], Schema.PERSON, country=country, birth_date=born)


def birth_date(text: str) -> BirthDate | None:
    """A birth date of a table, or None."""
    try:
        return read_iso(text)
    except ValueError:
        return None


if __name__ == "__main__":
    main(sys.argv[1:])
