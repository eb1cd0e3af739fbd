"""Working off the queue. Any number of workers and clocks may do so at once; each letter goes out once.

A letter is claimed before it is sent, for ``CLAIM``; who dies meanwhile leaves a claim that runs out. Whether it was
sent then is told by ``handed_over_at``, which is written down before the mail's content goes out: without it the letter
is sent again, with it nobody knows, and it waits for a person instead of being sent twice.
"""

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django_tasks import task

from cms.mail.letters import Letter, LetterState, MailServer
from cms.mail.transport import Line, NoAnswer, NoLine, Refused
from cms.mail.writers import named

BUDGET = 20
"""Seconds in which one run begins with letters; it ends when the last one is through, at most a minute later."""
CLAIM = dt.timedelta(minutes=5)
PAUSES = (1, 2, 5, 10, 20, 40, 60, 120, 240)
"""Minutes before a letter that was refused for the moment is tried again; the last one repeats."""

logger = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Somebody else has the letter by now."""


def deliver(*, seconds: float = BUDGET) -> int:
    """Sends what is due and returns how many letters went out; ends early when the server does not answer."""
    take_up_again()
    server, line, sent = MailServer.current(), Line(), 0
    if server.is_resting:
        return 0
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end and (letter := _claim()) is not None:
            sent += _send(letter, line, server)
    except (NoLine, NoAnswer) as error:
        server.has_failed(str(error))
        Letter.objects.due().order_by().update(tried_at=timezone.now(), last_error=server.last_error)
        logger.warning("the mail server does not answer, next try at %s: %s", server.rests_until, error)
    finally:
        line.close()
    return sent


def _claim() -> Letter | None:
    """The next letter, which is now nobody else's."""
    for number in Letter.objects.due().values_list("pk", flat=True)[:20]:
        now, name = timezone.now(), uuid.uuid4().hex
        claimed = Letter.objects.filter(pk=number, state=LetterState.WAITING).update(
            state=LetterState.SENDING, claimed_by=name, claimed_until=now + CLAIM, handed_over_at=None, tried_at=now
        )
        if claimed:
            return Letter.objects.get(pk=number, claimed_by=name)
    return None


def _send(letter: Letter, line: Line, server: MailServer) -> bool:
    """Raises NoLine and NoAnswer; whatever else is wrong costs this letter only."""
    try:
        message = _written(letter)
        if message is None:
            _finish(letter, LetterState.DROPPED)
            return False
        _over_the_line(letter, message, line)
    except Refused as refusal:
        server.has_answered()
        _put_off(letter, str(refusal), is_final=refusal.is_final)
    except NoLine:
        _release(letter)
        _tell(letter, named(letter.writer).on_trouble)
        raise
    except NoAnswer as error:
        _finish(letter, LetterState.UNCLEAR, str(error))
        raise
    except ClaimLost:
        line.close()
    except (OperationalError, InterfaceError):
        raise  # the database: the claim runs out
    except Exception as error:
        line.close()
        logger.exception("%s cannot be written or sent", letter)
        _put_off(letter, f"{type(error).__name__}: {error}", is_final=False)
    else:
        server.has_answered()
        _finish(letter, LetterState.SENT)
        return True
    return False


def _written(letter: Letter) -> EmailMessage | None:
    message = named(letter.writer).write(**letter.values)
    if message is None:
        return None
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    message.extra_headers["Message-ID"] = letter.message_id
    letter.subject = str(message.subject)[:255]
    Letter.objects.filter(pk=letter.pk).update(subject=letter.subject)
    return message


def _over_the_line(letter: Letter, message: EmailMessage, line: Line) -> None:
    """A line that has carried letters may have been closed meanwhile: then a new one is tried at once."""

    def hand_over() -> None:
        mine = Letter.objects.filter(pk=letter.pk, claimed_by=letter.claimed_by, state=LetterState.SENDING)
        if not mine.update(handed_over_at=timezone.now()):
            raise ClaimLost

    is_used = line.sent > 0
    try:
        line.send(message, hand_over)
    except NoLine:
        line.close()
        if not is_used:
            raise
        line.send(message, hand_over)


