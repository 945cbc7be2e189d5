"""The filings of an archive: what paths, folders, patterns, archives and URLs hold, one after the other."""

from converter.archive.sources.finding import LARGEST, Source, find_sources, listed, packed_bytes, read_source
from converter.archive.sources.places import SourceError

__all__ = ["LARGEST", "Source", "SourceError", "find_sources", "listed", "packed_bytes", "read_source"]
