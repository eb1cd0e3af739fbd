"""Takes the invented examples away, and nothing else."""

from django.contrib.auth.models import Group
from django.db import models, transaction
from wagtail.models import Collection

from cms.accounts import User
from dates.models import CouncilSession, EventPage, EventSeries, Place
from directory.models import OrganisationPage
from directory.permissions import group_name


def remove() -> dict[str, int]:
    """Deletes example pages with their translations, example sessions and places, and the demo accounts.

    Page by page, so that others can write in between; begun again it takes what is left. Returns how many of each.
    """

    counts = {"events": 0, "organisations": 0}
    for kind, model in (("events", EventPage), ("organisations", OrganisationPage)):
        for source in model.objects.sources().filter(is_example=True):
            with transaction.atomic():
                Group.objects.filter(name=group_name(source)).delete()
                Collection.objects.filter(depth=2, name=str(source)[:255]).delete()
                source.delete()  # and its translations with it
            counts[kind] += 1
    counts["sessions"] = CouncilSession.objects.filter(is_example=True).delete()[0]
    counts["series"] = EventSeries.objects.filter(is_example=True).delete()[0]
    counts["places"] = Place.objects.filter(is_example=True).delete()[0]
    counts["accounts"] = User.objects.filter(is_demo=True).count()
    # Past the rule that a superuser stays: who runs this makes one of the city (createsuperuser).
    models.QuerySet(User).filter(is_demo=True).delete()
    return counts
