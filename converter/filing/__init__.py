"""bytes -> Filing: documents and lines, each character with its place in the source, and what header and cover say."""

from converter.filing.cover import Cover, CoverText, read_cover
from converter.filing.lines import TextSpan
from converter.filing.reader import Document, Filing, Header, NotAReport, read_filing

__all__ = ["Cover", "CoverText", "Document", "Filing", "Header", "NotAReport", "TextSpan", "read_cover", "read_filing"]
