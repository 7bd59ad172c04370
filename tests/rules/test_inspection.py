"""Files are told by their bytes, and hostile ones are refused before anybody opens them."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest

from certify.kernel import inspection
from certify.kernel.errors import CertifyError, Invalid, TooLarge, WrongType
from certify.kernel.inspection import media_type

# -- invented files ---------------------------------------------------------------------------------------------------


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **save: object) -> bytes:
    """A PDF of blank pages."""
    target = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page()
        if change:
            change(document)
        document.save(target, **save)
    return target.getvalue()


def part(kind: bytes, content: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 2, height: int = 2) -> bytes:
    """A PNG that says how large it is; its picture is never drawn."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    picture = zlib.compress(b"\x00" + b"\x00" * 2)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", picture) + part(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """A JPEG's frame without a picture."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + frame + b"\xff\xd9"


def office(main: str = "word/document.xml", **parts: bytes) -> bytes:
    """A DOCX or XLSX with the parts that count."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(main, "<document>Report</document>")
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


XLSX = "xl/workbook.xml"


# -- what is taken ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (pdf(), inspection.PDF),
        (pdf() + b"\n", inspection.PDF),
        (png(), inspection.PNG),
        (jpeg(), inspection.JPEG),
        (office(), inspection.DOCX),
        (office(XLSX), inspection.XLSX),
        (b"a,b\n1,2\n", inspection.CSV),
        (b"a;b\r\n1;2\r\n", inspection.CSV),
        ("Año;Producción\n2025;3\n".encode("cp1252"), inspection.CSV),
        ("\ufeffname\tshare\nAna\t5\n".encode(), inspection.CSV),
        ("Política de compras\n".encode(), inspection.TEXT),
        (b"5 < 7 and 8 > 2\n", inspection.TEXT),
    ],
    ids=["pdf", "pdf and a newline", "png", "jpeg", "docx", "xlsx", "csv", "csv ;", "csv 1252", "tabs", "text", "less"],
)
def test_what_a_file_is(content: bytes, expected: str) -> None:
    assert media_type(content) == expected


def test_the_name_plays_no_part() -> None:
    inspected = inspection.inspect(png(), name="accounts.pdf")

    assert inspected.media_type == inspection.PNG


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"   \n", b"\x00"], ids=["nothing", "blanks", "one nul"])
def test_input_37_empty_files_are_refused(content: bytes) -> None:
    with pytest.raises(WrongType):
        media_type(content)


@pytest.mark.parametrize(
    "whole", [pdf(3), png(), jpeg(), office(), office(XLSX)], ids=["pdf", "png", "jpeg", "docx", "xlsx"]
)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_input_37_truncated_files_are_refused(whole: bytes, share: float) -> None:
    with pytest.raises(WrongType):
        media_type(whole[: int(len(whole) * share)])


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b"\n\n  <HTML><body onload=alert(1)>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"<svg onload=alert(1)>",
        b"notes\n<script src=//example.org/x.js></script>",
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff",
        b"\x7fELF\x02\x01\x01\x00",
        b"#!/bin/sh\nrm -rf /\n",
        b"%!PS-Adobe-3.0\n",
        b"{\\rtf1 hello}",
        b"<?php system($_GET['c']); ?>",
        b"GIF89a\x01\x00\x01\x00\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64,
        "<html>".encode("utf-16"),
    ],
    ids=[
        "html",
        "html later",
        "svg",
        "bare svg",
        "script",
        "exe",
        "elf",
        "sh",
        "ps",
        "rtf",
        "php",
        "gif",
        "doc",
        "utf16",
    ],
)
def test_input_36_other_kinds_of_file_are_refused_whatever_their_name(content: bytes) -> None:
    with pytest.raises(WrongType):
        inspection.inspect(content, name="policy.pdf")


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_named_script(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=document.make_stream(b"1")))
    names = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("x"), action]))
    document.Root.Names = pikepdf.Dictionary(JavaScript=document.make_indirect(names))


