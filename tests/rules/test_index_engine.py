"""Finding candidates, and what a whole screening answers. All names are invented."""

from datetime import date

import pytest

from certify.screening.engine import LocalScreener, against, screener_of
from certify.screening.index import NameIndex, analysed
from certify.screening.lists import generic, ofac, un
from certify.screening.matching import analyse
from certify.screening.rules import (
    MATCH_THRESHOLD,
    BirthDate,
    FeatureKind,
    Identifier,
    IdentifierKind,
    ListedEntry,
    ListedName,
    NameQuality,
    Schema,
    Screener,
    ScreeningStatus,
    Subject,
    digest_of,
)
from tests.rules.screening_files import GENERIC, UN, sdn

BORN = BirthDate(date(1961, 10, 12), date(1961, 10, 12))
PERSON = ListedEntry("t:1", "t", Schema.PERSON, (ListedName("TOLIMA CALARCA, Zenobio"),), (BORN,), ("CO",))


def day(year: int, month: int, number: int) -> BirthDate:
    """A day of birth."""
    return BirthDate(date(year, month, number), date(year, month, number))


def person(uid: int, name: str) -> ListedEntry:
    """A listed person."""
    return ListedEntry(f"t:{uid}", "t", Schema.PERSON, (ListedName(name),))


def index_of(*names: str) -> NameIndex:
    """An index of people."""
    return NameIndex(analysed(person(place, name)) for place, name in enumerate(names))


def screener(*entries: ListedEntry) -> LocalScreener:
    """A screener of one list."""
    parsed = generic.parse({"l.csv": b"uid,schema,name\n1,aircraft,X\n"}, list_id="t")
    return screener_of([type(parsed)("t", parsed.kind, entries, "0" * 64)])


@pytest.mark.parametrize(
    "name",
    ["Zenobio Kimbaya", "Kimbaya, Zenobio", "Zenobio Kimbayya", "Zenobyo Kimbaia", "ZenobioKimbaya", "Zenobio Kiambya"],
)
def test_order_spelling_and_gaps_do_not_hide_a_candidate(name: str) -> None:
    index = index_of("KIMBAYA, Zenobio", "CALARCA, Lisandro", "TOLIMA, Aurelio")

    found = index.candidates([analyse(name, Schema.PERSON)], Schema.PERSON)

    assert found[0].candidate.entry.primary_name == "KIMBAYA, Zenobio"


def test_two_wrong_letters_are_rescued_by_an_end_of_the_word() -> None:
    index = index_of("CALARCAMAYO, Li", "TOLIMA, Li")

    found = index.candidates([analyse("Calrcamao", Schema.PERSON)], Schema.PERSON)

    assert [each.candidate.entry.uid for each in found] == ["t:0"]


def test_candidates_are_limited_and_the_best_come_first() -> None:
    index = index_of(*(f"TOLIMA, Zenobio {letter * 4}" for letter in "abcdefgh"), "TOLIMA, Zenobio")

    found = index.candidates([analyse("Zenobio Tolima", Schema.PERSON)], Schema.PERSON, limit=3)

    assert len(found) == 3
    assert found[0].candidate.entry.uid == "t:8"
    assert found[0].candidate.likeness == pytest.approx(1.0)


def test_people_companies_and_vessels_stand_on_shelves_of_their_own() -> None:
    screen = screener_of([ofac.parse(sdn())])

    assert screen.screen(Subject("Estrella Quimbaya", Schema.COMPANY)).hits == ()
    assert len(screen.screen(Subject("Estrella Quimbaya", Schema.VESSEL)).hits) == 1


def test_an_index_counts_its_entries() -> None:
    assert len(index_of("A B", "C D")) == 2
    assert index_of().candidates([analyse("A B", Schema.PERSON)], Schema.PERSON) == []


def test_a_screening_tells_what_it_searched() -> None:
    lists = [ofac.parse(sdn()), un.parse({"l.xml": UN.encode()})]
    subject = Subject("Quimbaya Comercial Sociedad Anónima", Schema.COMPANY)

    result = screener_of(lists).screen(subject)

    assert result.status is ScreeningStatus.SCREENED
    assert [hit.entry.uid for hit in result.hits] == ["ofac:101"]
    assert [(each.list_id, each.entries) for each in result.versions] == [("ofac-sdn", 3), ("un-sc", 2)]
    assert [each.digest for each in result.versions] == [each.digest for each in lists]
    assert result.subject_digest == digest_of(subject)
    assert (result.candidates >= 1, result.top_score, result.threshold) == (True, 1.0, MATCH_THRESHOLD)


def test_no_hit_is_shown_with_the_score_of_the_best_candidate() -> None:
    result = screener(PERSON).screen(Subject("Zenobio Quimbaya", Schema.PERSON))

    assert (result.status, result.hits) == (ScreeningStatus.SCREENED, ())
    assert 0 < result.top_score < MATCH_THRESHOLD


@pytest.mark.parametrize("name", ["", "...", "—"])
def test_a_name_without_a_letter_is_not_screened_and_never_clear(name: str) -> None:
    result = screener(PERSON).screen(Subject(name, Schema.PERSON))

    assert result.status is ScreeningStatus.NOT_SCREENED
    assert result.reason


def test_without_lists_nothing_is_screened() -> None:
    assert screener_of([]).screen(Subject("Quimbaya", Schema.COMPANY)).status is ScreeningStatus.NOT_SCREENED


