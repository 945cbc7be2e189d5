"""A terminal for commands that look whether a person is watching."""

import os
import re
import subprocess
from collections.abc import Sequence
from contextlib import suppress

_CONTROL = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")


def on_a_terminal(command: Sequence[str]) -> tuple[int, str]:
    """Run a command whose standard error is a terminal of 120 columns: its exit code, and what it showed."""
    import pty  # there is none on Windows

    ours, theirs = pty.openpty()
    settings = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    process = subprocess.Popen(command, stderr=theirs, stdin=theirs, stdout=subprocess.DEVNULL, env=settings)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # that is how a terminal says that nobody writes to it any more
        while data := os.read(ours, 1 << 16):
            shown += data
    os.close(ours)
    return process.wait(60), _CONTROL.sub("", shown.decode()).replace("\r\n", "\n")
