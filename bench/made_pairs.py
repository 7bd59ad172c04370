"""Pairs of names made from a list at run time: the firms of the 34 states in the forms of their registers, and people.

The forms come from the ISO 20275 list, not from the matcher's own table, so a form the matcher does not know shows.
Half of the pairs are one firm or person written in two ways, half are two that differ in one thing.
"""

import csv
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from certify.screening.legal_forms import name_words, without_form

STATES: Final = {
    "AG": "Antigua", "AR": "Argentina", "BB": "Barbados", "BO": "Bolivia", "BR": "Brasil", "BS": "Bahamas",
    "BZ": "Belize", "CA": "Canada", "CL": "Chile", "CO": "Colombia", "CR": "Costa Rica", "DM": "Dominica",
    "DO": "República Dominicana", "EC": "Ecuador", "GD": "Grenada", "GT": "Guatemala", "GY": "Guyana",
    "HN": "Honduras", "HT": "Haïti", "JM": "Jamaica", "KN": "St. Kitts", "LC": "St. Lucia", "MX": "México",
    "NI": "Nicaragua", "PA": "Panamá", "PE": "Perú", "PY": "Paraguay", "SR": "Suriname", "SV": "El Salvador",
    "TT": "Trinidad", "US": "USA", "UY": "Uruguay", "VC": "St. Vincent", "VE": "Venezuela",
}  # fmt: skip
"""The member states, with the name a firm puts behind its own."""

NOT_IN_ISO: Final = {
    **dict.fromkeys(("DM", "GD", "GY", "JM", "LC", "TT", "AG", "BZ"), (("Ltd.", "Limited"), ("Inc.", "Incorporated"))),
    "HT": (("S.A.", "Société Anonyme"), ("S.N.C.", "Société en Nom Collectif")),
    "NI": (("S.A.", "Sociedad Anónima"), ("Cía. Ltda.", "Compañía Limitada")),
    "SV": (("S.A. de C.V.", "Sociedad Anónima de Capital Variable"),),
    "UY": (("S.A.", "Sociedad Anónima"), ("S.R.L.", "Sociedad de Responsabilidad Limitada")),
    "VE": (("C.A.", "Compañía Anónima"), ("S.A.", "Sociedad Anónima")),
}
"""Forms of the states for which ISO 20275 gives no short form."""

_TRADES: Final = ("Inversiones", "Comercializadora", "Constructora", "Inmobiliaria", "Servicios", "Transportes")
_FAMILIES: Final = ("Gonzalez", "Perez", "Gomez", "Ochoa", "Mejia", "Zapata", "Lopez", "Rojas")


@dataclass(frozen=True, slots=True)
class MadePair:
    """Two names, whether they are one, and how the second was made."""

    ours: str
    theirs: str
    same: bool
    kind: str


def company_pairs(listed: Sequence[str], iso: Path, *, seed: int) -> list[MadePair]:
    """Twelve pairs for each state."""
    chance = random.Random(seed)
    cores = sorted({core for name in listed if (core := _core(name))})
    forms = _forms(iso)
    return [pair for state in STATES for pair in _of_state(state, forms, cores, chance)]


def _core(name: str) -> str:
    """A firm's name without its form; empty where it bears none, or no two words."""
    words = without_form(name_words(name))
    return " ".join(words.words).title() if words.forms and len(words.words) > 1 and name.isascii() else ""


def _forms(iso: Path) -> dict[str, list[tuple[str, str]]]:
    """Each state's commercial forms, short and long."""
    found: dict[str, list[tuple[str, str]]] = {state: list(NOT_IN_ISO.get(state, ())) for state in STATES}
    with iso.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            state, long = row["Country Code (ISO 3166-1)"], row["Entity Legal Form name Local name"].strip(" .")
            short = row["Abbreviations Local language"].split(";")[0].split(",")[0].strip()
            is_trading = re.match(r"(soci|compa|empresa ind|limited l|naamloze|company l|international b)", long, re.I)
            if state in STATES and state not in ("US", "CA") and short and is_trading and len(long) < 60:
                found[state].append((short, long))
    found["US"] = [("LLC", "Limited Liability Company"), ("Inc.", "Incorporated"), ("L.P.", "Limited Partnership")]
    found["CA"] = [("Inc.", "Incorporated"), ("Ltée", "Limitée"), ("Corp.", "Corporation")]
    return found


