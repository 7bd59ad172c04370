"""How kinds of evidence, stages and bands read to people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import format_decimal

from certify.criteria.rules import Band, Framework, Stage
from certify.kernel.i18n import _l, current_language

EVIDENCE: dict[str, Any] = {
    "accessibility_review": _l("Accessibility review"),
    "accident_register": _l("Register of accidents"),
    "action_plan": _l("Action plan"),
    "age_verification": _l("Records of age checks"),
    "agreements": _l("Agreements"),
    "audit_letter": _l("Letter of the auditor"),
    "board_minutes": _l("Minutes of the board"),
    "case_files": _l("Case files"),
    "case_log": _l("Log of cases"),
    "certificate": _l("Certificate"),
    "channel_rules": _l("Rules of the reporting channel"),
    "code_of_conduct": _l("Code of conduct"),
    "consultation_record": _l("Record of consultation"),
    "continuity_plan": _l("Continuity plan"),
    "contract_list": _l("List of contracts"),
    "contracts": _l("Contracts"),
    "declaration": _l("Signed declaration"),
    "ems_manual": _l("Manual of environmental management"),
    "endorsement_letter": _l("Letter of endorsement"),
    "exit_plan": _l("Plan for the end of the cooperation"),
    "filed_accounts": _l("Filed accounts"),
    "financial_statements": _l("Financial statements"),
    "ghg_inventory": _l("Greenhouse-gas inventory"),
    "hr_policy": _l("Human-resources policy"),
    "interviews": _l("Notes of interviews"),
    "kpi_report": _l("Report on indicators"),
    "maps": _l("Maps"),
    "mechanism_rules": _l("Rules of the grievance mechanism"),
    "minutes": _l("Minutes"),
    "monitoring_data": _l("Monitoring data"),
    "organisation_chart": _l("Organisation chart"),
    "osh_plan": _l("Safety and health plan"),
    "ownership_chart": _l("Chart of ownership"),
    "pay_gap_study": _l("Study of the pay gap"),
    "payroll_sample": _l("Sample of the payroll"),
    "permits": _l("Permits"),
    "policy_document": _l("Written policy"),
    "privacy_policy": _l("Privacy policy"),
    "procedures": _l("Procedures"),
    "programme_report": _l("Report on the programme"),
    "proposal": _l("Proposal"),
    "protocol": _l("Protocol"),
    "public_report": _l("Published report"),
    "recruitment_policy": _l("Recruitment policy"),
    "register": _l("Register"),
    "registry_certificate": _l("Certificate of the registry"),
    "registry_extract": _l("Extract from the registry"),
    "results_data": _l("Data on results"),
    "risk_assessment": _l("Risk assessment"),
    "screening_report": _l("Screening report"),
    "sdg_mapping": _l("Mapping to the Sustainable Development Goals"),
    "security_contracts": _l("Contracts with security providers"),
    "supplier_code": _l("Code for suppliers"),
    "supplier_data": _l("Data of suppliers"),
    "supplier_list": _l("List of suppliers"),
    "tax_clearance": _l("Tax clearance"),
    "third_party_files": _l("Files on third parties"),
    "training_records": _l("Records of training"),
    "transfer_plan": _l("Plan of transfer"),
    "transition_plan": _l("Transition plan"),
    "waste_register": _l("Register of waste"),
}
GRADES: tuple[Any, ...] = (
    _l("Nothing"),
    _l("Your own statement"),
    _l("Your own document: a policy, record or report"),
    _l("A document from someone independent: registry, authority, auditor, certifier"),
    _l("An independent document that we can check at its source"),
)
"""What a company can show, by the evidence grade of 0..4 that it can reach."""
STAGES: dict[Stage, Any] = {
    Stage.SCREENING: _l("We check this ourselves, against lists."),
    Stage.DECLARATION: _l("You declare on this."),
    Stage.REVIEW: _l("Officers look for this in the review."),
}
BANDS: dict[Band, Any] = {
    Band.NOT_ELIGIBLE: _l("Not eligible"),
    Band.NOT_CERTIFIED: _l("Not certified"),
    Band.CONDITIONAL: _l("Conditional"),
    Band.CERTIFIED: _l("Certified"),
    Band.DISTINCTION: _l("Certified with distinction"),
}


def evidence_word(kind: str) -> str:
    """Return how a kind of evidence reads; one that a later framework adds reads as its code, without underscores."""
    return str(EVIDENCE[kind]) if kind in EVIDENCE else kind.replace("_", " ").capitalize()


def evidence_list(kinds: Iterable[str]) -> str:
    """Return several kinds of evidence in a row."""
    return ", ".join(evidence_word(kind) for kind in kinds)


def whole_number(value: int) -> str:
    """Write a whole number with the marks of the reader's language."""
    return str(format_decimal(value))


def level_words(framework: Framework, criterion: str, level: int) -> str:
    """Return a rubric level with its number, to which the wording of higher levels refers: "4 · As 3 and published"."""
    return f"{level} · {framework.text(current_language(), f'{criterion}.level.{level}')}"


def criterion_text(framework: Framework, key: str) -> str:
    """Return a framework's text, such as `HRT-01.question`, in the reader's language."""
    return framework.text(current_language(), key)
