"""The commands `convert`, also as `python -m converter`, and `text-to-xbrl`."""

import atexit
import gc
import os
import signal
import sys
from _thread import interrupt_main
from io import TextIOWrapper
from threading import Timer
from typing import NoReturn

_INTERRUPTED = 130
_SOON = 0.02  # seconds
_NEW_OBJECTS = 150_000  # between two looks for garbage: modules and tables are none


def run() -> None:
    """Run `convert`. Ctrl-C or SIGTERM end it with exit code 130 at any moment, also while modules are imported."""
    _run("convert", "main")


def run_program() -> None:
    """Run `text-to-xbrl`, in the same way."""
    _run("text-to-xbrl", "program")


def _run(name: str, command: str) -> None:
    _on_signals(_leave)
    atexit.register(_on_signals, signal.SIG_IGN)  # registered first, so called last: it ends of itself from there on
    atexit.register(gc.freeze)  # a look for garbage at the end would take a tenth of the time of a short command
    gc.set_threshold(_NEW_OBJECTS)
    from converter import cli

    _on_signals(_stop)
    _open_closed_streams()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a caption may have what a terminal cannot show
    try:
        getattr(cli, command)(prog_name=name)
    except Exception as error:
        if not _is_stop(error):
            raise
        raise SystemExit(_INTERRUPTED) from None
    finally:
        _on_signals(_leave)


def _open_closed_streams() -> None:
    """Let what was closed when the process began be empty, and swallow what is written to it, as services want it."""
    sys.stdin = sys.stdin or os.fdopen(os.open(os.devnull, os.O_RDONLY))
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def _is_stop(error: BaseException | None) -> bool:
    """Whether an error comes of a stop: Python wraps what is raised while a class is made in a RuntimeError."""
    while error is not None and not isinstance(error, SystemExit):
        error = error.__cause__ or error.__context__
    return error is not None


def _on_signals(handler: "signal._HANDLER") -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _stop(*_: object) -> NoReturn:
    """End the process in order: drafts are removed, files closed. If it is ending already, end it at once."""
    _on_signals(_leave)
    sys.unraisablehook = _stop_again
    raise SystemExit(_INTERRUPTED)


def _stop_again(dropped: "sys.UnraisableHookArgs") -> None:
    """Stop once more: Python drops what happens to be raised in a finalizer or in the callback of a weak reference."""
    if isinstance(dropped.exc_value, SystemExit):
        _on_signals(_stop)
        Timer(_SOON, interrupt_main).start()
    else:
        sys.__unraisablehook__(dropped)


def _leave(*_: object) -> NoReturn:
    """End the process at once: there is nothing yet, or nothing any more, to put in order."""
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    run()
