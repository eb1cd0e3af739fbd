"""What a person does about mails that were not sent."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.mail.letters import Letter, LetterQuerySet, LetterState, MailServer, new_message_id, until_given_up
from cms.mail.sending import nudge


def try_again(letters: LetterQuerySet) -> int:
    """Has these sent now and, if need be, for another 48 hours; returns how many.

    What was unclear becomes a new mail: its link may be a new one, and no server shall take it for the old.
    """
    tried = 0
    for letter in letters.exclude(state__in=(LetterState.SENT, LetterState.SENDING, LetterState.DROPPED)):
        try:
            with transaction.atomic():
                tried += Letter.objects.filter(pk=letter.pk, state=letter.state).update(
                    state=LetterState.WAITING,
                    due_at=timezone.now(),
                    give_up_at=until_given_up(),
                    attempts=0,
                    finished_at=None,
                    message_id=new_message_id(letter.host)
                    if letter.state == LetterState.UNCLEAR
                    else letter.message_id,
                )
        except IntegrityError:
            Letter.objects.filter(pk=letter.pk).delete()  # a newer one about the same waits already
    MailServer.objects.filter(pk=1).update(rests_until=None)
    transaction.on_commit(nudge, robust=True)
    return tried


def discard(letters: LetterQuerySet) -> int:
    """Takes letters out of the queue for good; one that is being sent stays. Returns how many."""
    number, _by_model = letters.exclude(state=LetterState.SENDING).delete()
    return number
