"""What has lain in the bin for 30 days is removed for good."""

import logging

from cms.bin import media, pages
from cms.bin.models import BinEntry, BinKind

AT_ONCE = 20
"""So that the clock goes on; the others follow a minute later."""

logger = logging.getLogger(__name__)


def remove(entry: BinEntry) -> None:
    if entry.kind == BinKind.PAGE:
        pages.remove(entry=entry)
    else:
        media.remove(entry=entry)


def remove_what_is_over() -> None:
    """For the clock; what cannot be removed stays and stops nothing else."""
    for entry in BinEntry.objects.over().order_by("deleted_at")[:AT_ONCE]:
        try:
            remove(entry)
        except Exception:
            logger.exception("Entry %s of the bin cannot be removed", entry.pk)
