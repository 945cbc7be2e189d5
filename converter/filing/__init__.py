"""Read a file into a Filing: documents, lines traced to the source, submission header and cover page."""

from converter.filing.cover import Cover, CoverFigure, CoverText, read_cover
from converter.filing.lines import TextSpan
from converter.filing.reader import Document, Filing, Header, NotAReport, read_filing
from converter.filing.sidecar import FilingIndex, FilingIndexError, completed, known_of, read_index

__all__ = [
    "Cover",
    "CoverFigure",
    "CoverText",
    "Document",
    "Filing",
    "FilingIndex",
    "FilingIndexError",
    "Header",
    "NotAReport",
    "TextSpan",
    "completed",
    "known_of",
    "read_cover",
    "read_filing",
    "read_index",
]
