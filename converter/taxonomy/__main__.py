"""Regenerate the schema and linkbases from taxonomy/concepts.csv: `python -m converter.taxonomy`."""

from converter.resources import resource
from converter.taxonomy.files import regenerate

if __name__ == "__main__":
    regenerate(resource("taxonomy"))
