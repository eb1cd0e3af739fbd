"""Whose turn it is: an act of the clock is done once a minute in the whole installation, by one clock at a time."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from cms.jobs.processes import Heart, RunningProcess

A_MINUTE = dt.timedelta(seconds=50)
"""Clocks of several machines differ a little."""
NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class Turn(models.Model):
    """One act: when it was last begun and ended, and which clock is doing it now (empty: none)."""

    act = models.CharField(primary_key=True, max_length=150)
    holder = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.act


def take(act: str, clock: Heart) -> bool:
    """Whether ``clock`` does ``act`` now: not when another did it within the minute, or is still doing it.

    ``clock`` itself must not be doing it: what it holds, it failed to give back while the database was away.
    Decided by one UPDATE of its own row, by the time of the database: of two clocks one gets it.
    """
    if not Turn.objects.filter(act=act).exists():
        Turn.objects.bulk_create([Turn(act=act, begun_at=NEVER)], ignore_conflicts=True)
    due = Q(begun_at__lt=Now() - A_MINUTE) | Q(begun_at__gt=Now() + A_MINUTE)  # the latter: a clock was put back
    free = Q(holder="") | Q(holder=clock.id)
    if clock.may_judge:
        free = free | Q(~Exists(RunningProcess.objects.alive().filter(pk=OuterRef("holder"))))
    return bool(Turn.objects.filter(due, free, act=act).update(holder=clock.id, begun_at=Now(), ended_at=None))


def give_back(act: str, clock: Heart) -> None:
    Turn.objects.filter(act=act, holder=clock.id).update(holder="", ended_at=Now())
