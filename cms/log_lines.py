"""How a line of the log looks."""

import copy
import datetime as dt
import logging


class Formatter(logging.Formatter):
    """Times in ISO 8601 with their offset, so that lines of several machines, and of the hour that comes twice, can be
    put in order.
    """

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return dt.datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")


class OneLine(Formatter):
    """For what strangers cause: where our code stood then, is of no interest."""

    def format(self, record: logging.LogRecord) -> str:
        shown = copy.copy(record)
        shown.exc_info, shown.exc_text = None, None
        return super().format(shown).replace("\n", " ")
