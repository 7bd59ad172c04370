"""Writing down what a certificate says, in four languages, from the decided case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask import current_app
from pydantic import TypeAdapter

from certify.applications.models import Application
from certify.applications.queries import pinned_framework
from certify.certificates.codes import format_code
from certify.certificates.models import Certificate
from certify.certificates.record import CertificateRecord, CertifiedBand, CertifiedTheme
from certify.config import Settings
from certify.criteria.rules import Framework
from certify.kernel.clock import add_months
from certify.kernel.i18n import LANGUAGES, _, in_language
from certify.organisations.words import SECTORS, country_name


@cache
def adapter() -> TypeAdapter[CertificateRecord]:
    """Return what writes a record as JSON and reads it back."""
    return TypeAdapter(CertificateRecord)


def written(record: CertificateRecord) -> dict[str, Any]:
    """Return a record as the database keeps it."""
    kept: dict[str, Any] = adapter().dump_python(record, mode="json")
    return kept


def read_record(certificate: Certificate) -> CertificateRecord:
    """Return what a certificate says."""
    return adapter().validate_python(certificate.record)


def worded(say: Callable[[], str]) -> dict[str, str]:
    """Say the same in every language."""
    spoken = {}
    for code in LANGUAGES:
        with in_language(code):
            spoken[code] = str(say())
    return spoken


def record_of(certificate: Certificate, *, resolution: str, criteria: Mapping[str, list[str]]) -> CertificateRecord:
    """Return everything the document says; equal for equal certificates, so that the rendering can be repeated."""
    settings: Settings = current_app.config["CERTIFY"]
    application = certificate.application
    framework = pinned_framework(application)
    address = settings.public_address.rstrip("/")
    return CertificateRecord(
        number=certificate.number,
        symbol=f"{settings.organisation_short}/CERT/{certificate.granted_on:%Y}/{certificate.serial}",
        code=certificate.code,
        organisation=settings.organisation_names,
        holder_name=certificate.holder_name,
        country_code=certificate.country,
        country=worded(lambda: country_name(certificate.country)),
        scope=scope_of(application),
        sectors=tuple(worded(lambda sector=sector: SECTORS[sector]) for sector in application.sectors),  # type: ignore[misc]
        framework_id=framework.id,
        framework_title={code: framework.title(code) for code in LANGUAGES},
        framework_version=framework.version,
        framework_digest=framework.structure_digest,
        band=CertifiedBand(certificate.band),
        granted_on=certificate.granted_on,
        valid_until=certificate.valid_until,
        issued_at=certificate.claimed_at.replace(microsecond=0),
        themes=themes_of(framework, criteria),
        decided_by=worded(lambda: _("Management Board")),
        resolution=resolution,
        verify_url=f"{address}/verify/{format_code(certificate.code)}",
        verify_address=f"{address}/verify",
        is_specimen=settings.demonstration,
    )


def themes_of(framework: Framework, criteria: Mapping[str, list[str]]) -> tuple[CertifiedTheme, ...]:
    """Return the themes that were assessed, with the criteria that applied."""
    return tuple(
        CertifiedTheme(
            theme.id, {code: framework.title(code, of=theme.id) for code in LANGUAGES}, tuple(criteria[theme.id])
        )
        for theme in framework.themes
        if criteria.get(theme.id)
    )


def scope_of(application: Application) -> dict[str, str]:
    """Say in four languages what the certificate covers."""
    company = application.organisation
    countries = list(dict.fromkeys([company.country, *company.countries]))
    return worded(
        lambda: _(
            "All activities of the company in %(countries)s.",
            countries=", ".join(country_name(code) for code in countries),
        )
    )


def last_day(granted_on: date, months: int) -> date:
    """Return the last day of validity: the day before the same day `months` later."""
    return add_months(granted_on, months) - timedelta(days=1)
