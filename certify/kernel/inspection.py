"""What a file really is, told from its bytes alone: its name and what the browser says are never believed.

Taken are PDF, PNG, JPEG, DOCX, XLSX, CSV and plain text, whole and harmless in form. Nothing is rendered or unpacked to
disk; what could unfold in memory is measured with a bound, and a PDF is opened in a process of its own with limits.
"""

from __future__ import annotations

import io
import json
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from certify.kernel.errors import Invalid, TooLarge, WrongType
from certify.kernel.i18n import _l

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
TEXT = "text/plain"
ENDINGS = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", DOCX: ".docx", XLSX: ".xlsx", CSV: ".csv", TEXT: ".txt"}
"""Media type > the ending under which such a file is handed out."""

MOST_PIXELS = 100_000_000
"""Width times height; a scan of A3 at 600 dots an inch has 70 million."""
MOST_PAGES = 2_000
MOST_UNFOLDED = 200 * 1024 * 1024
"""Bytes that the parts of an office document may unfold to."""
MOST_RATIO = 200
"""How many times larger than packed the parts may be; tables of figures reach about 30."""
MOST_PARTS = 2_000
PDF_SECONDS = 8
"""Longest time for opening one PDF."""
CHUNK = 1024 * 1024

PROBE = Path(__file__).parent / "pdf_probe.py"
MARKUP = re.compile(
    rb"<\s*(?:!doctype|\?xml|\?php|html|head|body|svg|script|iframe|object|embed|img|style|meta)\b", re.I
)
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
OTHER_FILES = re.compile(
    r"\.(zip|rar|7z|gz|bz2|xz|tar|docx?|docm|xlsx?|xlsm|xlsb|pptx?|jar|od[stp]|pdf|exe|dll|js|vbs|bat)$", re.I
)
MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}

UNKNOWN = _l("This kind of file is not taken. Please send a PDF, PNG, JPEG, DOCX, XLSX, CSV or plain text file.")
DAMAGED = _l("The file is cut off or damaged. Please open it on your computer, save it again and send that copy.")
TWO_KINDS = _l("The file is two kinds of file at once. Please save it again as one kind, such as PDF.")
UNFOLDS = _l("The file would unfold to far more than it seems. Please send a plain document.")


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that was looked into: its bytes, what they really are, its name. Only `inspect` makes it."""

    content: bytes
    media_type: str
    name: str


def inspect(content: bytes, *, name: str) -> Inspected:
    """Look into a file; raises WrongType, TooLarge or Invalid with the sentence for whoever sent it."""
    return Inspected(content, media_type(content), name)


def media_type(content: bytes) -> str:
    """Tell the media type from the bytes; raises WrongType (415), TooLarge (413) or Invalid (422)."""
    if not content.strip():
        raise WrongType(_l("The file is empty. Please choose the file again."))
    if content.startswith(b"%PDF-"):
        return check_pdf(content)
    if b"%PDF-" in content[:1024]:
        raise WrongType(TWO_KINDS)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return check_png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return check_jpeg(content)
    if content.startswith(b"PK\x03\x04"):
        return check_office_document(content)
    return check_text(content)


# -- PDF --------------------------------------------------------------------------------------------------------------

PDF_FAULTS = {
    "encrypted": _l("The PDF is encrypted or asks for a password. Please send a copy without protection."),
    "script": _l("The PDF contains a script. Please print it to a new PDF and send that copy."),
    "launch": _l("The PDF starts other programs. Please print it to a new PDF and send that copy."),
    "damaged": DAMAGED,
}


def check_pdf(content: bytes) -> str:
    """Open a PDF in a process with limits: whole, not encrypted, without scripts, at most 2 000 pages."""
    _before, mark, rest = content.rpartition(b"%%EOF")
    if not mark:
        raise WrongType(DAMAGED)
    if rest.strip(b"\r\n\t \x00"):
        raise WrongType(TWO_KINDS)
    fault, pages = probe(content)
    if fault:
        raise WrongType(PDF_FAULTS[fault])
    if pages > MOST_PAGES:
        raise Invalid(_l("The PDF has more than 2 000 pages. Please send the pages that matter."))
    return PDF


def probe(content: bytes) -> tuple[str, int]:
    """Let the probe open the PDF: what is wrong with it, and its pages. One that exceeds the limits raises TooLarge."""
    try:
        done = subprocess.run(  # noqa: S603  our own script, the bytes go to its standard input
            [sys.executable, "-I", str(PROBE)], input=content, capture_output=True, timeout=PDF_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooLarge(UNFOLDS) from None
    if done.returncode != 0:
        raise TooLarge(UNFOLDS)
    found = json.loads(done.stdout)
    return str(found["fault"]), int(found["pages"])


# -- pictures ---------------------------------------------------------------------------------------------------------


def check_png(content: bytes) -> str:
    """Walk a PNG's parts without drawing it: whole, nothing after its end, not too many pixels."""
    parts = list(png_parts(content))
    if not parts or parts[0][0] != b"IHDR" or parts[-1][0] != b"IEND":
        raise WrongType(DAMAGED)
    refuse_flood(*struct.unpack(">II", content[16:24]))
    if content[parts[-1][1] :].strip(b"\x00\r\n"):
        raise WrongType(TWO_KINDS)
    return PNG


