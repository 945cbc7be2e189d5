"""What this program wrote, read back: a file of facts -> Report."""

from converter.loading.files import load
from converter.loading.model import NotOurs

__all__ = ["NotOurs", "load"]
