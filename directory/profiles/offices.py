"""The city's offices that look after organisations: press office and integration centre."""

import datetime as dt

from django.urls import reverse

from cms import mail
from cms.accounts import User, roles
from cms.routing import absolute_urls
from directory import permissions
from directory.profiles.organisation import OrganisationPage


def people_for(organisation: OrganisationPage) -> list[User]:
    """Those of both offices who look after ``organisation``."""
    listed = User.objects.filter(is_active=True, groups__role__key__in=(roles.PRESS, roles.KI)).distinct()
    return [user for user in listed if permissions.keeps_record(user, organisation)]


def tell(
    *,
    organisation: OrganisationPage,
    template: str,
    context: dict[str, str] | None = None,
    pause: dt.timedelta = mail.PAUSE,
) -> None:
    """A mail to each of them, with a link to the record; ``context`` adds to the organisation's name.

    What is the same is told once within ``pause``, however often it happens.
    """
    values = {
        "organisation": organisation.title,
        "link": absolute_urls.whole(reverse("directory_records:record", args=[organisation.pk])),
        **(context or {}),
    }
    for person in people_for(organisation):
        mail.post(template=template, to=person.email, preferred=person.admin_language, context=values, pause=pause)
