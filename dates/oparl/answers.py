"""What a server has answered, address by address, so that it may say that nothing has changed (RFC 9110, 13)."""

import datetime as dt
import json
from typing import Any

from django.db import models
from django.utils import timezone

from cms.outbound import Answer
from dates.oparl import items, objects, reading
from dates.oparl.models import OParlSource
from dates.oparl.objects import Unreadable

TRUSTED_FOR = dt.timedelta(days=7)
"""A server whose marks never change would be believed for ever: so often everything is asked for anew."""
LONGEST_BODY = 1024 * 1024
READ = "id type name deleted meeting description room streetAddress postalCode locality accessUrl web mainFile paper"
"""What is read of objects other than meetings and points of agendas."""


class KeptAnswer(models.Model):
    """The last answer at an address, with nothing in it that is not read: no people, nothing that is not public."""

    source = models.ForeignKey(OParlSource, models.CASCADE, related_name="answers")
    url = models.CharField(max_length=1000)
    etag = models.CharField(max_length=255, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    body = models.TextField()
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "url"], name="oparl_answer_once")]

    def __str__(self) -> str:
        return self.url


class Answers:
    """The answers of one run. Three queries at most, however many addresses are asked."""

    def __init__(self, source: OParlSource) -> None:
        self.source = source
        self._rows = {row.url: row for row in source.answers.all()}
        self._used: set[str] = set()
        self._new: dict[str, KeptAnswer] = {}

    def known(self, url: str) -> tuple[str, str]:
        row = self._rows.get(url)
        if row is None or row.told_at < timezone.now() - TRUSTED_FOR:
            return "", ""
        return row.etag, row.modified

    def body(self, url: str) -> bytes:
        self._used.add(url)
        return self._rows[url].body.encode()

    def keep(self, url: str, answer: Answer) -> None:
        etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
        is_fit = len(url) <= 1000 and len(etag) <= 255 and len(modified) <= 100
        if not (etag or modified) or not is_fit or "modified_since=" in url:
            return
        try:
            body = json.dumps(_reduced(objects.parsed(answer.body)))
        except Unreadable:
            return
        if len(body) <= LONGEST_BODY:
            self._new[url] = KeptAnswer(source=self.source, url=url, etag=etag, modified=modified, body=body)

    def save(self) -> None:
        """After a walk that came to its end; what was not asked for any more is forgotten."""
        gone = self._rows.keys() - self._used - self._new.keys()
        if gone:
            self.source.answers.filter(url__in=gone).delete()
        if self._new:
            KeptAnswer.objects.bulk_create(
                self._new.values(),
                update_conflicts=True,
                unique_fields=["source", "url"],
                update_fields=["etag", "modified", "body", "told_at"],
            )


def _reduced(value: Any) -> Any:
    """``value`` with what is read of it, and nothing else."""
    if isinstance(value, list):
        return [_reduced(each) for each in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("data"), list):
        return {
            **{name: value[name] for name in ("links", "pagination") if name in value},
            "data": _reduced(value["data"]),
        }
    kind = objects.kind(value)
    if kind == "Meeting":
        return {**reading.kept(value), **{name: value[name] for name in ("modified",) if name in value}}
    if kind == "AgendaItem":
        return items.may_be_kept(value)
    return {name: _reduced(value[name]) for name in READ.split() if name in value}
