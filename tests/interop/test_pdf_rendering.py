"""Documents are archival, accessible, the same everywhere, and fetch nothing."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pypdf
import pytest

from certify.certificates.document import certificate_html, document_texts, long_date
from certify.certificates.record import LANGUAGES, CertifiedBand
from certify.outside.pdf import Attachment, RenderingRefused, printable, render
from tests.makers.certified import keys_in, printed, record

MADE = datetime(2026, 11, 22, 3, tzinfo=UTC)
CYRILLIC = "Сахарный завод «Заря»"


def drawn(
    html: str, *, stylesheets: tuple[str, ...] = ("family.css",), attachments: tuple[Attachment, ...] = ()
) -> bytes:
    """A small document."""
    return render(
        html,
        stylesheets=stylesheets,
        language="en",
        title="A title",
        identifier="A-1",
        created_at=MADE,
        attachments=attachments,
    )


def failures(pdf: bytes, profile: str) -> list[str]:
    """What a conformance checker finds wrong."""
    report = page.validate_pdf_bytes(pdf, profile=profile)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def text_of(pdf: bytes) -> str:
    """The words of a document, single-spaced."""
    return " ".join(" ".join(leaf.extract_text() for leaf in pypdf.PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("profile", ["pdfa3a", "ua1"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_conforms_before_it_is_sealed(ring, language, profile):
    assert failures(printed(record(), ring, language=language), profile) == []


@pytest.mark.parametrize("profile", ["pdfa3a", "ua1"])
def test_a_certificate_conforms_under_its_seal(certificate, profile):
    assert failures(certificate, profile) == []


@pytest.mark.parametrize("profile", ["pdfa3a", "ua1"])
def test_a_document_of_the_family_conforms_with_all_it_offers(profile):
    html = """<body class="specimen"><p class="organisation">Organisation</p><p class="symbol">MB/RES. 1/26 (E)</p>
      <p class="short-hash">9af3c2d1</p><h1>Resolution</h1><p class="lead">On an approval</p>
      <table class="facts"><caption>The vote</caption><tbody><tr><th scope="row">For</th><td>6</td></tr></tbody></table>
      <h2>Decision</h2><p class="numbered">One.</p><p class="numbered">Two.</p><ul><li>a</li></ul><h3>Totals</h3>
      <table><caption>By theme</caption><thead><tr><td></td><th>Minimum</th><th class="count">Total</th></tr></thead>
      <tbody><tr><td>Rights</td><td>50.00</td><td class="count">61.25</td></tr></tbody></table>
      <aside class="note"><p>A remark with a <a href="https://example.org/">link</a>.</p></aside>
      <div class="signatures"><div class="signature"><p>Chair</p></div></div></body>"""

    pdf = drawn(html, attachments=(Attachment("data.json", b"{}", "The data"),))

    assert failures(pdf, profile) == []
    assert "SPECIMEN" in text_of(pdf)


def test_a_certificate_says_what_it_must(plain):
    text = text_of(plain)

    for said in (
        "Cooperativa Agroindustrial Ñandú Ltda.",
        "Sugar and yerba mate",
        "OASC-2026-0001",
        "OES/CERT/2026/1 (E)",
        "20 November 2026",
        "19 November 2028",
        "7K3QXM-0V9D2R-WT5H8B",
        "certify.example.org/verify",
        "SPECIMEN",
        "oas-certification 1.0.0",
        "MB/RES. 12/26",
        "Human rights",
        "6d0c1e9a" * 8,
    ):
        assert said in text


def test_a_certificate_that_is_no_specimen_does_not_say_so(ring):
    assert "SPECIMEN" not in text_of(printed(record(is_specimen=False), ring))


def test_the_digest_of_the_attached_credential_is_printed(plain):
    with pikepdf.open(BytesIO(plain)) as opened:
        attached = opened.attachments["credential.json"]
        content, relationship = attached.get_file().read_bytes(), attached.relationship

    assert hashlib.sha256(content).hexdigest() in text_of(plain)
    assert relationship == pikepdf.Name.Alternative


def test_only_the_shipped_fonts_are_in_a_certificate(plain):
    leaves = pypdf.PdfReader(BytesIO(plain)).pages
    names = {font.get_object()["/BaseFont"] for leaf in leaves for font in leaf["/Resources"]["/Font"].values()}

    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+Certify-(Sans|Serif|Mono)(-Bold)?", name) for name in names)


def test_two_processes_print_the_same_bytes(tmp_path: Path):
    keys_in(tmp_path / "keys")
    script = (
        "import sys, hashlib; from pathlib import Path; from certify.outside.keys import load_keys\n"
        "from tests.makers.certified import printed, record\n"
        "pdf = printed(record(), load_keys(Path(sys.argv[1])), language='fr')\n"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    environment = [
        {"PYTHONHASHSEED": seed, "TZ": zone, "PATH": "/usr/bin", "LC_ALL": "C.UTF-8"}
        for seed, zone in (("1", "UTC"), ("2", "America/Asuncion"))
    ]

    digests = [
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "keys")],
            env=env,
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for env in environment
    ]

    assert digests[0] == digests[1]
    assert len(digests[0].strip()) == 64


@pytest.mark.parametrize(
    "name",
    [
        "{{7*7}} {% if 1 %} ${7*7}",
        "<script>alert(1)</script>",
        '<img src="file:///etc/passwd">',
        "<style>@import url(http://127.0.0.1/x);</style>",
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        "@import url(file:///etc/passwd)",
        "%(organisation)s %s %",
        "&lt;b&gt; & ' \"",
    ],
)
def test_input_17_and_19_a_hostile_name_is_printed_as_text(ring, name):
    pdf = printed(record(holder_name=name), ring)

    assert name.replace(" ", "") in text_of(pdf).replace(" ", "")
    assert "root:" not in text_of(pdf)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd" alt="x">',
        "<style>@import url(http://127.0.0.1/x);</style>",
        '<link rel="stylesheet" href="http://127.0.0.1/x.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<p><a rel="attachment" href="file:///etc/passwd">x</a></p>',
        '<p style="background: url(file:///etc/passwd)">x</p>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image width="9" height="9" href="file:///etc/passwd"/></svg>',
        '<object data="file:///etc/passwd"></object>',
        '<img src="certify:images/../../config.py" alt="x">',
        '<img src="certify:fonts/../../config.py" alt="x">',
        '<img src="data:image/svg+xml,%3Csvg/%3E" alt="x">',
    ],
)
def test_input_19_a_document_that_asks_for_anything_is_refused(html):
    with pytest.raises(RenderingRefused):
        drawn(f"<h1>x</h1>{html}")


@pytest.mark.parametrize("name", ["../app.css", "/etc/passwd"])
def test_only_shipped_stylesheets_are_read(name):
    with pytest.raises(RenderingRefused):
        drawn("<h1>x</h1>", stylesheets=(name,))


def test_a_character_without_a_glyph_is_refused_by_its_code_point():
    with pytest.raises(RenderingRefused, match=r"U\+4E2D"):
        drawn("<h1>&#x4E2D;</h1>")


def test_a_name_in_another_script_is_transliterated_with_its_code_points_beside(ring):
    pdf = printed(record(holder_name=CYRILLIC), ring)

    text = text_of(pdf)
    assert "Sakharnyy zavod «Zarya»" in text
    assert "U+0421 U+0430 U+0445 U+0430 U+0440" in text
    assert failures(pdf, "pdfa3a") == failures(pdf, "ua1") == []


@pytest.mark.parametrize(
    ("given", "text", "changed"),
    [
        ("Ñandú & Œuvre ≤ g̃ ‘x’ €", "Ñandú & Œuvre ≤ g̃ ‘x’ €", False),
        ("e\u0301", "é", False),
        ("a\u202eb\u0000c", "abc", True),
        ("中", "Zhong", True),
        ("x\ue000", "x", True),
    ],
    ids=["latin", "composed", "controls", "another script", "private use"],
)
def test_what_is_printed_of_a_text(given, text, changed):
    spelled = printable(given)

    assert (spelled.text, spelled.original, spelled.is_transliterated) == (text, given, changed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_gaps(language):
    english, other = document_texts("en"), document_texts(language)

    assert list(english) == list(other)
    for key, sentence in english.items():
        assert sorted(re.findall(r"%\(\w+\)s", str(sentence))) == sorted(re.findall(r"%\(\w+\)s", str(other[key]))), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("band", CertifiedBand)
def test_every_band_is_named_in_every_language(language, band):
    html = certificate_html(record(band=band), language=language, credential_sha256="00" * 32)

    assert document_texts(language)[f"band.{band}"] in html


def test_dates_are_written_as_each_language_writes_them():
    day = date(2026, 11, 1)

    assert [long_date(day, language) for language in LANGUAGES] == [
        "1 November 2026",
        "1 de noviembre de 2026",
        "1er novembre 2026",
        "1 de novembro de 2026",
    ]


@pytest.mark.parametrize("name", ["Café", "A" * 45, "Sociedad " * 12, "Palabra " * 40])
def test_a_certificate_has_two_pages_whatever_the_length_of_the_name(ring, name):
    pdf = printed(record(holder_name=name.strip()), ring)

    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) == 2


def ground_of(pdf: bytes) -> bytes:
    """What is drawn below the first page."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return opened.pages[0].Contents[0].read_bytes()


def test_two_certificates_have_two_grounds_and_one_certificate_one(ring):
    first, again, second = (
        ground_of(printed(record(number=number), ring)) for number in ("OASC-2026-1", "OASC-2026-1", "OASC-2026-2")
    )

    assert first == again != second
