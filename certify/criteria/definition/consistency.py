"""What one part of framework.yml asks of another. Each rule looks only at parts whose own shape is sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from certify.criteria.coverage import too_great_a_loss
from certify.criteria.decimals import same_decimal
from certify.criteria.definition import grammar
from certify.criteria.definition.shapes import Place, Shape, is_sound, shown
from certify.criteria.rules import EVERYWHERE, FULL, AnswerType, Applicability, Band, Fault

Node = Mapping[str, Any]


def consistency_faults(structure: Node, place: Place) -> Iterator[Fault]:
    """Every fault between the parts of a structure, in file order of the parts that come first."""
    yield from _repeated_ids(structure, place)
    profile = structure.get("profile") if is_sound(grammar.PROFILE, structure.get("profile")) else None
    for theme in nodes(structure.get("themes")):
        yield from _theme_faults(theme, profile, place)
    yield from _scoring_faults(structure, place)
    yield from _band_faults(structure, place)


def nodes(items: Any) -> list[dict[str, Any]]:
    """The mappings of what should be a list of mappings."""
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def ids_of(structure: Node) -> Iterator[str]:
    """Every id of a structure as it stands, sound or not, in file order."""
    holders = [structure, *nodes(structure.get("exclusions")), *nodes(structure.get("bands"))]
    for theme in nodes(structure.get("themes")):
        holders += [theme, *nodes(theme.get("criteria"))]
    yield from (holder["id"] for holder in holders if isinstance(holder.get("id"), str))
    conditions = structure.get("conditions")
    yield from (item for item in conditions or () if isinstance(item, str)) if isinstance(conditions, list) else ()


def _repeated_ids(structure: Node, place: Place) -> Iterator[Fault]:
    for name, count in Counter(ids_of(structure)).items():
        if count > 1:
            yield Fault(place.file, shown(name).strip('"'), "is the id of more than one thing")


def _part(node: Node, key: str, shape: Shape) -> Any:
    """A part of a node where it is sound, else None."""
    value = node.get(key)
    return value if is_sound(shape, value) else None


def _place_of(node: Node, shape: Shape, place: Place) -> Place:
    return place.of(node["id"]) if _part(node, "id", shape) else place


def _theme_faults(theme: Node, profile: Node | None, place: Place) -> Iterator[Fault]:
    own_id = _part(theme, "id", grammar.THEME_ID)
    for criterion in nodes(theme.get("criteria")):
        here = _place_of(criterion, grammar.CRITERION_ID, place)
        if own_id and here.id and here.id.rpartition("-")[0] != own_id:
            yield here.fault(f"stands in the theme {own_id}, so its id must begin with {own_id}-")
        yield from _applicability_faults(criterion, profile, here)
        yield from _rubric_faults(criterion, here)
    if profile is not None:
        yield from _loss_faults(theme, profile, _place_of(theme, grammar.THEME_ID, place))


def _applicability_faults(criterion: Node, profile: Node | None, place: Place) -> Iterator[Fault]:
    applicability = _part(criterion, "applicability", grammar.CRITERION.required["applicability"])
    if applicability is None or profile is None:
        return
    for side in ("sizes", "sectors"):
        named, declared = applicability[side], set(profile[side])
        unknown = [value for value in named if value not in declared and named != [EVERYWHERE]]
        for value in unknown:
            if value == EVERYWHERE:
                yield place.fault(f"applicability.{side} must be [all] alone, or a list of values of the profile")
            else:
                yield place.fault(f"applicability.{side} names {shown(value)}, which the profile does not declare")


def _loss_faults(theme: Node, profile: Node, place: Place) -> Iterator[Fault]:
    criteria = theme.get("criteria")
    if not isinstance(criteria, list) or not all(is_sound(grammar.CRITERION, criterion) for criterion in criteria):
        return
    asked = [
        Applicability(tuple(criterion["applicability"]["sizes"]), tuple(criterion["applicability"]["sectors"]))
        for criterion in criteria
    ]
    weights = [criterion["weight"] for criterion in criteria]
    loss = too_great_a_loss(asked, weights, sizes=profile["sizes"], sectors=profile["sectors"])
    if loss is not None:
        yield place.fault(
            f"for the size {loss.size} and the sector {loss.sector} criteria of weight {loss.lost} of {sum(weights)} "
            "do not apply, which is more than half of the theme"
        )


def _rubric_faults(criterion: Node, place: Place) -> Iterator[Fault]:
    rubric = _part(criterion, "rubric", grammar.CRITERION.required["rubric"])
    answer_type = _part(criterion, "answer_type", grammar.CRITERION.required["answer_type"])
    if rubric is None:
        return
    if len(rubric) != 1:
        yield place.fault("rubric must have either levels or goalposts")
        return
    if answer_type is not None and ("goalposts" in rubric) != (answer_type == AnswerType.NUMBER):
        kind = "goalposts" if answer_type == AnswerType.NUMBER else "levels"
        yield place.fault(f"rubric must have {kind}, because the answer_type is {answer_type}")
    elif "goalposts" in rubric:
        yield from _goalpost_faults(rubric["goalposts"], place)
    else:
        yield from _level_faults(rubric["levels"], answer_type, criterion.get("required_level"), place)


def _goalpost_faults(goalposts: Node, place: Place) -> Iterator[Fault]:
    if same_decimal(goalposts["zero_at"], goalposts["full_at"]):
        yield place.fault("rubric.goalposts.zero_at and full_at must be different numbers")


def _level_faults(levels: list[int], answer_type: str | None, required: Any, place: Place) -> Iterator[Fault]:
    if levels != sorted(set(levels)) or levels[0] != 0 or levels[-1] != 4:
        yield place.fault("rubric.levels must ascend from 0 to 4")
    elif answer_type == AnswerType.YES_NO and levels != [0, 4]:
        yield place.fault("rubric.levels must be [0, 4], because the answer_type is yes_no")
    if type(required) is int and 1 <= required <= 4 and required not in levels:
        yield place.fault(f"required_level {required} is not one of its rubric levels")


def _scoring_faults(structure: Node, place: Place) -> Iterator[Fault]:
    scoring = structure.get("scoring")
    if not isinstance(scoring, dict):
        return
    here = place.of("scoring")
    caps = _part(scoring, "evidence_caps", grammar.EVIDENCE_CAPS)
    if caps is not None and (caps != sorted(caps) or caps[0] != 0 or caps[-1] != FULL):
        yield here.fault(f"evidence_caps must ascend from 0 to {FULL}")
    box = _part(scoring, "member_weighting", grammar.MEMBER_WEIGHTING)
    themes = structure.get("themes")
    if box is not None and isinstance(themes, list) and themes:
        least, most = len(themes) * box["min"], len(themes) * box["max"]
        if not least <= box["points"] <= most or box["min"] > box["max"]:
            yield here.fault(
                f"member_weighting.points must be from {least} to {most}, which is {len(themes)} themes x min and x max"
            )


def _band_faults(structure: Node, place: Place) -> Iterator[Fault]:
    bands = structure.get("bands")
    if not is_sound(grammar.FRAMEWORK.required["bands"], bands):
        return
    least = {band["id"]: band["min_overall"] for band in bands or () if "min_overall" in band}
    conditional, certified = least[Band.CONDITIONAL], least[Band.CERTIFIED]
    if conditional > certified:
        yield place.of(Band.CONDITIONAL).fault("min_overall must not be above that of certified")
    if certified >= least[Band.DISTINCTION]:
        yield place.of(Band.DISTINCTION).fault("min_overall must be above that of certified")
    if conditional == certified and not _asks_a_level(structure):
        yield place.of(Band.CONDITIONAL).fault(
            "no case can reach this band, because its min_overall is that of certified and no criterion has a "
            "required_level"
        )


def _asks_a_level(structure: Node) -> bool:
    themes = nodes(structure.get("themes"))
    return any("required_level" in criterion for theme in themes for criterion in nodes(theme.get("criteria")))
