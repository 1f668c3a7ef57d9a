"""The log on stderr, by structlog: JSON objects for machines, or text for people on a terminal.

No line contains an address, an amount or a text of a caller, at any level, because each logged value is named in the
code.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from decider.printable import printable
from decider.settings import LogFormat, LogLevel

__all__ = ["configure_logs", "log_defect"]

_log = structlog.get_logger(__name__)
_FRAMES = 8  # the innermost calls of a defect


def configure_logs(level: LogLevel = "info", form: LogFormat = "auto", stream: BinaryIO | None = None) -> None:
    """Log events of `level` and above to `stream`, by default stderr. The logs of libraries go there, too."""
    least = logging.getLevelNamesMapping()[level.upper()]
    out = stream if stream is not None else sys.stderr.buffer
    for_people = form == "text" or (form == "auto" and out.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            *(_lines(colors=out.isatty() and not os.environ.get("NO_COLOR")) if for_people else _JSON),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.BytesLoggerFactory(out),
    )
    logging.basicConfig(handlers=[_FromLibrary()], level=max(least, logging.WARNING), force=True)


_JSON: Sequence[Processor] = (
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(serializer=orjson.dumps),
)


def _lines(*, colors: bool) -> Sequence[Processor]:
    """Return the processors that write an event as a line of text: local time, level, event, values."""
    render = structlog.dev.ConsoleRenderer(colors=colors, pad_event_to=0, sort_keys=False)

    def encoded(logger: WrappedLogger, name: str, event: EventDict) -> bytes:
        known = {key: printable(value) if isinstance(value, str) else value for key, value in event.items()}
        return render(logger, name, known).encode()

    return structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False), encoded


def log_defect(defect: BaseException) -> None:
    """Log the type and the place of a defect of the service, but not its text, which may quote a caller."""
    frames = traceback.extract_tb(defect.__traceback__)[-_FRAMES:]
    place = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    _log.error("defect", exception=type(defect).__name__, place=place)


class _FromLibrary(logging.Handler):
    """Logs the logger, level and place of a library's record, but not its text, which may quote a caller."""

    def emit(self, record: logging.LogRecord) -> None:
        event = {"logger": record.name, "place": f"{record.filename}:{record.lineno}"}
        if record.exc_info and record.exc_info[0] is not None:
            event["exception"] = record.exc_info[0].__name__
        _log.log(record.levelno, "library", **event)
