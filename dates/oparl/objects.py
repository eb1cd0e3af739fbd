"""The JSON of an OParl server, read with patience: objects, lists and references in the ways that servers write them.

Nothing here asks the network or the database.
"""

import html
import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cms.localization.clean_text import one_line

NAMESPACE = re.compile(r"https?://schema\.oparl\.org/1\.[01]/(\w+)/?")
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
RESTLESS = ("created", "modified")
"""Some servers write these anew for every object in every night: what is compared or kept is without them."""
LONGEST_TEXT = 200


class Unreadable(Exception):
    """No OParl. ``reason``: ``html``, ``not_json``, ``not_a_list``, ``not_an_object``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list: objects or the addresses of objects; ``next`` and ``total`` as far as they are said."""

    items: tuple[Any, ...]
    next: str = ""
    total: int | None = None


def parsed(body: bytes) -> Any:
    """The value of a JSON text, tolerant of raw control characters; without what no database can keep."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Unreadable("html")
    try:
        return _clean(json.loads(body.decode("utf-8-sig"), strict=False))
    except (ValueError, RecursionError):
        raise Unreadable("not_json") from None


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return UNSEEN.sub(" ", value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(each) for key, each in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def read_object(body: bytes) -> dict[str, Any]:
    """A single object."""
    value = parsed(body)
    if not isinstance(value, dict):
        raise Unreadable("not_an_object")
    return value


def read_list(body: bytes) -> Listed:
    """A page of an external list; some servers send the bare array."""
    return listed(parsed(body))


def listed(value: Any) -> Listed:
    if isinstance(value, list):
        return Listed(tuple(value))
    if not isinstance(value, dict) or not isinstance(value.get("data"), list):
        raise Unreadable("not_a_list")
    links, pagination = value.get("links"), value.get("pagination")
    total = pagination.get("totalElements") if isinstance(pagination, dict) else None
    return Listed(
        tuple(value["data"]),
        text(links.get("next")) if isinstance(links, dict) else "",
        total if isinstance(total, int) and not isinstance(total, bool) and total >= 0 else None,
    )


def text(value: Any) -> str:
    """``value`` if it is a string, on one line, else nothing."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def short(value: Any, longest: int = LONGEST_TEXT) -> str:
    """Words for people, not longer than they need to be. Some servers write them as for HTML: unescaped once."""
    return one_line(UNSEEN.sub(" ", html.unescape(text(value))))[:longest].rstrip()


def is_true(value: Any) -> bool:
    """Some servers write truth as a text."""
    return value is True or text(value).casefold() == "true"


def is_false(value: Any) -> bool:
    return value in (None, False) or text(value).casefold() == "false"


def restful(value: Any) -> Any:
    """``value`` without what is written anew every night, at every depth."""
    if isinstance(value, list):
        return [restful(each) for each in value]
    if isinstance(value, dict):
        return {key: restful(each) for key, each in value.items() if key not in RESTLESS}
    return value


def kind(value: Any) -> str:
    """ "Meeting" of ``https://schema.oparl.org/1.1/Meeting``; "" for what is no OParl object."""
    found = NAMESPACE.fullmatch(text(value.get("type"))) if isinstance(value, dict) else None
    return found[1] if found else ""


def references(value: Any) -> tuple[str, ...]:
    """Addresses of one or several objects that are embedded or only named."""
    found = (text(each.get("id")) if isinstance(each, dict) else text(each) for each in many(value))
    return tuple(filter(None, found))


def many(value: Any) -> Iterable[Any]:
    """One or several: servers write a single object where the standard asks for a list, and the other way round."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)
