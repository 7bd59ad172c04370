"""Set a document in type: shipped stylesheets, shipped fonts, nothing fetched, the same bytes every time."""

import atexit
import html as html_entities
import os
import threading
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from certify.outside.pdf.finishing import Underlay, finish
from certify.outside.pdf.fonts import FONT_FOLDER, code_points, unprintable_characters

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.urls import URLFetcherResponse

STYLESHEET_FOLDER = Path(__file__).parents[2] / "templates" / "pdf"
FONT_ADDRESS = "certify:fonts/"
IMAGE_ADDRESS = "certify:images/"
IMAGE_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})
_one_at_a_time = threading.Lock()


class RenderingRefused(ValueError):
    """The document asks for something outside of it, or for a character no font has."""


class Relationship(StrEnum):
    """What an attached file is to the document (ISO 19005-3, annex E)."""

    SOURCE = "Source"
    DATA = "Data"
    ALTERNATIVE = "Alternative"
    SUPPLEMENT = "Supplement"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the document, such as its machine-readable twin."""

    name: str
    content: bytes
    description: str
    relationship: Relationship = Relationship.ALTERNATIVE


def render(
    html: str,
    *,
    stylesheets: Sequence[str],
    language: str,
    title: str,
    identifier: str,
    created_at: datetime,
    attachments: Sequence[Attachment] = (),
    images: Mapping[str, bytes] = NO_IMAGES,
    underlays: Sequence[Underlay] = (),
) -> bytes:
    """Print `html` as PDF/A-3a and PDF/UA-1; equal arguments give equal bytes.

    `stylesheets` name files of `certify/templates/pdf`; `images` are reached as `certify:images/NAME`; `identifier` is
    the document's own name for itself (its symbol or number and language) and becomes the PDF's permanent identifier;
    `underlays` are ornaments below the pages, from the first on. Raises `RenderingRefused` for any other address, and
    for characters outside the fonts (see `printable`).
    """
    _refuse_unprintable(html + title)
    with _one_at_a_time:
        return _print(
            html,
            _stylesheets(stylesheets),
            _fetcher(images),
            _metadata(language, title, created_at),
            underlays,
            {
                "pdf_variant": "pdf/a-3a",
                "pdf_tags": True,
                "pdf_identifier": identifier.encode(),
                "uncompressed_pdf": True,  # the finisher packs the streams, once
                "attachments": _attached(attachments, created_at),
            },
        )


def _print(
    html: str,
    sheets: list["CSS"],
    fetcher: Any,
    metadata: dict[str, str],
    underlays: Sequence[Underlay],
    options: dict[str, Any],
) -> bytes:
    from weasyprint import HTML

    page = HTML(string=html, url_fetcher=fetcher)
    page.etree_element.set("lang", metadata["lang"])
    document = page.render(font_config=_fonts(), stylesheets=sheets, **options)
    for name, value in metadata.items():
        setattr(document.metadata, name, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the renderer leaves its colour profile to be collected
        printed = bytes(document.write_pdf(finisher=partial(finish, underlays=underlays), **options))
    _refuse_fetched(fetcher)
    return printed


def _refuse_fetched(fetcher: Any) -> None:
    if fetcher.refused:
        raise RenderingRefused(f"A document may not fetch anything: {', '.join(fetcher.refused)[:200]}.")


def _metadata(language: str, title: str, created_at: datetime) -> dict[str, str]:
    moment = created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"title": title, "lang": language, "created": moment, "modified": moment}


def _refuse_unprintable(html: str) -> None:
    if missing := unprintable_characters(html_entities.unescape(html)):
        raise RenderingRefused(f"No shipped font can print {code_points(''.join(sorted(missing)))}.")


def _attached(attachments: Sequence[Attachment], created_at: datetime) -> list[Any]:
    from weasyprint import Attachment as PdfAttachment

    moment = created_at.astimezone(UTC)
    return [
        PdfAttachment(
            string=attachment.content,
            name=attachment.name,
            description=attachment.description,
            relationship=attachment.relationship.value,
            created=moment,
            modified=moment,
        )
        for attachment in attachments
    ]


def _fetcher(images: Mapping[str, bytes]) -> Any:
    """What answers the renderer's every request: the shipped fonts, the images handed over, and no one else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ShippedOnly(URLFetcher):
        def __init__(self) -> None:
            super().__init__()
            self.refused: list[str] = []

        def fetch(self, url: str, headers: object = None) -> "URLFetcherResponse":
            if (found := _shipped(url, images)) is None:
                self.refused.append(url)
                raise RenderingRefused(url)
            return URLFetcherResponse(url, body=found[0], headers={"Content-Type": found[1]})

    return ShippedOnly()


def _shipped(url: str, images: Mapping[str, bytes]) -> tuple[bytes, str] | None:
    if url.startswith(IMAGE_ADDRESS) and (name := url.removeprefix(IMAGE_ADDRESS)) in images:
        return images[name], IMAGE_TYPES[Path(name).suffix]
    if url.startswith(FONT_ADDRESS) and url.removeprefix(FONT_ADDRESS) in _shipped_fonts():
        return (FONT_FOLDER / url.removeprefix(FONT_ADDRESS)).read_bytes(), "font/ttf"
    return None


@cache
def _shipped_fonts() -> frozenset[str]:
    return frozenset(path.name for path in FONT_FOLDER.glob("*.ttf"))


@cache
def _fonts() -> Any:
    """One font configuration a process: a new one for each document is slower and is never wholly given back."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _stylesheets(names: Sequence[str]) -> list["CSS"]:
    return [_stylesheet(name) for name in ("fonts.css", *names)]


@cache
def _stylesheet(name: str) -> "CSS":
    from weasyprint import CSS

    if Path(name).name != name:
        raise RenderingRefused(f"{name} is not a shipped stylesheet.")
    fetcher = _fetcher(NO_IMAGES)
    sheet = CSS(string=(STYLESHEET_FOLDER / name).read_text(), url_fetcher=fetcher, font_config=_fonts())
    _refuse_fetched(fetcher)
    return sheet


def _release_fonts() -> None:
    """Give the fonts back while the interpreter still stands: taken down with it they crash the process."""
    _stylesheet.cache_clear()
    _fonts.cache_clear()


def _forget_inherited_fonts() -> None:
    """Start afresh in a forked process, whose copy of the fonts must not remove the parent's files when it ends."""
    if _fonts.cache_info().currsize:
        _fonts()._folder = None
    _release_fonts()


atexit.register(_release_fonts)
os.register_at_fork(after_in_child=_forget_inherited_fonts)
