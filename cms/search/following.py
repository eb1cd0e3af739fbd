"""The index follows what is written: after each request that writes, after each job, and every minute.

At night all of it is compared with what it would be if it were made anew.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from wagtail.models import Site

from cms.database.reading import SAFE
from cms.search import changes, index, kinds
from cms.search.changes import EVERYTHING
from cms.search.index import Changed, TermIds
from cms.search.kinds import Kind
from cms.search.models import SearchChange, SearchDocument, SearchPosting, SearchTerm

logger = logging.getLogger(__name__)

OF_DOCUMENT = "document "
"""With the name of a kind: source of a change that says itself which document is to be made again."""
CHANGES_AT_ONCE = 1000
IN_A_REQUEST = 12
"""Short transactions; what is left, after a list was imported or half the site was moved, is for the clock."""
NIGHT = (dt.time(3, 30), dt.time(4, 30))
AN_HOUR = 60 * 60


def follow(most: int | None = None) -> None:
    """Works off what is noted, the oldest first, in small transactions, at most so many."""
    while (most is None or most > 0) and SearchChange.objects.exists():
        with transaction.atomic():
            _follow_some()
        most = None if most is None else most - 1


def _follow_some() -> None:
    index.take_lock()
    noted = SearchChange.objects.exclude(source__startswith=OF_DOCUMENT).order_by("pk")
    oldest = list(noted.values_list("pk", "source", "value")[:CHANGES_AT_ONCE])
    if oldest:
        # By number: what is written from here on is noted once more.
        index.delete(SearchChange.objects.filter(pk__in=[pk for pk, _source, _value in oldest]))
        _note_documents({(source, value) for _pk, source, value in oldest})
    else:
        _make_documents()


def _note_documents(noted: set[tuple[str, str]]) -> None:
    if any(source == EVERYTHING for source, _value in noted):
        for kind in kinds.in_order():
            _note(kind, _all_keys(kind))
        return
    stale: dict[str, set[int]] = {}
    for each in changes.concerned(noted):
        keys = each.keys if each.keys is not None else _come_or_gone(kinds.named(each.kind))
        stale.setdefault(each.kind, set()).update(keys)
    for name, keys in stale.items():
        kind = kinds.named(name)
        _note(kind, keys if len(keys) <= index.AT_ONCE else _without_withdrawn(kind, keys))


def _without_withdrawn(kind: Kind, keys: set[int]) -> set[int]:
    """What is public no more is taken out at once, however much a section held: that costs as much as for one."""
    left = set()
    for site in Site.objects.select_related("root_page"):
        public = kind.public_keys(site)
        index.withdraw(site, kind, (_documents(kind, site) & keys) - public)
        left |= keys & public
    return left


def _make_documents() -> None:
    noted = SearchChange.objects.order_by("pk").values_list("source", "value")[:CHANGES_AT_ONCE]
    stale: dict[str, set[int]] = {}
    for source, value in list(dict.fromkeys(noted))[: index.AT_ONCE]:
        index.delete(SearchChange.objects.filter(source=source, value=value))
        stale.setdefault(source.removeprefix(OF_DOCUMENT), set()).add(int(value))
    for name, keys in stale.items():
        index.update(kinds.named(name), sorted(keys))


def _note(kind: Kind, keys: Iterable[int]) -> None:
    changes.note(f"{OF_DOCUMENT}{kind.name}", sorted(keys))


def _documents(kind: Kind, site: Site) -> set[int]:
    return set(SearchDocument.objects.filter(kind=kind.name, site=site).values_list("object_id", flat=True))


def _come_or_gone(kind: Kind) -> set[int]:
    return {
        key
        for site in Site.objects.select_related("root_page")
        for key in kind.public_keys(site) ^ _documents(kind, site)
    }


def _all_keys(kind: Kind) -> set[int]:
    return {
        key
        for site in Site.objects.select_related("root_page")
        for key in kind.public_keys(site) | _documents(kind, site)
    }


# The whole index


def compare(tell: Callable[[str], object] = lambda _line: None) -> Changed:
    """Makes every document anew and writes what differs; then takes away the terms that stand nowhere."""
    changed = Changed()
    index.delete(SearchChange.objects.filter(source=EVERYTHING))
    for kind in kinds.in_order():
        # A rebuild meets nearly all terms; they are read once, and never those of a transaction that was undone.
        known: TermIds = {}
        for keys in index.in_parts(sorted(_all_keys(kind)), index.AT_ONCE):
            with transaction.atomic():
                index.take_lock()
                changed.add(index.update(kind, keys, anew=True, known=known))
        tell(kind.name)
    changed.add(_remove_documents_of_no_kind())
    remove_unused_terms()
    return changed


def _remove_documents_of_no_kind() -> Changed:
    left = SearchDocument.objects.exclude(kind__in=[kind.name for kind in kinds.in_order()])
    names = [str(document) for document in left]
    index.remove(left)
    return Changed(superfluous=names)


def remove_unused_terms() -> None:
    with transaction.atomic():
        index.take_lock()
        index.delete(SearchTerm.objects.filter(~Exists(SearchPosting.objects.filter(term=OuterRef("pk")))))


# When


def every_minute() -> None:
    """For the clock, which also meets the first documents of an update that makes them otherwise."""
    if SearchDocument.objects.exclude(digest__startswith=index.rules()).exists():
        changes.note(EVERYTHING, [""])
    follow()


def once_a_night() -> None:
    """For the clock."""
    if not NIGHT[0] <= timezone.localtime().time() < NIGHT[1] or not cache.add("search.compared", True, AN_HOUR):
        return
    changed = compare()
    if changed:
        said = (changed.missing, changed.wrong, changed.superfluous)
        logger.error("The search did not follow: missing %s, wrong %s, superfluous %s", *said)


class FollowMiddleware:
    """What somebody has written can be found by the next who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in SAFE and response.status_code < 500:
            follow_at_once()
        return response


def follow_at_once(**_signal: Any) -> None:
    """A failure is the clock's to mend: what was written stands."""
    try:
        follow(most=IN_A_REQUEST)
    except DatabaseError as error:
        logger.warning("The search follows later: %s", error)
    except Exception:
        logger.exception("The search does not follow")