def _of_state(
    state: str, forms: dict[str, list[tuple[str, str]]], cores: Sequence[str], chance: random.Random
) -> Iterator[MadePair]:
    """The pairs of one state."""
    names = iter(chance.sample(cores, 12))
    short, long = chance.choice(forms[state])
    other = chance.choice([each for each in STATES if each != state])
    name = next(names)
    yield MadePair(f"{name} {short}", f"{next(names)} {long}", False, "another firm")
    yield MadePair(f"{name} {short}", f"{name.upper()} {long}", True, "form written out")
    yield MadePair(f"{name} {short.replace('.', '')}", f"{name}, {long}", True, "form without dots")
    name = next(names)
    yield MadePair(f"{long} {name}", f"{name} {short}", True, "form moved to the front")
    yield MadePair(name, f"{name} {short}", True, "form dropped")
    name = next(names)
    yield MadePair(f"{with_a_slip(name, chance)} {short}", f"{name} {long}", True, "a wrong letter")
    name = next(names)
    yield MadePair(f"{name} de {STATES[state]} {short}", f"{name} ({STATES[state]}) {long}", True, "the same country")
    yield MadePair(f"{name} de {STATES[state]} {short}", f"{name} de {STATES[other]} {short}", False, "another country")
    one, two = chance.sample(range(2, 60), 2)
    yield MadePair(f"{name} {one} {short}", f"{name} {two} {long}", False, "another number")
    trade, another = chance.sample(_TRADES, 2)
    first, second = ("".join(chance.sample("BCDFGHJKLMNPRSTVXZ", 3)) for _ in "ab")
    yield MadePair(f"{trade} {first} {short}", f"{trade} {second} {long}", False, "other initials")
    yield MadePair(f"{trade} Nacional {short}", f"{another} Nacional {long}", False, "only general words")
    family = chance.choice(_FAMILIES)
    yield MadePair(f"{trade} {family} {short}", f"{another} {family} {long}", False, "only the family name")


def with_a_slip(text: str, chance: random.Random) -> str:
    """One letter of a longer word left out, doubled, changed or swapped with the next."""
    words = text.split()
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    place = chance.choice([place for place, word in enumerate(words) if len(word) > 5] or [longest])
    word, at = words[place], chance.randrange(1, max(2, len(words[place]) - 1))
    changed = chance.choice((
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + chance.choice("aeiorstln") + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    ))  # fmt: skip
    return " ".join([*words[:place], changed, *words[place + 1 :]])


def person_pairs(listed: Sequence[str], *, seed: int) -> list[MadePair]:
    """Pairs of people with two family names: as they write themselves, and their relatives."""
    chance = random.Random(seed)
    known = [_parted(name) for name in listed]
    people = [person for person in known if person and len(person[0]) == 2 and 1 <= len(person[1]) <= 2]
    given = sorted({name for _, names in people for name in names})
    family = sorted({name for names, _ in people for name in names})
    chosen = chance.sample(people, min(300, len(people)))
    return [pair for families, names in chosen for pair in _of_person(families, names, given, family, chance)]


def _parted(name: str) -> tuple[list[str], list[str]] | None:
    """Family and given names of a listed name without particles; None where it has no comma."""
    parts = [part.split() for part in name.split(",")]
    if len(parts) != 2 or any(len(word) < 3 or not word.isalpha() for part in parts for word in part):
        return None
    return parts[0], parts[1]


def _of_person(
    families: list[str], names: list[str], given: Sequence[str], family: Sequence[str], chance: random.Random
) -> Iterator[MadePair]:
    """One way of writing the person, and one relative."""
    listed = f"{' '.join(families)}, {' '.join(names)}"
    married, another = (chance.choice([name for name in family if name not in families]) for _ in "ab")
    yield chance.choice((
        MadePair(" ".join([*names, families[0]]), listed, True, "second family name dropped"),
        MadePair(" ".join([f"{names[0][0]}.", *families]), listed, True, "an initial"),
        MadePair(" ".join([*names, families[0], f"{families[1][0]}."]), listed, True, "an initial of the family"),
        MadePair(" ".join([*families, *names]), listed, True, "another order"),
        MadePair(" ".join([*names, families[0], "de", married]), listed, True, "a married name"),
        MadePair(with_a_slip(" ".join([*names, *families]), chance), listed, True, "a wrong letter"),
        MadePair(" ".join([names[0], *families]), listed, True, "second given name dropped"),
    ))  # fmt: skip
    stranger = chance.choice([name for name in given if name not in names])
    yield chance.choice((
        MadePair(" ".join([stranger, *families]), listed, False, "a relative"),
        MadePair(" ".join([names[0], stranger, *families]), f"{listed} {another}", False, "another middle name"),
        MadePair(" ".join([*names, families[0], another]), listed, False, "another second family name"),
        MadePair(" ".join([*names, *families, "Jr."]), f"{listed}, Sr.", False, "junior and senior"),
    ))  # fmt: skip
