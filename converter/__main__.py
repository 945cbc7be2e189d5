"""The command `convert`, also as `python -m converter`."""

import atexit
import os
import signal
from typing import NoReturn

_INTERRUPTED = 130


def run() -> None:
    """Run the command. Ctrl-C or SIGTERM end it with exit code 130 at any moment, also while modules are imported."""
    _on_signals(_leave)
    atexit.register(_on_signals, signal.SIG_IGN)  # registered first, so called last: it ends of itself from there on
    from converter.cli import main

    _on_signals(_stop)
    try:
        main(prog_name="convert")
    finally:
        _on_signals(_leave)


def _on_signals(handler: "signal._HANDLER") -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _stop(*_: object) -> NoReturn:
    """End the process in order: drafts are removed, files closed. If it is ending already, end it at once."""
    _on_signals(_leave)
    raise SystemExit(_INTERRUPTED)


def _leave(*_: object) -> NoReturn:
    """End the process at once: there is nothing yet, or nothing any more, to put in order."""
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    run()
