"""Hypothesis strategies: sound frameworks of any make, and cases with assessment records before them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.makers.plain_scorer import applies

Node = dict[str, Any]
SIZES, SECTORS = ["small", "large"], ["energy", "services", "trade"]
DECIMALS = st.decimals(-50, 150, places=2).map(lambda number: format(number, "f"))
_ALL = {"sizes": ["all"], "sectors": ["all"]}


@st.composite
def rubrics(draw: st.DrawFn) -> Node:
    kind = draw(st.sampled_from(["scale", "yes_no", "number"]))
    if kind == "number":
        zero, full = draw(st.tuples(DECIMALS, DECIMALS).filter(lambda pair: float(pair[0]) != float(pair[1])))
        return {"answer_type": kind, "rubric": {"goalposts": {"zero_at": zero, "full_at": full}}}
    between = draw(st.lists(st.sampled_from([1, 2, 3]), unique=True)) if kind == "scale" else []
    return {"answer_type": kind, "rubric": {"levels": sorted([0, 4, *between])}}


@st.composite
def criteria(draw: st.DrawFn, name: str, *, everywhere: bool) -> Node:
    found: Node = {"id": name, **draw(rubrics()), "weight": draw(st.integers(1, 3))}
    found["applicability"] = _ALL if everywhere else draw(applicabilities())
    found |= {"evidence_required": [], "min_evidence_grade": draw(st.integers(0, 3)), "references": []}
    found["monitoring_months"] = 12
    required = draw(st.sampled_from([None, None, *found["rubric"].get("levels", [0, 1, 2, 3, 4])[1:]]))
    if required:
        found["required_level"] = required
    if draw(st.booleans()):
        found["not_applicable_on_request"] = "yes"
    return found


@st.composite
def applicabilities(draw: st.DrawFn) -> Node:
    def side(values: list[str]) -> st.SearchStrategy[list[str]]:
        return st.just(["all"]) | st.lists(st.sampled_from(values), min_size=1, unique=True)

    return {"sizes": draw(side(SIZES)), "sectors": draw(side(SECTORS))}


@st.composite
def themes(draw: st.DrawFn, name: str) -> Node:
    """A theme whose first criterion applies everywhere and weighs enough that half of the theme always remains."""
    count = draw(st.integers(1, 4))
    found = [draw(criteria(f"{name}-{index:02d}", everywhere=index % 2 == 0)) for index in range(count)]
    for first, second in zip(found[::2], found[1::2], strict=False):
        first["weight"] = max(first["weight"], second["weight"])
    return {
        "id": name,
        "default_weight": draw(st.integers(1, 20)),
        "minimum": draw(st.integers(0, 8_000)),
        "criteria": found,
    }


@st.composite
def structures(draw: st.DrawFn) -> Node:
    """A sound framework of one to three themes, with a small box so that all its weightings can be listed."""
    names = ["HRT", "ENV", "LAB"][: draw(st.integers(1, 3))]
    least, points = draw(st.integers(0, 3)), 12
    low, certified, best = sorted(draw(st.lists(st.integers(1, 10_000), min_size=3, max_size=3, unique=True)))
    exclusion = {"id": "EXC-01", "trigger": "none", "decided_on": ["review"], "references": [], "answer_type": "yes_no"}
    return {
        "schema": "certify.framework/1",
        "id": "drawn",
        "version": "1.0.0",
        "profile": {"sizes": SIZES, "sectors": SECTORS},
        "exclusions": [exclusion | {"disqualifies_when": draw(st.sampled_from(["yes", "no"])), "monitoring_months": 1}],
        "themes": [draw(themes(name)) for name in names],
        "scoring": {
            "evidence_caps": [0, *sorted(draw(st.lists(st.integers(0, 10_000), min_size=3, max_size=3))), 10_000],
            "member_weighting": {"points": points, "min": least, "max": 12, "aggregate": "mean", "quorum": 1},
            "robustness": {"draws": 40, "seed": draw(st.integers(0, 99))},
        },
        "bands": bands(low, certified, best, draw(st.integers(0, 10_000))),
        "conditions": [],
    }


def bands(low: int, certified: int, best: int, share: int) -> list[Node]:
    conditional = {"min_overall": low, "max_required_missed": 2, "plan_months": 6, "validity_months": 12}
    evidence = {"grade": 3, "share": share}
    distinction = {"min_overall": best, "min_every_theme": low, "min_evidence_grade_share": evidence}
    return [
        {"id": "not_eligible"},
        {"id": "not_certified"},
        {"id": "conditional", **conditional},
        {"id": "certified", "min_overall": certified, "validity_months": 24},
        {"id": "distinction", **distinction, "min_robustness": share, "validity_months": 36},
    ]


@st.composite
def answers(draw: st.DrawFn, criterion: Node) -> Node:
    grade = draw(st.integers(0, 4))
    if "goalposts" in criterion["rubric"]:
        return {"number": draw(DECIMALS), "grade": grade}
    return {"level": draw(st.sampled_from(criterion["rubric"]["levels"])), "grade": grade}


@st.composite
def cases(draw: st.DrawFn, structure: Node) -> Node:
    """A case: some criteria answered, some granted as far as that is permitted, the others missing."""
    sectors = draw(st.lists(st.sampled_from(SECTORS), min_size=1, unique=True))
    profile = {"size": draw(st.sampled_from(SIZES)), "sectors": sectors}
    found: Node = {}
    for theme in structure["themes"]:
        found |= draw(theme_answers(theme, profile))
    case: Node = {"profile": profile, "answers": found}
    if draw(st.booleans()):
        case["exclusions"] = {"EXC-01": draw(st.sampled_from(["yes", "no"]))}
    return case


@st.composite
def theme_answers(draw: st.DrawFn, theme: Node, profile: Node) -> Node:
    found: Node = {}
    weights = [(criterion["weight"], applies(criterion, profile)) for criterion in theme["criteria"]]
    left = sum(weight for weight, _ in weights) // 2 - sum(weight for weight, applying in weights if not applying)
    for criterion in theme["criteria"]:
        grantable = "not_applicable_on_request" in criterion and criterion["weight"] <= left
        choice = draw(st.sampled_from(["answered", "answered", "missing", "granted" if grantable else "answered"]))
        if choice == "granted":
            left -= criterion["weight"]
            found[criterion["id"]] = {"not_applicable": "granted"}
        elif choice == "answered":
            found[criterion["id"]] = draw(answers(criterion))
    return found


@st.composite
def records(draw: st.DrawFn, structure: Node, case: Node) -> list[Node]:
    """Assessment records of some answers, several of one criterion at different times."""
    found = []
    for theme in structure["themes"]:
        for criterion in theme["criteria"]:
            if "grade" in case["answers"].get(criterion["id"], {}):
                times = draw(st.lists(st.integers(0, 59), max_size=2, unique=True))
                found += [_record(criterion, draw(values(criterion)), second) for second in times]
    return found


def values(criterion: Node) -> st.SearchStrategy[int]:
    levels = criterion["rubric"].get("levels")
    return st.sampled_from([2500 * level for level in levels]) if levels else st.integers(0, 10_000)


def _record(criterion: Node, value: int, second: int) -> Node:
    when = f"2026-03-01T09:30:{second:02d}Z"
    return {"criterion": criterion["id"], "value": value, "reason": "seen on site", "who": "reviewer-2", "when": when}


@st.composite
def scored_cases(draw: st.DrawFn) -> tuple[Node, Node, list[Node], dict[str, int]]:
    """A structure, a case before it, its assessment records, and weights of the themes."""
    structure = draw(structures())
    case = draw(cases(structure))
    weights = {theme["id"]: draw(st.integers(1, 1_000_000)) for theme in structure["themes"]}
    return structure, case, draw(records(structure, case)), weights
