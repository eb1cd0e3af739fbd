"""Run inside an installation: ``site`` makes a small one and prints the key of a session, ``due 5 0`` five articles."""

import datetime as dt
import os
import sys

import django


def make_site() -> None:
    from django.conf import settings
    from django.test import Client

    from tests import factories

    settings.ALLOWED_HOSTS.append("testserver")
    site = factories.municipality()
    factories.content(site)
    index = factories.news_index(site)
    factories.event(factories.event_index(site))
    factories.organisation(factories.directory(site))
    factories.council(site, factories.council_body())
    for number in range(5):
        factories.article(index, f"Artikel {number}")
    client = Client()
    client.force_login(factories.administrator())
    print(client.session.session_key)


def make_due(count: int, seconds: int) -> None:
    """Articles whose time comes ``seconds`` after the last of them is stored."""
    from django.utils import timezone
    from wagtail.models import Revision

    from news.models import NewsIndexPage
    from tests import factories

    index = NewsIndexPage.objects.sources().get()
    for number in range(count):
        page = factories.article(index, f"Geplant {number}", live=False)
        page.go_live_at = timezone.now() + dt.timedelta(hours=1)
        page.save_revision().publish()
    moment = timezone.now() + dt.timedelta(seconds=seconds)
    for revision in Revision.page_revisions.exclude(approved_go_live_at=None):
        revision.content["go_live_at"] = moment.isoformat()
        revision.approved_go_live_at = moment
        revision.save()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    if sys.argv[1] == "site":
        make_site()
    else:
        make_due(int(sys.argv[2]), int(sys.argv[3]))
