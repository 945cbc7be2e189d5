"""The program of the review page, and the taxonomy that it searches.

It stands in the document as a string of JSON, in which none of `<`, `>` and `&` occurs, and a loader without these
characters runs it: so it is the same for parsers of XML and of HTML, and after a program that reads one and writes the
other.
"""

import functools
import zlib
from base64 import b64encode

from msgspec import json

from converter.resources import resource
from converter.taxonomy import load_taxonomy

_MODULES = ("elements", "data", "tables", "search", "corrections", "views", "page")
LOADER = """
document.addEventListener("DOMContentLoaded", function () {
  var made = document.createElement("script");
  made.textContent = JSON.parse(document.querySelector("script[type='application/x-program+json']").textContent);
  document.body.append(made);
});
"""


@functools.cache
def script() -> str:
    """Return the program of the page: its modules in one function."""
    folder = resource("templates/inline")
    texts = ((folder / f"{name}.js").read_text(encoding="utf-8") for name in _MODULES)
    return '(function () {\n"use strict";\n' + "\n".join(texts) + "})();\n"


@functools.cache
def packed_concepts() -> str:
    """Return names, labels and statements of all concepts that a row can have: JSON, deflated (RFC 1950), in base64."""
    concepts = (concept for concept in load_taxonomy().concepts.values() if not concept.abstract)
    rows = [(concept.name, concept.label, " ".join(concept.statements)) for concept in concepts]
    return b64encode(zlib.compress(json.encode(rows), 9)).decode()
