"""Files are replaced as a whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes `target`'s place at the end, or leaves nothing behind if something fails.

    A target that is no regular file (a pipe, /dev/stdout) is written to directly. Raises OSError.
    """
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("xb") as stream:
            yield stream
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
