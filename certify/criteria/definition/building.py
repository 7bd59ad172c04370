"""Making the frozen framework from values that were found to be without fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certify.criteria.canonical import digest
from certify.criteria.rules import (
    AnswerType,
    Applicability,
    Band,
    Bands,
    CertifiedRule,
    ConditionalRule,
    Criterion,
    DistinctionRule,
    Exclusion,
    Framework,
    Goalposts,
    MemberWeighting,
    Sampling,
    Stage,
    Theme,
    YesNo,
)

Node = Mapping[str, Any]


def build(structure: Node, texts: Mapping[str, Mapping[str, str]]) -> Framework:
    """The framework of one version, with the digests of its structure and texts."""
    scoring = structure["scoring"]
    return Framework(
        id=structure["id"],
        version=structure["version"],
        sizes=tuple(structure["profile"]["sizes"]),
        sectors=tuple(structure["profile"]["sectors"]),
        exclusions=tuple(_exclusion(node) for node in structure["exclusions"]),
        themes=tuple(_theme(node) for node in structure["themes"]),
        evidence_caps=tuple(scoring["evidence_caps"]),
        member_weighting=_member_weighting(scoring["member_weighting"]),
        sampling=Sampling(scoring["robustness"]["draws"], scoring["robustness"]["seed"]),
        bands=_bands({band["id"]: band for band in structure["bands"]}),
        conditions=tuple(structure["conditions"]),
        structure=structure,
        texts=texts,
        structure_digest=digest(structure),
        texts_digest=digest(texts),
    )


def _exclusion(node: Node) -> Exclusion:
    return Exclusion(
        id=node["id"],
        trigger=node["trigger"],
        decided_on=tuple(Stage(stage) for stage in node["decided_on"]),
        references=tuple(node["references"]),
        disqualifies_when=YesNo(node["disqualifies_when"]),
        monitoring_months=node["monitoring_months"],
    )


def _theme(node: Node) -> Theme:
    return Theme(
        id=node["id"],
        default_weight=node["default_weight"],
        minimum=node["minimum"],
        criteria=tuple(_criterion(criterion, theme=node["id"]) for criterion in node["criteria"]),
    )


def _criterion(node: Node, *, theme: str) -> Criterion:
    goalposts = node["rubric"].get("goalposts")
    return Criterion(
        id=node["id"],
        theme=theme,
        answer_type=AnswerType(node["answer_type"]),
        weight=node["weight"],
        applicability=Applicability(tuple(node["applicability"]["sizes"]), tuple(node["applicability"]["sectors"])),
        evidence_required=tuple(node["evidence_required"]),
        min_evidence_grade=node["min_evidence_grade"],
        references=tuple(node["references"]),
        monitoring_months=node["monitoring_months"],
        levels=tuple(node["rubric"].get("levels", ())),
        goalposts=Goalposts(goalposts["zero_at"], goalposts["full_at"]) if goalposts else None,
        required_level=node.get("required_level"),
        not_applicable_on_request="not_applicable_on_request" in node,
    )


def _member_weighting(node: Node) -> MemberWeighting:
    return MemberWeighting(
        points=node["points"],
        minimum=node["min"],
        maximum=node["max"],
        aggregate=node["aggregate"],
        quorum=node["quorum"],
    )


def _bands(nodes: Mapping[str, Node]) -> Bands:
    conditional, certified, distinction = (nodes[band] for band in (Band.CONDITIONAL, Band.CERTIFIED, Band.DISTINCTION))
    return Bands(
        conditional=ConditionalRule(
            min_overall=conditional["min_overall"],
            max_required_missed=conditional["max_required_missed"],
            plan_months=conditional["plan_months"],
            validity_months=conditional["validity_months"],
        ),
        certified=CertifiedRule(certified["min_overall"], certified["validity_months"]),
        distinction=DistinctionRule(
            min_overall=distinction["min_overall"],
            min_every_theme=distinction["min_every_theme"],
            evidence_grade=distinction["min_evidence_grade_share"]["grade"],
            evidence_share=distinction["min_evidence_grade_share"]["share"],
            min_robustness=distinction["min_robustness"],
            validity_months=distinction["validity_months"],
        ),
    )
