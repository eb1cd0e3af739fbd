"""One odd row costs itself: it is left out of a list and logged with its key, and the page is shown all the same.

``read_each`` for code, ``{% alone row %}…{% endalone %}`` (``cms.templatetags.words``) for templates. What is wrong
with the database itself, with rights or with an address is no odd row and goes on.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import quote

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models
from django.http import Http404
from django.template import TemplateDoesNotExist, TemplateSyntaxError

logger = logging.getLogger(__name__)
NOT_OF_THE_ROW = (DatabaseError, Http404, PermissionDenied, TemplateDoesNotExist, TemplateSyntaxError)
A_MINUTE = 60
Row = TypeVar("Row")
Read = TypeVar("Read")


def read_each(rows: Iterable[Row], read: Callable[[Row], Read]) -> list[Read]:
    """What ``read`` makes of each row, without those of which it can make nothing."""
    found: list[Read] = []
    for row in rows:
        try:
            found.append(read(row))
        except NOT_OF_THE_ROW:
            raise
        except Exception as error:  # noqa: BLE001 (whatever an odd value may raise)
            leave_out(row, error)
    return found


def leave_out(row: Any, error: BaseException | str) -> None:
    """One line a minute for each row, so that a much read page does not fill the log."""
    key = key_of(row)
    if cache.add(f"left-out:{quote(key)}", True, A_MINUTE):
        logger.error("Left out, for its values cannot be shown: %s (%s)", key, describe(error))


def describe(error: BaseException | str) -> str:
    return error if isinstance(error, str) else f"{type(error).__name__}: {error}"[:300]


def key_of(row: Any) -> str:
    """Model and primary key, of what stands for a row in a list those of the row itself."""
    if isinstance(row, str):
        return row
    for inside in (row, *(getattr(row, name, None) for name in ("event", "source", "session", "value"))):
        if isinstance(inside, models.Model):
            return f"{inside._meta.label}:{inside.pk}"
    return f"{type(row).__name__}:{getattr(row, 'pk', getattr(row, 'id', ''))}"