# What becomes of a letter


def _finish(letter: Letter, state: LetterState, error: str = "") -> None:
    """What is done needs no content any more; what a person has to decide about keeps it."""
    values: dict[str, Any] = {"state": state, "finished_at": timezone.now(), "last_error": error[:300]}
    if state in (LetterState.SENT, LetterState.DROPPED):
        values["values"] = {}
    if state == LetterState.DROPPED:
        values |= {"to": "", "subject": ""}
    _surely(lambda: _mine(letter).update(**values))
    if state == LetterState.SENT:
        logger.info("%s sent as %s", letter, letter.message_id)
        _tell(letter, named(letter.writer).on_sent)
    elif state != LetterState.DROPPED:
        logger.error("%s: %s: %s", letter, state.value, error)
        _tell(letter, named(letter.writer).on_trouble)


def _put_off(letter: Letter, error: str, *, is_final: bool) -> None:
    """Tried again later, until ``give_up_at``; given up at once where asking again is of no use."""
    attempts = letter.attempts + 1
    due = timezone.now() + dt.timedelta(minutes=PAUSES[min(attempts, len(PAUSES)) - 1])
    Letter.objects.filter(pk=letter.pk).update(attempts=attempts)
    if is_final or letter.give_up_at < due:
        _finish(letter, LetterState.GIVEN_UP, error)
        return
    logger.warning("%s is tried again at %s: %s", letter, due, error)
    _release(letter, due_at=due, last_error=error[:300])
    _tell(letter, named(letter.writer).on_trouble)


def _release(letter: Letter, **values: Any) -> None:
    """Waiting again, unless a newer letter about the same waits already."""
    try:
        with transaction.atomic():
            _mine(letter).update(state=LetterState.WAITING, claimed_by="", claimed_until=None, **values)
    except IntegrityError:
        _finish(letter, LetterState.DROPPED)


def _mine(letter: Letter) -> Any:
    return Letter.objects.filter(pk=letter.pk, claimed_by=letter.claimed_by)


def _tell(letter: Letter, act: Callable[..., None]) -> None:
    try:
        act(**letter.values)
    except Exception:
        logger.exception("%s: what follows from it failed", letter)


def _surely(act: Callable[[], object]) -> None:
    """The server has the letter, so this must be written down though the database be locked or starting again."""
    for pause in (1, 5, 15, 30):
        try:
            act()
            return
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            time.sleep(pause)
            connection.close()
    act()


# What the clock does


def take_up_again() -> None:
    """Letters of processes that have died: sent again where they surely were not sent, else told to a person."""
    for letter in Letter.objects.filter(state=LetterState.SENDING, claimed_until__lt=timezone.now()):
        if letter.handed_over_at is None:
            _release(letter)
        else:
            _finish(letter, LetterState.UNCLEAR, "The program was ended while it sent this mail.")


def every_minute() -> None:
    """Gives up what was tried for 48 hours, forgets what is over, and sends what no worker has sent."""
    for letter in Letter.objects.hopeless():
        if Letter.objects.filter(pk=letter.pk, state=LetterState.WAITING).update(
            claimed_by="", state=LetterState.SENDING
        ):
            letter.claimed_by = ""
            _finish(letter, LetterState.GIVEN_UP, letter.last_error)
    Letter.objects.over().delete()
    deliver()


@task()
def work_off() -> None:
    """A short run; what is left comes after the other jobs."""
    if deliver() and Letter.objects.due().exists():
        nudge()


def nudge() -> None:
    """Has a worker send soon, unless a job for that waits already: it will find this letter, too."""
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().filter(task_path=work_off.module_path).exists():
        work_off.enqueue()
