"""How often the same person may do what costs others something: guess, ask for mails, send forms.

One throttle for all. Each act declares its ``Limit`` where it happens; below all of them lies a limit on whatever is
sent without log-in, so that no address of the site is without one.
"""

import datetime as dt
import math
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
LONGEST = DAY
"""No window is longer; older counts mean nothing."""


class Count(models.Model):
    """How often somebody has done something since ``began``. Who, is kept as a keyed hash only.

    A window begins with the first attempt in it. Counting is one UPDATE with its condition, so that of many attempts
    at the same time no more pass than may, on either database.
    """

    act = models.CharField(max_length=30)
    who = models.CharField(max_length=64)
    seconds = models.PositiveIntegerField()
    began = models.DateTimeField(db_index=True)
    made = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "who", "seconds"], name="count_act_who_seconds")]

    def __str__(self) -> str:
        return f"{self.act} {self.began:%Y-%m-%d %H:%M}: {self.made}"


@dataclass(frozen=True, slots=True)
class Window:
    most: int
    within: dt.timedelta


class TooOften(Exception):
    """Somebody has to wait; says so in a sentence."""

    def __init__(self, wait: dt.timedelta) -> None:
        self.seconds = max(1, math.ceil(wait.total_seconds()))
        super().__init__(self.seconds)

    @property
    def minutes(self) -> int:
        return math.ceil(self.seconds / 60)

    def __str__(self) -> str:
        return ngettext(
            "That was too often. Please try again in %(minutes)d minute.",
            "That was too often. Please try again in %(minutes)d minutes.",
            self.minutes,
        ) % {"minutes": self.minutes}

    def mark(self, response: HttpResponseBase) -> HttpResponseBase:
        """Gives a page that shows the sentence the status that programs understand (RFC 6585, 4)."""
        response.status_code = 429
        response.headers["Retry-After"] = str(self.seconds)
        response.headers["Cache-Control"] = "no-store"
        return response


LIMITS: dict[str, "Limit"] = {}


@dataclass(eq=False)
class Limit:
    """How often an act may happen: ``client`` for each place where requests come from, ``target`` for each thing or
    person that it is about.
    """

    act: str
    client: tuple[Window, ...] = ()
    target: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        LIMITS[self.act] = self

    def count(self, *, client: str = "", target: str = "") -> None:
        """Counts one attempt. Raises TooOften, and then it does not count."""
        for who, window in self._windows(client, target):
            _count(self.act, who, window)

    def check(self, *, client: str = "", target: str = "") -> None:
        """Raises TooOften when no attempt is left; counts nothing."""
        now = timezone.now()
        for who, window in self._windows(client, target):
            full = _row(self.act, who, window).filter(began__gt=now - window.within, made__gte=window.most).first()
            if full is not None:
                raise TooOften(full.began + window.within - now)

    def give_back(self, *, client: str = "", target: str = "") -> None:
        """The attempt was right, or nothing came of it: it does not count."""
        for who, window in self._windows(client, target):
            _row(self.act, who, window).filter(made__gt=0).update(made=F("made") - 1)

    def forget(self, *, client: str = "", target: str = "") -> None:
        """Begins anew."""
        for who, window in self._windows(client, target):
            _row(self.act, who, window).delete()

    def _windows(self, client: str, target: str) -> list[tuple[str, Window]]:
        """``target`` alone and ``client`` alone are different people, whatever they are called."""
        of_client = [(f"client {client}", window) for window in self.client if client]
        return of_client + [(f"target {target}", window) for window in self.target if target]


def _row(act: str, who: str, window: Window) -> models.QuerySet[Count]:
    key = salted_hmac("cms.throttling", who, algorithm="sha256").hexdigest()
    return Count.objects.filter(act=act, who=key, seconds=int(window.within.total_seconds()))


def _count(act: str, who: str, window: Window) -> None:
    now = timezone.now()
    is_over = Q(began__lte=now - window.within)
    row = _row(act, who, window)
    values = {
        "made": Case(When(is_over, then=Value(1)), default=F("made") + 1),
        "began": Case(When(is_over, then=Value(now)), default=F("began")),
    }
    for _attempt in range(2):
        if window.most and row.filter(is_over | Q(made__lt=window.most)).update(**values):
            return
        key = salted_hmac("cms.throttling", who, algorithm="sha256").hexdigest()
        seconds = int(window.within.total_seconds())
        # Made with nothing in it: whoever else makes it at the same time does not lose a count.
        Count.objects.bulk_create([Count(act=act, who=key, seconds=seconds, began=now, made=0)], ignore_conflicts=True)
    found = row.first()
    raise TooOften((found.began if found else now) + window.within - now)


SENT_WITHOUT_LOG_IN = Limit("post", client=(Window(120, dt.timedelta(minutes=10)), Window(1200, DAY)))
"""Whatever somebody without log-in sends, to any address: each has a tighter limit of its own where it costs more."""
