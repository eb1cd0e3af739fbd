"""What follows from the decisions of reviewers, whichever screen they are made on."""

from wagtail.signals import workflow_approved, workflow_cancelled, workflow_rejected

from cms.page_acts import guarded
from directory.review import later_drafts, mails


def connect() -> None:
    for signal in (workflow_approved, workflow_rejected, workflow_cancelled):
        signal.connect(guarded(later_drafts.keep), dispatch_uid="directory.later_drafts", weak=False)
    mails.connect()
