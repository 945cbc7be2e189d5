"""`python -m converter.taxonomy` writes the schema and linkbases anew from taxonomy/concepts.csv."""

from converter.resources import resource
from converter.taxonomy.files import regenerate

if __name__ == "__main__":
    regenerate(resource("taxonomy"))
