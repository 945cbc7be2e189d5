"""An HTML filing in its own design: clean markup, made anew from what an allow-list keeps, and its style sheet."""

from converter.outputs.review.design.looks import StyleSheet
from converter.outputs.review.design.markup import dress

__all__ = ["StyleSheet", "dress"]
