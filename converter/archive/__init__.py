"""Many filings -> a dataset: sources, worker processes, a manifest that a stopped run goes on from, tables."""

from converter.archive.dataset import make_dataset
from converter.archive.engines import Cluster, Engine, Processes, default_jobs
from converter.archive.layout import MANIFEST, REPORT, WORK
from converter.archive.manifest import Manifest, ManifestError
from converter.archive.page import render_page
from converter.archive.run import Dataset, convert_all
from converter.archive.sources import SourceError, listed, packed_bytes
from converter.archive.store import Bucket, Folder, InUse, Store, alone
from converter.archive.summary import summarise, summary_lines
from converter.archive.task import Outcome, Settings

__all__ = [
    "MANIFEST",
    "REPORT",
    "WORK",
    "Bucket",
    "Cluster",
    "Dataset",
    "Engine",
    "Folder",
    "InUse",
    "Manifest",
    "ManifestError",
    "Outcome",
    "Processes",
    "Settings",
    "SourceError",
    "Store",
    "alone",
    "convert_all",
    "default_jobs",
    "listed",
    "make_dataset",
    "packed_bytes",
    "render_page",
    "summarise",
    "summary_lines",
]
