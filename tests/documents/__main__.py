"""`python -m tests.documents [--write]`: compare the documents with their .expected files, or write those."""

import sys

from . import describe, document_paths, expected_path


def main(arguments: list[str]) -> int:
    """Returns the exit code: 1 when a document is not read as its .expected file says."""
    different = []
    for path in document_paths():
        told, golden = describe(path), expected_path(path)
        if golden.exists() and golden.read_text(encoding="utf-8") == told:
            continue
        different.append(path.name)
        if "--write" in arguments:
            golden.write_text(told, encoding="utf-8")
    verb = "written" if "--write" in arguments else "different"
    sys.stdout.write("".join(f"{verb}: {name}\n" for name in different))
    return 1 if different and "--write" not in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
