"""Print documents: HTML in, one archival and accessible PDF out.

Every document of the house is PDF/A-3a (ISO 19005-3, kept for decades) and PDF/UA-1 (ISO 14289-1, readable aloud),
is set in the shipped fonts only, fetches nothing, and comes out with the same bytes from the same input everywhere.
"""

from certify.outside.pdf.finishing import Underlay
from certify.outside.pdf.fonts import Printable, printable
from certify.outside.pdf.rendering import Attachment, Relationship, RenderingRefused, render

__all__ = ["Attachment", "Printable", "Relationship", "RenderingRefused", "Underlay", "printable", "render"]
