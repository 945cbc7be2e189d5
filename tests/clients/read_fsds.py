"""Read the quarters of a dataset with secfsdstools, offline, and print what it makes of them as JSON.

Runs in the environment of secfsdstools: `python read_fsds.py FSDS_FOLDER WORK_FOLDER CIK`.
"""

import json
import os
import socket
import sys
from pathlib import Path

data, work, cik = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])


def refuse(*_: object) -> None:
    """Stand for every connection."""
    raise OSError("this test is offline")


socket.socket.connect = refuse  # type: ignore[method-assign]
config = work / "secfsdstools.cfg"
config.write_text(f"""[DEFAULT]
DownloadDirectory = {data}
ParquetDirectory = {data / "parquet"}
DbDirectory = {work / "db"}
UserAgentEmail = reader@example.com
AutoUpdate = False
KeepZipFiles = True
NoParallelProcessing = True
""")
os.environ["SECFSDSTOOLS_CFG"] = str(config)  # without it, the first import asks to download everything

from secfsdstools.a_config.configmgt import ConfigurationManager  # noqa: E402
from secfsdstools.b_setup.setupdb import DbCreator  # noqa: E402
from secfsdstools.c_index.indexing_process import ReportParquetIndexerProcess  # noqa: E402
from secfsdstools.d_container.databagmodel import JoinedDataBag  # noqa: E402
from secfsdstools.e_collector.companycollecting import CompanyReportCollector  # noqa: E402
from secfsdstools.e_filter.rawfiltering import (  # noqa: E402
    MainCoregRawFilter,
    NoSegmentInfoRawFilter,
    ReportPeriodRawFilter,
    USDOnlyRawFilter,
)
from secfsdstools.f_standardize.bs_standardize import BalanceSheetStandardizer  # noqa: E402
from secfsdstools.f_standardize.cf_standardize import CashFlowStandardizer  # noqa: E402
from secfsdstools.f_standardize.is_standardize import IncomeStatementStandardizer  # noqa: E402

configuration = ConfigurationManager.read_config_file()
DbCreator(db_dir=configuration.db_dir).create_db()
indexer = ReportParquetIndexerProcess(
    db_dir=configuration.db_dir, file_type="quarter", parquet_dir=configuration.parquet_dir
)
indexer.process()
raw = CompanyReportCollector.get_company_collector(ciks=[cik], forms_filter=["10-K"], configuration=configuration)
bag = raw.collect()
joined = bag[ReportPeriodRawFilter()][MainCoregRawFilter()][NoSegmentInfoRawFilter()][USDOnlyRawFilter()].join()
told: dict[str, object] = {"forms": sorted(bag.sub_df.form), "joined": len(joined.pre_num_df)}
for statement, standardizer, quarters in (
    ("BS", BalanceSheetStandardizer(), 0),
    ("IS", IncomeStatementStandardizer(), 4),
    ("CF", CashFlowStandardizer(), 4),
):
    rows = joined.pre_num_df[joined.pre_num_df.stmt == statement]
    result = standardizer.present(JoinedDataBag.create(joined.sub_df, rows))
    result = result[result.qtrs == quarters].sort_values("ddate")
    told[statement] = json.loads(result.to_json(orient="records", date_format="iso"))
print("TOLD", json.dumps(told))