def test_other_names_of_the_subject_are_screened_too() -> None:
    subject = Subject("Aurelio Quimbaya", Schema.PERSON, other_names=("Zenobio Tolima Calarca",))

    hit = screener(PERSON).screen(subject).hits[0]

    assert (hit.our_name, hit.listed_name) == ("Zenobio Tolima Calarca", "TOLIMA CALARCA, Zenobio")


def test_another_birth_date_never_hides_a_name_that_is_the_same() -> None:
    subject = Subject("Zenobio Tolima Calarca", Schema.PERSON, country="BR", birth_date=day(1999, 1, 1))

    found = screener(PERSON).screen(subject).hits[0].comparison

    assert found.name_score == 1.0
    assert found.is_shown
    assert MATCH_THRESHOLD <= found.score < 1.0
    kinds = {feature.kind for feature in found.features}
    assert {FeatureKind.OTHER_BIRTH_DATE, FeatureKind.OTHER_COUNTRY} <= kinds


def test_another_birth_date_clears_a_name_that_is_only_alike() -> None:
    alike = Subject("Zenobio Tolimma", Schema.PERSON)
    born = Subject("Zenobio Tolimma", Schema.PERSON, birth_date=day(1999, 1, 1))

    assert screener(PERSON).screen(alike).hits
    assert not screener(PERSON).screen(born).hits


@pytest.mark.parametrize(
    ("born", "kind"),
    [
        (day(1961, 10, 12), FeatureKind.SAME_BIRTH_DATE),
        (day(1961, 12, 10), FeatureKind.NEAR_BIRTH_DATE),
        (day(1962, 3, 1), FeatureKind.NEAR_BIRTH_DATE),
        (day(1981, 10, 12), FeatureKind.NEAR_BIRTH_DATE),
        (day(1975, 5, 5), FeatureKind.OTHER_BIRTH_DATE),
    ],
    ids=["the same day", "day and month swapped", "half a year off", "one digit off", "another day"],
)
def test_birth_dates_agree_nearly_or_not(born: BirthDate, kind: FeatureKind) -> None:
    subject = Subject("Zenobio Tolima Calarca", Schema.PERSON, birth_date=born)

    features = screener(PERSON).screen(subject).hits[0].comparison.features

    assert kind in {feature.kind for feature in features}


def test_a_year_that_holds_the_listed_day_says_nothing() -> None:
    year = BirthDate(date(1961, 1, 1), date(1961, 12, 31))

    found = screener(PERSON).screen(Subject("Zenobio Tolima Calarca", Schema.PERSON, birth_date=year)).hits[0]

    assert found.comparison.score == 1.0


@pytest.mark.parametrize(
    ("identifier", "hits"),
    [
        (Identifier(IdentifierKind.TAX, "900.123.456-7", "CO"), 1),
        (Identifier(IdentifierKind.REGISTRATION, "9001234567", "CO"), 1),
        (Identifier(IdentifierKind.LEI, "5493001kjtiigc8y1r12"), 1),
        (Identifier(IdentifierKind.TAX, "9001234567", "PA"), 0),
        (Identifier(IdentifierKind.TAX, "9001234567"), 0),
        (Identifier(IdentifierKind.OTHER, "9001234567", "CO"), 0),
        (Identifier(IdentifierKind.LEI, "123"), 0),
    ],
)
def test_an_equal_identifier_always_hits_whatever_the_name(identifier: Identifier, hits: int) -> None:
    lists = [generic.parse({"l.csv": GENERIC.encode()}, list_id="bank")]
    subject = Subject("Entirely Different Ltd", Schema.COMPANY, identifiers=(identifier,))

    assert len(screener_of(lists).screen(subject).hits) == hits


def test_a_weak_alias_counts_less_than_a_name() -> None:
    names = (ListedName("TOLIMA CALARCA, Zenobio"), ListedName("El Quimbaya", NameQuality.WEAK))
    entry = ListedEntry("t:1", "t", Schema.PERSON, names)

    weak, firm = (screener(entry).screen(Subject(name, Schema.PERSON)) for name in ("El Quimbaya", "Zenobio Tolima"))

    assert weak.hits[0].comparison.score < 1.0
    assert FeatureKind.WEAK_ALIAS in {feature.kind for feature in weak.hits[0].comparison.features}
    assert firm.hits


def test_new_entries_are_held_against_the_subjects_there_are() -> None:
    subjects = [Subject("Zenobio Tolima Calarca", Schema.PERSON), Subject("Quimbaya", Schema.COMPANY)]

    found = against(subjects, [PERSON])

    assert [(subject.name, hit.entry.uid) for subject, hit in found] == [("Zenobio Tolima Calarca", "t:1")]


def test_a_changed_record_has_another_digest() -> None:
    assert digest_of(PERSON) == digest_of(ListedEntry("t:1", "t", Schema.PERSON, PERSON.names, (BORN,), ("CO",)))
    assert digest_of(PERSON) != digest_of(ListedEntry("t:1", "t", Schema.PERSON, PERSON.names, (), ("CO",)))


def test_the_shipped_screener_keeps_the_protocol() -> None:
    kept: Screener = screener(PERSON)

    assert kept.screen(Subject("x y", Schema.PERSON)).status is ScreeningStatus.SCREENED
