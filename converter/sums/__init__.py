"""Line items -> the sums that they satisfy, and the polarity of a row by its wording."""

from converter.sums.arithmetic import Sum, find_equalities, find_sums
from converter.sums.polarity import polarity

__all__ = ["Sum", "find_equalities", "find_sums", "polarity"]
