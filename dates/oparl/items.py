"""Points of an agenda as a server tells them: only what it says to be public is read, and nothing else is kept.

Nothing here asks the network or the database.
"""

import re
from dataclasses import dataclass
from typing import Any

from dates.oparl.objects import LONGEST_TEXT, is_true, kind, many, restful, short, text

MOST_ITEMS = 99
LONGEST_TITLE = 500
KEPT = "id type number order name public result web auxiliaryFile resolutionFile consultation deleted".split()
OF_FILE = ("id", "accessUrl")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """A public point; ``result`` in the words of the server, which are German."""

    id: str
    number: str = ""
    title: str
    paper: str = ""
    result: str = ""


def read_items(value: Any) -> tuple[tuple[ReadItem, ...] | None, bool]:
    """The public points in their order, and whether of some it is not said if they are public.

    None where the server says nothing of an agenda, or only names its points: what was known stays.
    """
    if value is None:
        return None, False
    told = list(many(value))[: 2 * MOST_ITEMS]
    points = [each for each in told if kind(each) == "AgendaItem" and each.get("deleted") is not True]
    if told and not points:
        return None, False
    unclear = any("public" not in each for each in points)
    return tuple(filter(None, map(_read, sorted(points, key=_order)))), unclear


def unread_items(value: Any) -> frozenset[str]:
    """Points that could not be had: what was known of them stays."""
    return frozenset(text(each) for each in many(value) if isinstance(each, str))


def _order(value: dict[str, Any]) -> int:
    order = value.get("order")
    return order if isinstance(order, int) else 0


def _read(value: dict[str, Any]) -> ReadItem | None:
    identity, title = text(value.get("id")), short(value.get("name"), LONGEST_TITLE)
    if not is_public(value) or not identity or len(identity) > 2 * LONGEST_TEXT or not title:
        return None
    return ReadItem(
        id=identity,
        number=short(value.get("number"), 20),
        title=title,
        paper=first_file(value.get("auxiliaryFile")) or _of_consultation(value) or link(value.get("web")),
        result=short(value.get("result")),
    )


def is_public(value: dict[str, Any]) -> bool:
    """What the server does not say to be public is not."""
    return is_true(value.get("public"))


def may_be_kept(value: Any) -> dict[str, Any] | str | None:
    """What may be stored of a point: all that is read of a public one, nothing of another; an address as it is."""
    if isinstance(value, str):
        return text(value)
    if not isinstance(value, dict):
        return None
    if not is_public(value):
        return {key: value[key] for key in ("id", "type", "public") if key in value}
    found = {key: restful(value[key]) for key in KEPT if key in value}
    for name in ("auxiliaryFile", "resolutionFile"):
        if name in found:
            found[name] = [_of(each, OF_FILE) for each in many(found[name])]
    if isinstance(found.get("consultation"), dict):
        paper = _of(found["consultation"].get("paper"), ("id", "web", "mainFile"))
        if isinstance(paper, dict) and "mainFile" in paper:
            paper["mainFile"] = _of(paper["mainFile"], OF_FILE)
        found["consultation"] = {**_of(found["consultation"], ("id",)), "paper": paper}
    return found


def _of(value: Any, names: tuple[str, ...]) -> Any:
    return {name: value[name] for name in names if name in value} if isinstance(value, dict) else text(value)


def _of_consultation(value: dict[str, Any]) -> str:
    """The page or the main file of the paper that is treated."""
    consultation = value.get("consultation")
    paper = consultation.get("paper") if isinstance(consultation, dict) else None
    if not isinstance(paper, dict):
        return ""
    return first_file(paper.get("mainFile")) or link(paper.get("web"))


def first_file(value: Any) -> str:
    """The address of a file, or of the first of several."""
    found = (link(each.get("accessUrl")) for each in many(value) if isinstance(each, dict))
    return next(filter(None, found), "")


def link(value: Any) -> str:
    """An address that visitors can be led to; some servers write it as for HTML."""
    found = text(value).replace("&amp;", "&")
    return found if re.fullmatch(r"https://[^\s\\@]{4,190}", found) else ""
