"""Make one file both PDF/A-3a and PDF/UA-1, which the renderer offers only one at a time.

PDF/A wants the metadata readable as plain text (ISO 19005-3, 6.6.2.1), and any property outside its own list described
by an extension schema (6.6.2.3); the mark of PDF/UA (ISO 14289-1, 5) is such a property.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

PDF_UA_MARK = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
END_OF_RDF = b"</rdf:RDF>"


MILLIMETRE = 72 / 25.4  # points


@dataclass(frozen=True, slots=True)
class Underlay:
    """Ornaments below the content of one page: PDF drawing operators, in millimetres from the top left.

    A form is drawn once under its name and laid down by `/Name Do` as often as the drawing says.
    """

    drawing: bytes
    forms: Mapping[str, bytes] = field(default_factory=dict)


def finish(_document: Any, pdf: Any, *, underlays: Sequence[Underlay] = ()) -> None:
    """Finish a rendered `pydyf.PDF` before it is written, so that it conforms and bears its ornaments.

    The metadata say PDF/UA, each attachment is named once, each table header tells its scope, streams are packed.
    """
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Type") == "/Metadata":
            _mark_metadata(item)
    _name_attachments_once(pdf.catalog)
    _scope_table_headers(pdf.objects)
    pages = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    for page, underlay in zip(pages, underlays, strict=False):
        _lay_under(pdf, page, underlay)
    pdf.objects[:] = [_packed(item) for item in pdf.objects]


def _lay_under(pdf: Any, page: Any, underlay: Underlay) -> None:
    """Draw below a page's own content, marked as an artifact: decoration is never read aloud (ISO 14289-1, 7.1)."""
    resources = next(item for item in pdf.objects if item.reference == page["Resources"])
    for name, form in underlay.forms.items():
        resources["XObject"][name] = _form(pdf, form)
    scale, height = f"{MILLIMETRE:.6f}".encode(), f"{page['MediaBox'][3]:.3f}".encode()
    lines = [b"/Artifact BMC q " + scale + b" 0 0 -" + scale + b" 0 " + height + b" cm", underlay.drawing, b"Q EMC"]
    drawn = pydyf.Stream(lines)
    pdf.add_object(drawn)
    page["Contents"] = pydyf.Array([drawn.reference, page["Contents"]])


def _form(pdf: Any, drawing: bytes) -> Any:
    extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([-500, -500, 500, 500]), "Resources": "<<>>"}
    form = pydyf.Stream([drawing], extra)
    pdf.add_object(form)
    return form.reference


class _Packed(pydyf.Stream):
    """A stream whose end cannot be misread: data that happen to end in CR are still told from the end of line."""

    @property
    def data(self) -> bytes:
        """The stream as it stands in the file, not compressed: archives must be able to read it as text."""
        (content,) = self.stream
        extra = pydyf.Dictionary({**self.extra, "Length": len(content)})
        return b"".join((extra.data, b"\nstream\n", content, b"\r\nendstream"))


def _packed(item: Any) -> Any:
    """The same stream compressed once; metadata stay plain text, and what is compressed already stays as it is."""
    if not isinstance(item, pydyf.Stream):
        return item
    content = pydyf.Stream(item.stream).data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    packed = _Packed([content], item.extra)
    if "Filter" not in item.extra and item.extra.get("Type") != "/Metadata":
        packed = _Packed([zlib.compress(content, 6)], {**item.extra, "Filter": "/FlateDecode"})
    packed.number, packed.generation = item.number, item.generation
    return packed


def _mark_metadata(metadata: Any) -> None:
    packet = b"\n".join(metadata.stream)
    if packet.count(END_OF_RDF) != 1:
        raise ValueError("The metadata of a document must hold exactly one RDF block.")
    metadata.stream = [packet.replace(END_OF_RDF, PDF_UA_MARK + END_OF_RDF)]


def _name_attachments_once(catalog: Any) -> None:
    if "AF" in catalog:
        catalog["AF"][:] = list(dict.fromkeys(catalog["AF"]))


def _scope_table_headers(items: list[Any]) -> None:
    """Say of each header cell whether it heads its column (in the table's head) or its row (ISO 32000-1, 14.8.5.7)."""
    elements = {item.reference: item for item in items if _is_structure(item)}
    for element in elements.values():
        if element["S"] == "/TH":
            row = elements[element["P"]]
            in_head = elements.get(row["P"], {}).get("S") == "/THead"
            element["A"]["Scope"] = "/Column" if in_head else "/Row"


def _is_structure(item: Any) -> bool:
    return isinstance(item, dict) and item.get("Type") == "/StructElem"
