"""Words for which nothing was found: counted as bare words, so that the press office learns which synonyms are needed.

Nothing else is kept: no whole question, no person, no address, no moment. A word may still be somebody's name, so
nobody is shown one before it was looked for ``SHOWN_FROM`` times, and after a year it is gone.
"""

import datetime as dt
import logging
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, models
from django.db.models import F, Max, Sum
from django.utils import timezone

from cms.database.waiting import hardly_waiting
from cms.jobs import clearing

logger = logging.getLogger(__name__)

SHOWN_FROM = 3
KEPT_FOR = dt.timedelta(days=365)
SHORTEST, LONGEST = 3, 40
MOST_OF_A_QUERY = 4
"""Of a longer question the first ones count."""
MOST_OF_A_MONTH = 5000
"""Different words; programs that try every word fill no disk."""


JOINING = "-‐‑'’ʼ\u200c"


class MissedWordQuerySet(models.QuerySet["MissedWord"]):
    def over(self) -> "MissedWordQuerySet":
        return self.filter(month__lt=timezone.localdate() - KEPT_FOR)

    def told(self) -> models.QuerySet["MissedWord", dict[str, Any]]:
        """``language``, ``word``, ``times`` and the ``last`` month of what was asked for often enough, most first."""
        rows = self.values("language", "word").annotate(times=Sum("count"), last=Max("month"))
        return rows.filter(times__gte=SHOWN_FROM).order_by("-times", "-last", "language", "word")


class MissedWord(models.Model):
    """How often a word was looked for in vain in a month by readers of a language."""

    language = models.CharField(max_length=16)
    word = models.CharField(max_length=LONGEST)
    month = models.DateField()
    """Its first day."""
    count = models.PositiveIntegerField(default=1)

    objects = MissedWordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word", "month"], name="missed_word_once_a_month")]

    def __str__(self) -> str:
        return f"{self.word} ({self.language})"


def is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"


def is_bare_word(word: str) -> bool:
    """Letters only: no number, mail address or anything else that is about one person alone."""
    letters = [sign for sign in word if sign not in JOINING]
    return SHORTEST <= len(letters) <= len(word) <= LONGEST and all(map(is_letter, letters))


def count(words: Iterable[str], *, language: str) -> None:
    """Notes that nothing was found for ``words``; never keeps the reader waiting, and lets it be where it can't."""
    month = timezone.localdate().replace(day=1)
    for word in list(dict.fromkeys(word.lower() for word in words if is_bare_word(word)))[:MOST_OF_A_QUERY]:
        try:
            with hardly_waiting():
                _count(word, language, month)
        except DatabaseError as error:
            logger.info("A missed word was not counted: %s", error)
            return


def _count(word: str, language: str, month: dt.date) -> None:
    row = MissedWord.objects.filter(language=language, word=word, month=month)
    if row.update(count=F("count") + 1) or MissedWord.objects.filter(month=month).count() >= MOST_OF_A_MONTH:
        return
    MissedWord.objects.bulk_create([MissedWord(language=language, word=word, month=month)], ignore_conflicts=True)


def forget(*, language: str, word: str) -> int:
    """Takes a word off the list, such as a name; says how many rows."""
    return MissedWord.objects.filter(language=language, word=word).delete()[0]


clearing.register(MissedWord.objects.over)
