"""Many filings -> a dataset: sources, workers, a manifest that an interrupted run continues from, tables."""

from converter.archive.cluster import Cluster, ClusterError
from converter.archive.database import ManifestError
from converter.archive.dataset import make_dataset
from converter.archive.engines import Engine, Processes, default_jobs
from converter.archive.layout import MANIFEST, REPORT, WORK
from converter.archive.listing import list_filings
from converter.archive.manifest import BESIDE, Manifest
from converter.archive.many import DatasetFiles, convert_many, open_dataset
from converter.archive.page import render_page
from converter.archive.rebuilding import rebuild_manifest
from converter.archive.run import Dataset, convert_all
from converter.archive.sources import LeftOut, SourceError, find_sources, input_size, read_path_list, without_password
from converter.archive.store import Bucket, Folder, InUse, Store, dataset_lock
from converter.archive.summary import Summary, summarise, summary_lines
from converter.archive.task import Outcome, Settings

__all__ = [
    "BESIDE",
    "MANIFEST",
    "REPORT",
    "WORK",
    "Bucket",
    "Cluster",
    "ClusterError",
    "Dataset",
    "DatasetFiles",
    "Engine",
    "Folder",
    "InUse",
    "LeftOut",
    "Manifest",
    "ManifestError",
    "Outcome",
    "Processes",
    "Settings",
    "SourceError",
    "Store",
    "Summary",
    "convert_all",
    "convert_many",
    "dataset_lock",
    "default_jobs",
    "find_sources",
    "input_size",
    "list_filings",
    "make_dataset",
    "open_dataset",
    "read_path_list",
    "rebuild_manifest",
    "render_page",
    "summarise",
    "summary_lines",
    "without_password",
]
