"""Excel workbooks: the statements of a filing as printed, its facts and checks. Needs xlsxwriter, the extra `xlsx`."""

from converter.outputs.workbook.filing import render_workbook

__all__ = ["render_workbook"]
