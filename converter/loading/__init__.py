"""What this program wrote, read back: a file of facts -> Report."""

from converter.loading.comparison import compare, comparison_lines
from converter.loading.files import load
from converter.loading.model import NotOurs

__all__ = ["NotOurs", "compare", "comparison_lines", "load"]
