"""Line items -> the sums that they satisfy, and what the wording of a row says of its sign."""

from converter.sums.arithmetic import Sum, find_equalities, find_sums
from converter.sums.polarity import polarity

__all__ = ["Sum", "find_equalities", "find_sums", "polarity"]
