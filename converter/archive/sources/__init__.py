"""The sources of a run: the files in paths, folders, patterns, archives and URLs, in order."""

from converter.archive.sources.exclusion import LeftOut
from converter.archive.sources.finding import LARGEST, Source, find_sources, input_size, read_path_list, read_source
from converter.archive.sources.passwords import without_password
from converter.archive.sources.places import SourceError
from converter.archive.sources.streams import error_text

__all__ = [
    "LARGEST",
    "LeftOut",
    "Source",
    "SourceError",
    "error_text",
    "find_sources",
    "input_size",
    "read_path_list",
    "read_source",
    "without_password",
]
