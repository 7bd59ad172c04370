"""The texts of a framework: one flat mapping a language, with the same parts in all four."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from certify.criteria.definition import grammar
from certify.criteria.definition.consistency import ids_of, nodes
from certify.criteria.definition.shapes import UNREAD, Shape, is_sound, shown
from certify.criteria.rules import Fault


def parts_to_word(structure: Mapping[str, Any]) -> Iterator[str]:
    """The key of every text that a structure needs, in file order; things whose id is not sound need none."""
    framework_id = structure.get("id")
    if is_sound(grammar.FRAMEWORK.required["id"], framework_id):
        yield f"{framework_id}.title"
    for exclusion in _named(structure.get("exclusions"), grammar.EXCLUSION_ID):
        yield from (f"{exclusion['id']}.{part}" for part in ("title", "statement"))
    for theme in nodes(structure.get("themes")):
        yield from _parts_of_theme(theme)
    conditions = structure.get("conditions")
    if isinstance(conditions, list):
        yield from (f"{item}.text" for item in conditions if is_sound(grammar.CONDITION_ID, item))


def _named(items: Any, shape: Shape) -> list[dict[str, Any]]:
    return [node for node in nodes(items) if is_sound(shape, node.get("id"))]


def _parts_of_theme(theme: Mapping[str, Any]) -> Iterator[str]:
    if is_sound(grammar.THEME_ID, theme.get("id")):
        yield f"{theme['id']}.title"
    for criterion in _named(theme.get("criteria"), grammar.CRITERION_ID):
        yield from (f"{criterion['id']}.{part}" for part in ("title", "question", "guidance"))
        rubric = criterion.get("rubric")
        levels = rubric.get("levels") if isinstance(rubric, dict) else None
        if is_sound(grammar.LEVELS, levels):
            yield from (f"{criterion['id']}.level.{level}" for level in levels or ())


def wording_faults(texts: Any, file: str, *, structure: Mapping[str, Any], whole: bool) -> Iterator[Fault]:
    """Every fault of one language.

    `whole` says that the structure has no fault of its own; where it has, the parts of faulty things are not judged.
    """
    if texts is UNREAD:
        return
    if not isinstance(texts, dict):
        yield Fault(file, "", f"must be one mapping of texts, not {shown(texts)}")
        return
    needed = dict.fromkeys(parts_to_word(structure))
    yield from (Fault(file, key, "is missing") for key in needed if key not in texts)
    doubtful = set() if whole else set(ids_of(structure))
    for key, text in texts.items():
        if key in needed:
            yield from _text_faults(text, key, file)
        elif key.partition(".")[0] not in doubtful:
            yield Fault(file, "", f"{shown(key)} is not a text that framework.yml asks for")


def _text_faults(text: Any, key: str, file: str) -> Iterator[Fault]:
    if text is UNREAD:
        return
    if not isinstance(text, str):
        yield Fault(file, key, f"must be a string, not {shown(text)}")
    elif not text.strip():
        yield Fault(file, key, "must not be empty")
