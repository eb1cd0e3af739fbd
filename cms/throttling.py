"""How often the same person may do what costs others something: asking for mails, sending forms."""

import datetime as dt

from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

LONGEST = dt.timedelta(days=1)


class Attempt(models.Model):
    """One act of somebody, who is kept as a keyed hash only: neither address nor client can be read from it."""

    act = models.CharField(max_length=30)
    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["act", "who", "at"], name="attempt_act_who_at")]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"


@transaction.atomic
def is_allowed(*, act: str, who: str, most: int, within: dt.timedelta = dt.timedelta(hours=1)) -> bool:
    """Counts this attempt and says whether ``who`` has made at most ``most`` of them; ``within`` is a day at most."""
    now = timezone.now()
    Attempt.objects.filter(at__lt=now - LONGEST).delete()
    key = salted_hmac("cms.throttling", who, algorithm="sha256").hexdigest()
    made = Attempt.objects.filter(act=act, who=key, at__gte=now - within).count()
    if made < most:
        Attempt.objects.create(act=act, who=key, at=now)
    return made < most
