"""What one certificate costs, rendered and sealed, beside `HTML.write_pdf` of the same page alone; both warm, in turn.

Each round has a certificate of another number, so that nothing drawn for one is found again for the next.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import process_time

import sqlalchemy as sa
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from bench.figure import Figure, at_most, middle, note
from bench.instance import Instance
from certify.certificates.document import certificate_html, certificate_pdf
from certify.certificates.engraving import qr_png
from certify.certificates.models import Certificate
from certify.certificates.queries import keys
from certify.certificates.record import CertificateRecord
from certify.certificates.service.issuing import sealed_pdf
from certify.certificates.service.recording import read_record
from certify.config import PROJECT
from certify.kernel.db import db

ROUNDS, WARM_UP = 15, 3
GOAL = 1.5
LANGUAGE = "en"
STYLES = ("fonts.css", "certificate.css")


def figures(made: Instance) -> Iterator[Figure]:
    """Measure both in turn."""
    note(f"Rendering and sealing: {ROUNDS} rounds")
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with made.app.app_context():
        certificate = db.session.scalars(sa.select(Certificate)).one()
        record, credential, ring = read_record(certificate), certificate.credential.encode(), keys()
        plain = PlainPage(hashlib.sha256(credential).hexdigest())
        pairs = []
        for turn in range(WARM_UP + ROUNDS):
            numbered = replace(record, number=f"{record.number}-{turn}")
            ours = timed(
                lambda one=numbered: sealed_pdf(certificate_pdf(one, language=LANGUAGE, credential=credential), ring)
            )  # type: ignore[misc]
            pairs.append((ours, timed(plain.prepared(numbered))))
    yield figure_of(pairs[WARM_UP:])


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds of CPU that a piece of work takes."""
    before = process_time()
    work()
    return 1_000 * (process_time() - before)


class PlainPage:
    """The page of a certificate printed by WeasyPrint alone: no PDF/A, no tags, no attachment, no ornament, no seal."""

    def __init__(self, credential_sha256: str) -> None:
        self._credential_sha256 = credential_sha256
        self._fonts = FontConfiguration()
        folder = PROJECT / "certify" / "templates" / "pdf"
        fetcher = Shipped(b"")
        self._styles = [
            CSS(string=(folder / name).read_text(), url_fetcher=fetcher, font_config=self._fonts) for name in STYLES
        ]

    def prepared(self, record: CertificateRecord) -> Callable[[], object]:
        """Return what prints the page of this certificate."""
        html = certificate_html(record, language=LANGUAGE, credential_sha256=self._credential_sha256)
        fetcher = Shipped(qr_png(record.verify_url))
        return lambda: HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=self._styles, font_config=self._fonts
        )


class Shipped(URLFetcher):
    """Gives the renderer the shipped fonts and the QR code."""

    def __init__(self, qr: bytes) -> None:
        super().__init__()
        self._qr = qr

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a font of the package, or the code."""
        name = url.rpartition("/")[2]
        if name.endswith(".ttf"):
            font = PROJECT / "certify" / "static" / "fonts" / name
            return URLFetcherResponse(url, body=font.read_bytes(), headers={"Content-Type": "font/ttf"})
        return URLFetcherResponse(url, body=self._qr, headers={"Content-Type": "image/png"})


def figure_of(pairs: list[tuple[float, float]]) -> Figure:
    """Return the median over the rounds."""
    ratio = middle([ours / plain for ours, plain in pairs])
    return Figure(
        name="render and seal one certificate",
        value=round(middle([ours for ours, _plain in pairs]), 1),
        unit="ms of CPU",
        against=f"HTML.write_pdf of the same page: {middle([plain for _ours, plain in pairs]):.1f} ms",
        ratio=round(ratio, 3),
        goal=GOAL,
        goal_met=at_most(GOAL, ratio),
    )
