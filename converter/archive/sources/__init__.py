"""The sources of a run: the files in paths, folders, patterns, archives and URLs, in order."""

from converter.archive.sources.finding import LARGEST, Source, find_sources, input_size, read_path_list, read_source
from converter.archive.sources.places import SourceError

__all__ = ["LARGEST", "Source", "SourceError", "find_sources", "input_size", "read_path_list", "read_source"]
