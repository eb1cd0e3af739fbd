"""When a provider is not to be asked: as its answer said, once for all pages that wait for it.

One failure about the whole service (its key, its quota, being busy or away) pauses it at once; of those that may be
about one page only three in a row do. A pause ends by itself at its time, with other settings, or by a person.
"""

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.localization import formats
from translations.machine import providers
from translations.machine.models import ProviderPause
from translations.machine.provider import Provider, ProviderError
from translations.segments import TARGETS

BACK_OFF = 30.0
"""Seconds until the second attempt; doubled for each further one."""
LONGEST_BACK_OFF = 3600.0
WHOLE_SERVICE = frozenset({"key", "quota", "busy", "unreachable", "elsewhere"})
NEEDS_SOMEBODY = frozenset({"key", "elsewhere", "refused", "too_large"})
"""Nothing changes by waiting."""
IN_A_ROW = 3


class Paused(Exception):
    """The provider is not asked now; says in a sentence why, and until when."""

    def __init__(self, pause: ProviderPause, label: str) -> None:
        super().__init__(sentence(pause, label))
        self.sentence, self.until = sentence(pause, label), pause.until


def setting(name: str, default: float) -> float:
    return float((getattr(settings, "MACHINE_TRANSLATION", None) or {}).get(name, default))


def back_off(attempts: int) -> float:
    """Seconds to wait after so many attempts: doubled each time, and up to a half more so that not all come at once."""
    seconds: float = min(setting("BACK_OFF", BACK_OFF) * 2 ** min(attempts - 1, 20), LONGEST_BACK_OFF)
    return seconds * random.uniform(1.0, 1.5)  # noqa: S311 (spreads load, keeps no secret)


# Asked


def current(provider: Provider) -> ProviderPause | None:
    """The pause of ``provider`` that holds now; None when it may be asked."""
    return _holding(provider, ProviderPause.objects.filter(provider=provider.name).first())


def of_language(language: str) -> ProviderPause | None:
    provider = providers.for_language(language)
    return current(provider) if provider is not None else None


def until(language: str) -> datetime:
    """When drafts in ``language`` may be asked for again; now where that depends on somebody."""
    pause = of_language(language)
    return (pause.until if pause is not None else None) or timezone.now()


def paused_languages() -> list[str]:
    """Whose provider is not to be asked now; one query."""
    rows = {row.provider: row for row in ProviderPause.objects.filter(is_paused=True)}
    if not rows:
        return []
    asked = ((code, providers.for_language(code)) for code in TARGETS)
    return [code for code, provider in asked if provider and _holding(provider, rows.get(provider.name))]


def _holding(provider: Provider, row: ProviderPause | None) -> ProviderPause | None:
    if row is None or not row.is_paused or row.settings != _fingerprint(provider):
        return None
    return None if row.until is not None and row.until <= timezone.now() else row


def _fingerprint(provider: Provider) -> str:
    parts = [str(getattr(provider, name, "")) for name in ("url", "key", "model")]
    return salted_hmac("translations.machine.pauses", "\n".join(parts), algorithm="sha256").hexdigest()


def why(language: str) -> str:
    """Why drafts in ``language`` wait, and until when; empty when they do not."""
    provider = providers.for_language(language)
    return why_not_asked(provider) if provider is not None else ""


def why_not_asked(provider: Provider) -> str:
    pause = current(provider)
    return sentence(pause, provider.label) if pause is not None else ""


def sentence(pause: ProviderPause, label: str) -> str:
    words = {"provider": label}
    because = {
        "key": _("%(provider)s refused the key."),
        "quota": _("The quota of %(provider)s is used up."),
        "busy": _("%(provider)s is busy or out of order."),
        "broken": _("%(provider)s has reported errors of its own, one after the other."),
        "timeout": _("%(provider)s did not answer in time."),
        "unreachable": _("%(provider)s cannot be reached."),
        "elsewhere": _("%(provider)s points to another address."),
        "refused": _("%(provider)s has refused one request after the other."),
        "empty": _("%(provider)s has sent nothing but empty answers."),
    }.get(pause.reason, _("%(provider)s has sent nothing but answers that cannot be used."))
    if pause.until is None:
        then = _("Drafts wait until its settings are put right, or somebody chooses “Try again”.")
    else:
        then = _("Drafts go on by themselves: %(moment)s.") % {"moment": formats.date_and_time(pause.until)}
    return f"{because % words} {then}"


# Written


def require_open(provider: Provider) -> None:
    """Raises ``Paused``."""
    pause = current(provider)
    if pause is not None:
        raise Paused(pause, provider.label)


def note_failure(provider: Provider, error: ProviderError) -> None:
    """Counts it, and pauses the provider where the failure says so."""
    settings_now, now = _fingerprint(provider), timezone.now()
    row, _created = ProviderPause.objects.get_or_create(provider=provider.name, defaults={"settings": settings_now})
    failures = row.failures + 1 if row.settings == settings_now else 1
    pauses = error.reason in WHOLE_SERVICE or failures >= IN_A_ROW
    ProviderPause.objects.filter(pk=row.pk).update(
        reason=error.reason,
        failures=failures,
        since=row.since if row.is_paused else now,
        until=_until(error, failures) if pauses else now,
        is_paused=pauses,
        settings=settings_now,
    )


def _until(error: ProviderError, failures: int) -> datetime | None:
    if error.reason in NEEDS_SOMEBODY:
        return None
    if error.retry_after is not None:
        return timezone.now() + timedelta(seconds=max(error.retry_after, 1.0))
    if error.reason == "quota":
        return _tomorrow()
    rounds = failures if error.reason in WHOLE_SERVICE else failures - IN_A_ROW + 1
    return timezone.now() + timedelta(seconds=back_off(rounds))


def _tomorrow() -> datetime:
    """Shortly after midnight: quotas are renewed with a day or a month."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1, minutes=5)


def end(name: str) -> None:
    """The provider has answered, or somebody wants it tried again."""
    ProviderPause.objects.filter(provider=name).delete()
