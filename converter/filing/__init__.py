"""Read a file into a Filing: documents, lines traced to the source, submission header and cover page."""

from converter.filing.cover import Cover, CoverFigure, CoverText, read_cover
from converter.filing.lines import TextSpan
from converter.filing.reader import Document, Filing, Header, NotAReport, read_filing

__all__ = [
    "Cover",
    "CoverFigure",
    "CoverText",
    "Document",
    "Filing",
    "Header",
    "NotAReport",
    "TextSpan",
    "read_cover",
    "read_filing",
]
