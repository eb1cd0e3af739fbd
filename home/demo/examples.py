"""Takes the invented examples away, and nothing else."""

from django.db import models, transaction
from wagtail.models import Collection

from cms.accounts import User
from dates.models import CouncilSession, EventPage, EventSeries, Place
from directory.models import OrganisationPage, OwnCollection


def remove() -> dict[str, int]:
    """Deletes example pages with their translations, example sessions and places, and the demo accounts.

    Page by page, so that others can write in between; begun again it takes what is left. Returns how many of each.
    """

    own = OwnCollection.objects
    counts = {"events": 0, "organisations": 0}
    for kind, model in (("events", EventPage), ("organisations", OrganisationPage)):
        for source in model.objects.sources().filter(is_example=True):
            with transaction.atomic():
                Collection.objects.filter(pk__in=own.filter(organisation=source.pk).values("collection")).delete()
                source.delete()  # and its translations with it
            counts[kind] += 1
    counts["sessions"] = CouncilSession.objects.filter(is_example=True).delete()[0]
    counts["series"] = EventSeries.objects.filter(is_example=True).delete()[0]
    counts["places"] = Place.objects.filter(is_example=True).delete()[0]
    counts["accounts"] = User.objects.filter(is_demo=True).count()
    # Past the rule that a superuser stays: who runs this makes one of the city (createsuperuser).
    models.QuerySet(User).filter(is_demo=True).delete()
    return counts
