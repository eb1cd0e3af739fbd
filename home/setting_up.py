"""The first site of an installation: its address, home page and sections.

Until somebody sets it up there is none: Wagtail's greeting page and the Site that shows it are taken away.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http.request import validate_host
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from wagtail.models import Page, Site

from cms.accounts import User
from cms.localization import languages, locales
from cms.pages.base_page import BasePage
from cms.routing.site_settings import SiteSettings
from cms.search import synonyms
from dates.models import EventIndexPage
from directory.models import DirectoryPage, Topic
from directory.profiles import standard_topics
from home.models import HomePage
from news.models import NewsIndexPage

GREETING = "Welcome to your new Wagtail site!"
PORTS = {"http": 80, "https": 443}


class AlreadySetUp(Exception):
    """There is a home page already; another municipality is added as another Site."""


def is_needed() -> bool:
    return not HomePage.objects.exists()


def may_set_up(user: Any) -> bool:
    """Whoever may do everything, once, while there is nothing yet."""
    return isinstance(user, User) and user.is_active and user.is_superuser and is_needed()


def remove_greeting(**_signal: Any) -> None:
    """After migrations: Wagtail's first page says nothing about a city, and goes together with its Site."""
    for page in Page.objects.filter(depth=2, title=GREETING, content_type__model="page", numchild=0):
        page.delete()


def address_parts(address: str) -> tuple[str, int]:
    """Host and port of ``https://www.example.org``; raises ValidationError for anything else, or a host not allowed."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    host = parts.hostname or ""
    if (
        parts.scheme not in PORTS
        or not host
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
        or "@" in address
    ):
        raise ValidationError(_("Write the address without anything behind the host, for example https://example.org"))
    if not validate_host(host, settings.ALLOWED_HOSTS):
        sentence = _("%(host)s is missing in ALLOWED_HOSTS of this installation: the server would not answer there.")
        raise ValidationError(sentence, params={"host": host})
    return host, port or PORTS[parts.scheme]


@transaction.atomic
def set_up(*, name: str, municipality: str, address: str, barrier_report_email: str = "") -> Site:
    """The Site under ``address`` with a German home page, news, directory and events, all public.

    Raises ``AlreadySetUp``, or ValidationError for an address that cannot be.
    """
    host, port = address_parts(address)
    if not is_needed():
        raise AlreadySetUp
    remove_greeting()
    home = _published(HomePage(title=name, slug="home"), Page.get_first_root_node())
    with override(languages.SOURCE):
        for model, title, slug in (
            (NewsIndexPage, pgettext("title of a page", "News"), "aktuelles"),
            (DirectoryPage, pgettext("title of a page", "Organisations"), "organisationen"),
            (EventIndexPage, pgettext("title of a page", "Events"), "termine"),
        ):
            _published(model(title=title, slug=slug, show_in_menus=True), home)
    known = {"hostname": host, "port": port, "root_page": home, "site_name": name}
    site, _created = Site.objects.update_or_create(is_default_site=True, defaults=known)
    said = {"name": name, "municipality": municipality, "barrier_report_email": barrier_report_email}
    SiteSettings.objects.update_or_create(site=site, defaults=said)
    synonyms.add_first()
    standard_topics.complete(Topic)
    return site


def _published(page: BasePage, parent: Page) -> BasePage:
    page.locale_id, page.live = locales.id_of(languages.SOURCE), False
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    return page
