"""Company forms of the 34 member states in one canonical spelling each, found wherever a name carries them.

`INTERFIAR S/A`, `S.A. INTERFIAR`, `Interfiar S. A.` and `Interfiar Sociedad Anónima` all are *Interfiar* with the form
S.A.; without this the form's letters would count as words of the name. The table is `data/legal_forms.csv`, which names
its sources. One spelling may stand for forms of several states (S.C. is a civil society in Mexico and a general
partnership in Peru), so a name carries a set of forms and two names conflict only where no reading agrees.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from certify.screening.spelling import fold
from certify.screening.vocabulary import business_words, words

NOT_IN_FRONT: Final = words("co me ac sc ep eu pa pc as la ad ag na se ab kg corporation partnership")
"""Short forms that before a name are mostly words or initials of it."""

_LONGEST: Final = 12
_SHORTEST_MENDED: Final = 6
_GLUED_FORM: Final = re.compile(r"(?<=[a-z]{3})(?=(?:AG|SA|SAS|SRL|SAC|LLC|GmbH|Ltda|Inc)\b)")
_GAPS: Final = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A company form: its canonical spelling, its family, and the member states that know it (ISO 3166-1 alpha-2)."""

    name: str
    family: str
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a form: which words may make it up, and where in the name it may stand."""

    form: LegalForm
    place: str
    words: frozenset[str]
    is_long: bool


@dataclass(frozen=True, slots=True)
class WithoutForm:
    """A name's words without its legal forms, and the forms, outermost last."""

    words: tuple[str, ...]
    forms: tuple[LegalForm, ...] = ()


def name_words(text: str) -> tuple[str, ...]:
    """The words of a company name in plain letters: "&" is "and", an elided article stands alone (d'Haïti: d haiti)."""
    apart = _GLUED_FORM.sub(" ", re.sub(r"\b([dlDL])['’](?=\w)", r"\1 ", text))
    return tuple(re.findall(r"[a-z0-9]+", fold(apart).replace("&", " and ").replace("+", " and ")))


def without_form(name: Sequence[str]) -> WithoutForm:
    """Take every legal form off a name. What is nothing but a form stays as it is: then it is the name."""
    rest: tuple[str, ...] = tuple(_spelled_right(word) for word in name)
    forms: tuple[LegalForm, ...] = ()
    for strip in (_strip_end, _strip_front, _strip_middle, _strip_end):
        rest, found = strip(rest)
        forms = found + forms
    return WithoutForm(rest, forms)


def agree(ours: Sequence[LegalForm], theirs: Sequence[LegalForm]) -> bool:
    """True when some reading of both names' forms is the same form, or a translation of it."""
    families = {form.family for form in ours if form.family}
    return bool(families & {form.family for form in theirs if form.family})


def forms_known_in(country: str) -> frozenset[str]:
    """The canonical forms of a member state."""
    return frozenset(
        each.form.name for group in _spellings().values() for each in group if country in each.form.countries
    )


@lru_cache(maxsize=50_000)
def _spelled_right(word: str) -> str:
    """A word of a legal form with one letter wrong (Limitd, Anonma) as it should be; every other word as it is."""
    if len(word) < _SHORTEST_MENDED or word in _long_words() or word in business_words():
        return word
    found = process.extractOne(word, _long_words(), scorer=OSA.distance, score_cutoff=1)
    return found[0] if found else word


@cache
def _long_words() -> frozenset[str]:
    """The words of legal forms that are long enough to be known again with one letter wrong."""
    spelled = (each.words for group in _spellings().values() for each in group)
    return frozenset(word for words in spelled for word in words if len(word) >= _SHORTEST_MENDED)


Split = tuple[tuple[str, ...], tuple[LegalForm, ...]]


def _strip_end(words: tuple[str, ...]) -> Split:
    """Take forms off the end, one after another (S.A. de C.V., SOFOM E.N.R.)."""
    forms: tuple[LegalForm, ...] = ()
    while size := _longest(words, from_end=len(words)):
        forms += _forms(words[len(words) - size :], "end")
        words = words[: len(words) - size]
    return words, forms


def _longest(words: tuple[str, ...], from_end: int) -> int:
    """How many of the last words make up the longest form; 0 when none does or nothing would be left."""
    for size in range(min(_LONGEST, from_end - 1), 0, -1):
        if _forms(words[from_end - size : from_end], "end"):
            return size
    return 0


def _strip_front(words: tuple[str, ...]) -> Split:
    """Take one form off the front (S.A. Interfiar), unless its letters may be a word there."""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        head = words[:size]
        if "".join(head) not in NOT_IN_FRONT and (forms := _forms(head, "start")):
            return words[size:], forms
    return words, ()


def _strip_middle(words: tuple[str, ...]) -> Split:
    """Take one form out of the middle (X S.A. Sucursal Y): written in full, or as a run of single letters."""
    for start in range(1, len(words) - 1):
        for size in range(min(_LONGEST, len(words) - 1 - start), 0, -1):
            window = words[start : start + size]
            if (forms := _forms(window, "middle")) and _stands_apart(words, start, size):
                return words[:start] + words[start + size :], forms
    return words, ()


def _stands_apart(words: tuple[str, ...], start: int, size: int) -> bool:
    """True unless single letters next to a run of letters show that it is a part of initials."""
    neighbours = words[start - 1], words[start + size]
    return len(words[start]) > 1 or all(len(word) > 1 for word in neighbours)


def _forms(window: Sequence[str], place: str) -> tuple[LegalForm, ...]:
    """The forms that a run of words can stand for at a place of the name."""
    spelled = _spellings().get("".join(window), ())
    return tuple(each.form for each in spelled if each.words.issuperset(window) and _may_stand(each, window, place))


def _may_stand(spelling: _Spelling, window: Sequence[str], place: str) -> bool:
    """True when a form so written may stand at the front, in the middle or at the end."""
    if place == "middle":
        letters = len(window) > 1 and all(len(word) == 1 for word in window)
        is_plain = len(window) == 1 and len(window[0]) > 2 and spelling.place == "both"
        return is_plain or (bool(spelling.form.countries) and (spelling.is_long or letters))
    return spelling.place in ("both", place)


@cache
def _spellings() -> dict[str, tuple[_Spelling, ...]]:
    """Every spelling by its letters without gaps."""
    table: dict[str, tuple[_Spelling, ...]] = {}
    text = files("certify.screening").joinpath("data", "legal_forms.csv").read_text("utf-8")
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        form = LegalForm(row["form"], row["family"], frozenset(row["countries"].split()))
        for written in row["spellings"].split(";"):
            key, spelling = _read_spelling(written, form, row["place"])
            table[key] = (*table.get(key, ()), spelling)
    return table


def _read_spelling(written: str, form: LegalForm, place: str) -> tuple[str, _Spelling]:
    """Which words may make up a spelling: its own, and for a short form its letters and its groups too."""
    words: set[str] = set()
    parts = [part for part in _GAPS.split(written.strip()) if part]
    groups = [fold(part.replace("&", "and")) for part in parts]
    for part, group in zip(parts, groups, strict=True):
        letters = re.sub(r"[^a-z0-9]", "", group)
        words.add(letters)
        if re.search(r"[./]|^[A-Z]{2,4}$|^[A-Z]$", part):
            words.update(letters, (piece for piece in re.split(r"[./]", group) if piece))
    key = re.sub(r"[^a-z0-9]", "", "".join(groups))
    is_long = len(parts) > 1 and min(len(part) for part in parts if part not in ("de", "en", "por", "à")) > 3
    return key, _Spelling(form, place, frozenset(words if is_long else words | {key}), is_long)
