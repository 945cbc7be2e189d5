"""Reports read back from the files that this program writes."""

from converter.loading.comparison import compare, comparison_lines
from converter.loading.files import load
from converter.loading.model import NotOurs

__all__ = ["NotOurs", "compare", "comparison_lines", "load"]
