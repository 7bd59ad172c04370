"""Make one file both PDF/A-3a and PDF/UA-1, which the renderer offers only one at a time.

PDF/A wants the metadata readable as plain text (ISO 19005-3, 6.6.2.1), and any property outside its own list described
by an extension schema (6.6.2.3); the mark of PDF/UA (ISO 14289-1, 5) is such a property.
"""

from typing import Any

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


def conform(_document: Any, pdf: Any) -> None:
    """Finish a rendered `pydyf.PDF` before it is written: plain metadata, the mark of PDF/UA, scoped headers."""
    for item in pdf.objects:
        extra = getattr(item, "extra", {})
        if extra.get("Type") == "/Metadata":
            _mark_metadata(item)
    _name_attachments_once(pdf.catalog)
    _scope_table_headers(pdf.objects)


def _mark_metadata(metadata: Any) -> None:
    packet = b"\n".join(metadata.stream)
    if packet.count(END_OF_RDF) != 1:
        raise ValueError("The metadata of a document must hold exactly one RDF block.")
    metadata.stream = [packet.replace(END_OF_RDF, PDF_UA_MARK + END_OF_RDF)]
    metadata.compress = False


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
