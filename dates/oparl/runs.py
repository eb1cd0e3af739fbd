"""One run of one source: collect everything, judge it, take it over, tell how it went."""

import datetime as dt
import logging

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.localization import languages
from cms.outbound import Outbound
from dates.oparl import mirror, walk
from dates.oparl.answers import Answers
from dates.oparl.models import ImportRun, OParlSource, RunOutcome
from dates.oparl.server import Server, WalkFailed

logger = logging.getLogger(__name__)

OVERLAP = dt.timedelta(days=7)
"""How far before the last complete run the server is asked for deleted meetings: once is easily missed."""
LONGEST_RUN = dt.timedelta(hours=1)


def run(source: OParlSource, *, accept_loss: bool = False) -> ImportRun:
    """Never raises: whatever the server does, the result is a run with an outcome and a sentence.

    ``accept_loss``: a person has looked and knows that many meetings are gone.
    """
    _end_broken(source)
    this = ImportRun.objects.create(source=source)
    with translation.override(languages.SOURCE):
        try:
            _import(this, accept_loss=accept_loss)
        except WalkFailed as error:
            this.outcome, this.reason, this.sentence = RunOutcome.FAILED, error.reason, error.sentence
        except mirror.Rejected as error:
            this.outcome, this.reason, this.sentence = RunOutcome.REJECTED, "loss", str(error)
        except Exception:
            logger.exception("oparl run %s of source %s failed", this.pk, source.pk)
            this.outcome, this.reason = RunOutcome.FAILED, "unexpected"
            this.sentence = _("An unexpected error. Whoever runs this site finds it in the log.")
    this.finished_at = timezone.now()
    this.save()
    logger.info("oparl run %s of source %s: %s %s %s", this.pk, source.pk, this.outcome, this.reason, this.counts)
    return this


def _import(this: ImportRun, *, accept_loss: bool) -> None:
    source, last = this.source, this.source.last_complete_run
    answers = Answers(source)
    collected = walk.collect(
        Server(Outbound(frozenset(source.hosts)), answers),
        body_url=source.body_url,
        organisation_url=source.organisation_url,
        since=last.started_at - OVERLAP if last else None,
    )
    answers.save()
    this.report = {"remarks": collected.remarks, "changes": []}
    result = mirror.take_over(source, collected, accept_loss=accept_loss)
    this.counts = dict(result.counts)
    this.report["changes"] = result.changes
    this.outcome = RunOutcome.NOTHING_NEW if result.is_nothing_new else RunOutcome.COMPLETE


def _end_broken(source: OParlSource) -> None:
    """Runs whose worker has died."""
    with translation.override(languages.SOURCE):
        source.runs.filter(outcome=RunOutcome.RUNNING, started_at__lt=timezone.now() - LONGEST_RUN).update(
            outcome=RunOutcome.FAILED,
            reason="broke_off",
            sentence=_("The run broke off. The next run takes over what is missing."),
        )
