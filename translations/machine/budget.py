"""How much each provider may be sent in a month, counted before it is sent.

Counted are the characters of what travels, with its tags: never less than what a provider bills.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.localization import formats
from translations.machine.models import ProviderUse
from translations.machine.provider import Provider, ProviderError

DEFAULTS = {"deepl": 450_000}
"""Characters in a month where ``BUDGET`` is not set: DeepL's free plan has 500,000."""

NOT_TAKEN = frozenset({"key", "quota", "busy", "broken", "refused", "elsewhere", "unreachable"})
"""Reasons of a ``ProviderError`` that mean that nothing was translated, and so nothing is billed."""


class UsedUp(Exception):
    """The month's characters do not suffice; ``until`` is when there are new ones."""

    def __init__(self, sentence: str, until: datetime) -> None:
        super().__init__(sentence)
        self.sentence, self.until = sentence, until


class TooLong(Exception):
    """One sentence alone is longer than a whole month's characters."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def limit(provider: Provider) -> int | None:
    """Characters in a month; None means no limit."""
    chosen: Mapping[str, Any] = getattr(settings, "MACHINE_TRANSLATION", None) or {}
    found: int | None = (chosen.get(provider.name) or {}).get("BUDGET", DEFAULTS.get(provider.name))
    return found


def used(provider: Provider) -> int:
    """Characters sent in this month."""
    row = ProviderUse.objects.filter(provider=provider.name, month=_month()).first()
    return row.characters if row else 0


def remaining(provider: Provider) -> int | None:
    """Characters that can still be sent in this month; None means any number."""
    most = limit(provider)
    return None if most is None else max(most - used(provider), 0)


def reserve(provider: Provider, characters: int) -> None:
    """Counts ``characters`` that are about to be sent; raises ``UsedUp`` or ``TooLong`` and counts nothing.

    One conditional UPDATE: two workers never share the same last characters.
    """
    most = limit(provider)
    ProviderUse.objects.get_or_create(provider=provider.name, month=_month())
    row = ProviderUse.objects.filter(provider=provider.name, month=_month())
    if most is not None:
        if characters > most:
            sentence = _(
                "A sentence is longer than what %(provider)s may be sent in a whole month. Please translate it."
            )
            raise TooLong(sentence % {"provider": provider.label})
        row = row.filter(characters__lte=most - characters)
    if not row.update(characters=F("characters") + characters):
        raise _used_up(provider)


def give_back(provider: Provider, characters: int, error: ProviderError) -> None:
    """After a request that failed: what the provider did not take counts for nothing."""
    if error.reason in NOT_TAKEN:
        ProviderUse.objects.filter(provider=provider.name, month=_month()).update(
            characters=Greatest(F("characters") - characters, Value(0))
        )


def _used_up(provider: Provider) -> UsedUp:
    until = next_month()
    sentence = _(
        "The characters for %(provider)s in this month are used up. "
        "The draft continues on %(date)s, or earlier when the limit is raised and the draft is asked for again."
    )
    return UsedUp(sentence % {"provider": provider.label, "date": formats.medium_date(until.date())}, until)


def next_month() -> datetime:
    """The first moment of the next month in local time."""
    month = _month()
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return timezone.make_aware(datetime(following.year, following.month, 1))


def _month() -> date:
    return timezone.localdate().replace(day=1)
