"""Takes the invented examples away, and nothing else."""

from django.db import models, transaction
from wagtail.models import Collection, ReferenceIndex

from cms.accounts import User
from cms.media import Image
from dates.models import CouncilSession, EventPage, EventSeries, Place
from directory.models import OrganisationPage, OwnCollection
from home.demo import content_files
from home.demo.pages import CREDIT, picture_title


def remove() -> dict[str, int]:
    """Deletes example pages with their translations, example sessions and places, their logos, and the demo accounts.

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
    counts["logos"] = _logos()
    counts["accounts"] = User.objects.filter(is_demo=True).count()
    # Past the rule that a superuser stays: who runs this makes one of the city (createsuperuser).
    models.QuerySet(User).filter(is_demo=True).delete()
    return counts


def _logos() -> int:
    """Those of the invented organisations, but for any that people have taken for something of theirs."""
    names = [row["picture"] for row in content_files.pages().values() if row.get("is_example") and "picture" in row]
    drawn = Image.objects.filter(credit=CREDIT, title__in=map(picture_title, names))
    unused = [image for image in drawn if not ReferenceIndex.get_references_to(image).exists()]
    for image in unused:
        image.delete()
    return len(unused)