def png_parts(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield each part's kind and where it ends, up to the last (PNG, 5.3); a wrong checksum ends it."""
    position = 8
    while position + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        end = position + 12 + length
        if end > len(content) or (kind == b"IHDR" and length != 13):
            return
        if zlib.crc32(content[position + 4 : end - 4]) != int.from_bytes(content[end - 4 : end]):
            return
        yield kind, end
        if kind == b"IEND":
            return
        position = end


def check_jpeg(content: bytes) -> str:
    """Read a JPEG's frame without drawing it: whole, not too many pixels."""
    size = jpeg_size(content)
    if size is None or not content.rstrip(b"\x00\r\n").endswith(b"\xff\xd9"):
        raise WrongType(DAMAGED)
    refuse_flood(*size)
    refuse_hidden_archive(content)
    return JPEG


def jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height from the start-of-frame segment (ITU-T T.81, B.2.2); None where there is none."""
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int.from_bytes(content[position + 2 : position + 4])
    return None


def refuse_flood(width: int, height: int) -> None:
    """Refuse a picture that would fill memory once drawn."""
    if not width or not height:
        raise WrongType(DAMAGED)
    if width * height > MOST_PIXELS:
        raise TooLarge(_l("The picture has more than 100 million points. Please send it in a lower resolution."))


def refuse_hidden_archive(content: bytes) -> None:
    """Refuse a picture that is an archive as well, whose directory stands in the last 65 557 bytes (APPNOTE 4.3.16)."""
    if b"PK\x05\x06" in content[-65_557:]:
        raise WrongType(TWO_KINDS)


# -- office documents -------------------------------------------------------------------------------------------------


def check_office_document(content: bytes) -> str:
    """Look through a DOCX or XLSX: one package, no program, no file inside, nothing that unfolds beyond measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            refuse_unsafe_parts(parts, packed=len(content))
            refuse_strangers(content, package)
            measure(package, parts)
            return kind_of(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError):
        raise WrongType(DAMAGED) from None


def refuse_unsafe_parts(parts: list[zipfile.ZipInfo], *, packed: int) -> None:
    """Refuse by the directory alone: too many parts, too much to unfold, paths that lead out, files inside."""
    if len(parts) > MOST_PARTS or any(leads_out(part.filename) for part in parts):
        raise TooLarge(UNFOLDS)
    unfolded = sum(part.file_size for part in parts)
    if unfolded > MOST_UNFOLDED or unfolded > MOST_RATIO * packed:
        raise TooLarge(UNFOLDS)
    if any(OTHER_FILES.search(part.filename) for part in parts):
        raise TooLarge(_l("The file carries other files inside. Please send each file on its own."))


def leads_out(name: str) -> bool:
    """Whether a part's path would leave the folder it is unpacked to."""
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or (len(path) > 1 and path[1] == ":")


def refuse_strangers(content: bytes, package: zipfile.ZipFile) -> None:
    """Refuse bytes before the first part or after the directory, where a second file could hide."""
    first = min((part.header_offset for part in package.infolist()), default=0)
    end = content.rfind(b"PK\x05\x06")
    if first != 0 or end + 22 + len(package.comment) != len(content):
        raise WrongType(TWO_KINDS)


def measure(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unfold every part in small pieces that are thrown away: sums are right, and nothing inside is an archive."""
    for part in parts:
        with package.open(part) as opened:
            piece = opened.read(CHUNK)
            if piece.startswith(b"PK\x03\x04"):
                raise TooLarge(_l("The file carries other files inside. Please send each file on its own."))
            while piece:
                piece = opened.read(CHUNK)


def kind_of(parts: list[zipfile.ZipInfo]) -> str:
    """Tell DOCX from XLSX by the main part; macros make it neither."""
    names = {part.filename for part in parts}
    found = [kind for name, kind in MAIN_PARTS.items() if name in names]
    if "[Content_Types].xml" not in names or len(found) != 1:
        raise WrongType(UNKNOWN)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WrongType(_l("The document contains macros. Please save it without macros and send that copy."))
    return found[0]


# -- text -------------------------------------------------------------------------------------------------------------


def check_text(content: bytes) -> str:
    """Take text that is text: no control characters, no markup or program, in UTF-8 or Windows-1252."""
    if CONTROLS.search(content) or MARKUP.search(content) or content.startswith((b"#!", b"%!", b"{\\rtf")):
        raise WrongType(UNKNOWN)
    text = decoded(content)
    return CSV if is_table(text) else TEXT


def decoded(content: bytes) -> str:
    """Read text as UTF-8, else as Windows-1252, which older spreadsheets write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongType(UNKNOWN)


def is_table(text: str) -> bool:
    """Whether the first lines have the same number of columns, two or more, by comma, semicolon or tab."""
    lines = [line for line in text.splitlines()[:10] if line.strip()]
    return len(lines) > 1 and any(
        len({line.count(mark) for line in lines} - {0}) == 1 and mark in lines[0] for mark in ",;\t"
    )
