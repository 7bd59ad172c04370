"""The score once more, straight from the words of the format's reference, with fractions throughout.

It shares nothing with the engine: it reads plain values, lists all weightings instead of numbering them, and is slow.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction
from itertools import product
from typing import Any

Node = dict[str, Any]


def applies(criterion: Node, profile: Node) -> bool:
    sizes, sectors = criterion["applicability"]["sizes"], criterion["applicability"]["sectors"]
    by_size = sizes == ["all"] or profile["size"] in sizes
    return by_size and (sectors == ["all"] or any(sector in sectors for sector in profile["sectors"]))


def value_of(criterion: Node, answer: Node) -> int:
    if "level" in answer:
        return 2500 * int(answer["level"])
    zero, full = (Fraction(criterion["rubric"]["goalposts"][key]) for key in ("zero_at", "full_at"))
    t = (Fraction(answer["number"]) - zero) / (full - zero)
    t = min(max(t, Fraction(0)), Fraction(1))
    return (10_000 * t + Fraction(1, 2)).__floor__()


def criterion_of(criterion: Node, case: Node, records: list[Node], caps: list[int]) -> Node:
    answer = case["answers"].get(criterion["id"])
    found: Node = {"criterion": criterion, "counted": None, "grade": None}
    if not applies(criterion, case["profile"]):
        return found | {"status": "not_applicable"}
    if answer is None:
        return found | {"status": "missing", "counted": 0}
    if "not_applicable" in answer:
        return found | {"status": "granted"}
    own = [record for record in records if record["criterion"] == criterion["id"]]
    value = max(own, key=lambda record: record["when"])["value"] if own else value_of(criterion, answer)
    counted = min(value, caps[answer["grade"]])
    if answer["grade"] < criterion["min_evidence_grade"]:
        counted = min(counted, 2500)
    return found | {"status": "answered", "counted": counted, "grade": answer["grade"]}


def misses(scored: Node) -> bool:
    required = scored["criterion"].get("required_level")
    if required is None or scored["counted"] is None:
        return False
    too_low = scored["grade"] is not None and scored["grade"] < scored["criterion"]["min_evidence_grade"]
    return too_low or scored["counted"] < 2500 * required


def weightings(structure: Node) -> list[tuple[int, ...]]:
    box = structure["scoring"]["member_weighting"]
    each = range(box["min"], box["max"] + 1)
    found = (weights for weights in product(each, repeat=len(structure["themes"])) if sum(weights) == box["points"])
    return sorted(found)


def draws(structure: Node) -> list[tuple[int, ...]]:
    every, sample = weightings(structure), structure["scoring"]["robustness"]
    hashes = (hashlib.sha256(f"{sample['seed']}:{d}".encode()).digest() for d in range(sample["draws"]))
    return [every[int.from_bytes(one, "big") % len(every)] for one in hashes]


def plain_score(structure: Node, case: Node, records: list[Node], weights: dict[str, int]) -> Node:
    """Band, total, themes and reasons of a case; scores in basis points as fractions."""
    findings = case.get("exclusions", {})
    excluded = [one["id"] for one in structure["exclusions"] if findings.get(one["id"]) == one["disqualifies_when"]]
    if excluded:
        return {"band": "not_eligible", "reasons": [("exclusion", name) for name in excluded]}
    caps = structure["scoring"]["evidence_caps"]
    themes, everything = {}, []
    for theme in structure["themes"]:
        scored = [criterion_of(criterion, case, records, caps) for criterion in theme["criteria"]]
        counting = [one for one in scored if one["counted"] is not None]
        whole = sum(one["criterion"]["weight"] for one in counting)
        themes[theme["id"]] = Fraction(sum(one["criterion"]["weight"] * one["counted"] for one in counting), whole)
        everything += counting
    total = mean(list(themes.values()), [weights[name] for name in themes])
    totals = [mean(list(themes.values()), drawn) for drawn in draws(structure)]
    bands = {band["id"]: band for band in structure["bands"]}
    reached = {
        name: sum(one >= bands[name]["min_overall"] for one in totals)
        for name in ("conditional", "certified", "distinction")
    }
    found = {"total": total, "themes": themes, "robustness": reached}
    missed = [one for one in everything if misses(one)]
    low = [theme["id"] for theme in structure["themes"] if themes[theme["id"]] < theme["minimum"]]
    reasons = [("required_level", one["criterion"]["id"]) for one in missed] + [("theme_minimum", name) for name in low]
    if total < bands["certified"]["min_overall"]:
        reasons.append(("total", "certified"))
    if reasons:
        rule = bands["conditional"]
        curable = all(one["counted"] >= 2500 * (one["criterion"]["required_level"] - 1) for one in missed)
        few = len(missed) <= rule["max_required_missed"]
        is_conditional = total >= rule["min_overall"] and not low and few and curable
        return found | {"band": "conditional" if is_conditional else "not_certified", "reasons": reasons}
    reasons = lacks_distinction(structure, bands["distinction"], found, everything)
    return found | {"band": "certified" if reasons else "distinction", "reasons": reasons}


def lacks_distinction(structure: Node, rule: Node, found: Node, everything: list[Node]) -> list[tuple[str, str]]:
    reasons = [] if found["total"] >= rule["min_overall"] else [("total", "distinction")]
    reasons += [("every_theme", name) for name, score in found["themes"].items() if score < rule["min_every_theme"]]
    share = rule["min_evidence_grade_share"]
    good = sum(1 for one in everything if one["status"] == "answered" and one["grade"] >= share["grade"])
    if good * 10_000 < share["share"] * len(everything):
        reasons.append(("evidence_share", "distinction"))
    sample = structure["scoring"]["robustness"]["draws"]
    if found["robustness"]["distinction"] * 10_000 < rule["min_robustness"] * sample:
        reasons.append(("robustness", "distinction"))
    return reasons


def mean(scores: list[Fraction], weights: Any) -> Fraction:
    parts = [weight * score for weight, score in zip(weights, scores, strict=True)]
    return sum(parts, start=Fraction(0)) / sum(weights)