def with_field_script(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1"))


def with_launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")


@pytest.mark.parametrize(
    "change", [with_script, with_named_script, with_field_script, with_launch], ids=lambda change: change.__name__
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "in object streams"])
def test_input_36_a_pdf_that_acts_by_itself_is_refused(change: Callable[[pikepdf.Pdf], None], packed: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable

    with pytest.raises(WrongType):
        media_type(pdf(1, change, object_stream_mode=mode))


@pytest.mark.parametrize("password", ["", "secret"], ids=["owner only", "to open"])
def test_input_36_an_encrypted_pdf_is_refused(password: str) -> None:
    content = pdf(encryption=pikepdf.Encryption(owner="owner", user=password))

    with pytest.raises(WrongType):
        media_type(content)


def test_input_36_a_pdf_of_ten_thousand_pages_is_refused() -> None:
    with pytest.raises(Invalid):
        media_type(pdf(10_000))


def bursting_pdf() -> bytes:
    """A PDF whose list of objects unfolds to two gigabytes."""
    packer = zlib.compressobj(wbits=-15)
    block = packer.compress(b"\x00" * (16 * 1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\x9c" + block * 128 + packer.flush()
    table = b"<< /Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length %d >>" % len(packed)
    return b"%PDF-1.5\n1 0 obj\n" + table + b"\nstream\n" + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def test_a_pdf_that_bursts_when_it_is_opened_takes_nothing_else_with_it() -> None:
    content = bursting_pdf()
    tracemalloc.start()

    with pytest.raises(CertifyError) as refused:
        media_type(content)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.status in {413, 415, 422}
    assert peak < 150 * 1024 * 1024


def test_input_34_a_flood_of_pixels_is_refused_by_the_header_alone() -> None:
    for content in (png(30_000, 30_000), jpeg(30_000, 30_000)):
        with pytest.raises(TooLarge):
            media_type(content)


def test_a_png_with_a_wrong_checksum_is_damaged() -> None:
    content = bytearray(png())
    content[20] ^= 1

    with pytest.raises(WrongType):
        media_type(bytes(content))


def zip_bomb() -> bytes:
    """Some kilobytes that unfold to 256 megabytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
        with package.open("word/media/image1.png", "w", force_zip64=True) as opened:
            for _block in range(256):
                opened.write(b"\x00" * 1024 * 1024)
    return target.getvalue()


def test_input_33_a_zip_bomb_is_refused_without_unfolding_it() -> None:
    content = zip_bomb()
    tracemalloc.start()

    with pytest.raises(TooLarge):
        media_type(content)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150 * 1024 * 1024


def test_input_33_a_bomb_that_lies_about_its_size_is_refused() -> None:
    content = office(**{"word/media/a.png": b"\x00" * 5_000_000})
    size = struct.pack("<I", 5_000_000)

    with pytest.raises((TooLarge, WrongType)):
        media_type(content.replace(size, struct.pack("<I", 100)))


@pytest.mark.parametrize(
    "parts",
    [
        {"word/embeddings/oleObject1.zip": b"PK\x03\x04rest"},
        {"word/embeddings/Microsoft_Excel_Sheet.xlsx": b"x"},
        {"word/media/image1.png": office()},
        {"../../etc/cron.d/x": b"x"},
        {"/etc/passwd": b"x"},
        {"word\\..\\..\\x.xml": b"x"},
        {"C:/x.xml": b"x"},
        {f"word/part{number}.xml": b"x" for number in range(2_001)},
    ],
    ids=["nested", "nested by name", "nested by content", "slip", "absolute", "backslash", "drive", "too many"],
)
def test_input_33_nested_archives_and_slips_are_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(TooLarge):
        media_type(office(**parts))


def test_a_document_with_macros_is_refused() -> None:
    with pytest.raises(WrongType):
        media_type(office(XLSX, **{"xl/vbaProject.bin": b"x"}))


def test_an_archive_that_is_no_document_is_refused() -> None:
    with pytest.raises(WrongType):
        media_type(office("readme.txt"))


@pytest.mark.parametrize(
    "content",
    [
        pdf() + office(),
        jpeg()[:-2] + office() + b"\xff\xd9",
        png() + office(),
        b"GIF89a/*" + pdf(),
        b"\n" + pdf(),
        office() + pdf(),
        b"MZ" + office(),
        png() + b"<script>alert(1)</script>",
    ],
    ids=["pdf+zip", "jpeg+zip", "png+zip", "gif+pdf", "text+pdf", "zip+pdf", "exe+zip", "png+script"],
)
def test_a_file_of_two_kinds_is_refused(content: bytes) -> None:
    with pytest.raises(WrongType):
        media_type(content)
