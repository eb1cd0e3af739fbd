"""How runs reach the background worker."""

from django_tasks import task

from dates.oparl import runs
from dates.oparl.models import OParlSource


@task(priority=-20)
def run_source(pk: int, accept_loss: bool = False) -> None:
    """Waits behind mails, the search index and drafts; a source that is gone meanwhile is no error."""
    source = OParlSource.objects.filter(pk=pk).first()
    if source is not None:
        runs.run(source, accept_loss=accept_loss)
