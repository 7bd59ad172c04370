"""Frameworks for tests: the worked example of the format, and frameworks of any make built from plain values."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from certify.criteria.definition import FILES, STRUCTURE_FILE, TEXT_FILES, read_values
from certify.criteria.definition.wording import parts_to_word
from certify.criteria.rules import LANGUAGES, Framework

EXAMPLE = """\
schema: certify.framework/1
id: example
version: 1.0.0
profile: {sizes: [small, large], sectors: [energy, services]}
exclusions:
- {id: EXC-01, trigger: none, decided_on: [screening], references: [SDG 8.7], answer_type: yes_no, disqualifies_when: 'yes', monitoring_months: 1}
themes:
- id: HRT
  default_weight: 3
  minimum: 5000
  criteria:
  - {id: HRT-01, answer_type: scale, weight: 2, applicability: {sizes: [all], sectors: [all]}, evidence_required: [policy_document],
     min_evidence_grade: 2, references: [UNGP 16], monitoring_months: 24, rubric: {levels: [0, 1, 2, 3, 4]}, required_level: 3}
  - {id: HRT-02, answer_type: yes_no, weight: 1, applicability: {sizes: [large], sectors: [all]}, evidence_required: [declaration],
     min_evidence_grade: 1, references: [UNGP 29], monitoring_months: 24, rubric: {levels: [0, 4]}, not_applicable_on_request: 'yes'}
- id: ENV
  default_weight: 2
  minimum: 3500
  criteria:
  - {id: ENV-01, answer_type: number, weight: 1, applicability: {sizes: [all], sectors: [all]}, evidence_required: [inventory],
     min_evidence_grade: 1, references: [SDG 13.2], monitoring_months: 12, rubric: {goalposts: {zero_at: '20', full_at: '0.5'}}}
  - {id: ENV-02, answer_type: scale, weight: 2, applicability: {sizes: [all], sectors: [all]}, evidence_required: [permit],
     min_evidence_grade: 3, references: [SDG 12.4], monitoring_months: 12, rubric: {levels: [0, 2, 4]}, required_level: 2}
scoring:
  evidence_caps: [0, 5000, 7500, 10000, 10000]
  member_weighting: {points: 100, min: 20, max: 80, aggregate: mean, quorum: 18}
  robustness: {draws: 1000, seed: 20190901}
bands:
- {id: not_eligible}
- {id: not_certified}
- {id: conditional, min_overall: 6000, max_required_missed: 2, plan_months: 6, validity_months: 12}
- {id: certified, min_overall: 6000, validity_months: 24}
- {id: distinction, min_overall: 8000, min_every_theme: 6500, min_evidence_grade_share: {grade: 3, share: 6000}, min_robustness: 9000, validity_months: 36}
conditions: [CON-01]
"""  # noqa: E501
"""The worked example of the format's reference, whose digests are known."""

Change = Callable[[dict[str, Any]], object]


def example_structure(*changes: Change) -> dict[str, Any]:
    """The example's structure as values, after changes to it."""
    structure: dict[str, Any] = yaml.safe_load(EXAMPLE)
    for change in changes:
        change(structure)
    return structure


def texts_for(structure: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Texts of the form "<language> <id>" for everything that a structure needs worded."""
    return {language: {key: f"{language} {key}" for key in parts_to_word(structure)} for language in LANGUAGES}


def framework_of(structure: Mapping[str, Any]) -> Framework:
    """The framework of a sound structure, with texts made for it."""
    return read_values(copy.deepcopy(structure), texts_for(structure)).sound()


def example_framework(*changes: Change) -> Framework:
    """The example, after changes to it."""
    return framework_of(example_structure(*changes))


def files_of(structure: Mapping[str, Any]) -> dict[str, bytes]:
    """The five files of a framework, by their path in its folder."""
    values = {STRUCTURE_FILE: structure}
    values |= {TEXT_FILES[language]: texts for language, texts in texts_for(structure).items()}
    return {file: yaml.safe_dump(values[file], allow_unicode=True, sort_keys=False).encode() for file in FILES}


def write_framework(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write a framework's folder, and name it."""
    for file, content in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content)
    return folder


def example_folder(folder: Path, *changes: Change) -> Path:
    """The example as a folder, after changes to its structure."""
    return write_framework(folder, files_of(example_structure(*changes)))
