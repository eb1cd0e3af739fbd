"""What a meeting only names: its place, its files, the points of its agenda with their papers, asked for one by one."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from dates.oparl import items, objects
from dates.oparl.server import Server, WalkFailed

FILES = ("invitation", "resultsProtocol", "auxiliaryFile")


class Parts:
    """Asks for what is named; what cannot be had stays an address, and is remarked."""

    def __init__(self, server: Server, base: str) -> None:
        self.server, self.base = server, base
        self.missed: list[str] = []

    def of(self, value: Any) -> Any:
        """The object itself where ``value`` only names it."""
        url = self._address(value)
        if not url:
            return value
        try:
            return self.server.named(url)
        except WalkFailed as error:
            words = {"url": url, "why": error.sentence}
            sentence = _("Something that a meeting names could not be read: %(url)s (%(why)s)") % words
            self.missed.append(error.sentence if error.reason == "bounded" else sentence)
            return value

    def _address(self, value: Any) -> str:
        """The address of what is named by it, or by an object that tells nothing but its identity."""
        if isinstance(value, dict):
            value = value.get("id") if value.keys() <= {"id", "type"} else None
        url = objects.text(value)
        if url.startswith("/"):
            url = urljoin(self.base, url)
        return url if url.startswith(("https://", "http://")) else ""


def completed(server: Server, meeting: dict[str, Any], *, with_papers: bool) -> tuple[dict[str, Any], list[str]]:
    """``meeting`` with its parts, and a sentence about each that could not be had."""
    parts = Parts(server, objects.text(meeting.get("id")))
    found = dict(meeting)
    if "location" in found:
        found["location"] = parts.of(found["location"])
    if with_papers:
        for name in FILES:
            if isinstance(found.get(name), list):
                found[name] = [parts.of(each) for each in found[name]]
            elif name in found:
                found[name] = parts.of(found[name])
        if "agendaItem" in found:
            found["agendaItem"] = list(_points(parts, found["agendaItem"]))
    return found, parts.missed


def _points(parts: Parts, value: Any) -> Iterator[Any]:
    told = [parts.of(each) if isinstance(each, str) else each for each in objects.many(value)]
    for each in told:
        listed = each.get("data") if isinstance(each, dict) else None
        for point in listed if isinstance(listed, list) else [each]:
            yield _with_paper(parts, parts.of(point)) if _wants_paper(point) else point


def _wants_paper(point: Any) -> bool:
    return isinstance(point, dict) and items.is_public(point)


def _with_paper(parts: Parts, point: dict[str, Any]) -> dict[str, Any]:
    """A public point with the paper that it treats, where the point itself leads nowhere."""
    if "auxiliaryFile" in point:
        files = [parts.of(each) for each in objects.many(point["auxiliaryFile"])]
        point = {**point, "auxiliaryFile": files}
        if items.first_file(files):
            return point
    if items.link(point.get("web")) or "consultation" not in point:
        return point
    consultation = parts.of(point["consultation"])
    if isinstance(consultation, dict) and "paper" in consultation:
        consultation = {**consultation, "paper": parts.of(consultation["paper"])}
    return {**point, "consultation": consultation}
