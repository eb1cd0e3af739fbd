"""Loads the demo content into an empty installation.

In many short steps: writers of SQLite wait for each other, and all of it takes half a minute. Until the last step the
site has no home page; a loading that broke off goes on where it was when it is begun again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from modelsearch import signal_handlers as search_signals
from modelsearch.index import get_indexed_models
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.routing.emergency_numbers import EmergencyNumbers
from cms.routing.site_settings import SiteSettings
from cms.search import following, synonyms
from home.demo import accounts, content_files
from home.demo.facts import Facts, in_all_languages, load
from home.demo.pages import Loader
from home.demo.translations import translate
from home.models import HomePage

UNFINISHED = "Demo content, not complete yet"
"""Name of the site from the first step of a loading to its last."""
AT_ONCE = 50
"""Rows that go into the index of words in one step."""
OFFICES = ("ki", "integrationsrat")


class NotAllowed(Exception):
    """Demo content has no place in a city's own installation."""


def is_loaded() -> bool:
    """True when the installation has a home page, from here or from people, and no loading has broken off."""
    return HomePage.objects.exists() and not Site.objects.filter(site_name=UNFINISHED).exists()


@contextmanager
def indexes_built_at_the_end() -> Iterator[None]:
    """Fills the indexes of words and of references once, when all is there, not by a background job for each save.

    These would be 3,000: minutes in which the search finds nothing, and failures for rows that are gone by then.
    """
    for model in get_indexed_models():
        post_save.disconnect(search_signals.post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        search_signals.register_signal_handlers()
    call_command("update_index", verbosity=0, chunk_size=AT_ONCE)
    for model in filter(ReferenceIndex.is_indexed, apps.get_models()):
        for row in list(model._default_manager.all()):
            with transaction.atomic():  # Wagtail's command has one for all rows
                ReferenceIndex.create_or_update_for_object(row)


@indexes_built_at_the_end()
def load_everything(say: Callable[[str], None]) -> list[tuple[str, str]]:
    """Site, pages, translations and accounts; returns the log-ins. Raises ``NotAllowed`` in production."""
    if not settings.DEMO_ACCOUNTS_ALLOWED:
        raise NotAllowed("Demo content and its accounts are only for trying out, not for production settings.")
    site = _begin()
    facts = load(site)
    loader = Loader(site, facts)
    loader.load()
    _set_up(site, facts, loader)
    by_file = {name: loader.pages[content["slug"]] for name, content in content_files.pages().items()}
    for language in (*content_files.FULLY_TRANSLATED, *content_files.PARTLY_TRANSLATED):
        say(f"  {language}: {translate(by_file, language)} pages")
    logins = accounts.create(loader.pages["beispielverein"])
    site.root_page, site.site_name = loader.pages["home"], content_files.facts()["site"]["name"]
    site.save()
    following.follow()
    return logins


@transaction.atomic
def _begin() -> Site:
    """The default site, marked as unfinished, without Wagtail's own "Welcome to your new Wagtail site!"."""
    root = Page.get_first_root_node()
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = root, UNFINISHED
    site.save()
    for page in Page.objects.filter(depth=2).exclude(pk__in=HomePage.objects.values("pk")):
        page.delete()
    return site


def _set_up(site: Site, facts: Facts, loader: Loader) -> None:
    known = content_files.facts()["site"]
    footer = [content["slug"] for content in content_files.pages().values() if content.get("in_footer")]
    values = {
        "name": known["name"],
        "municipality": "Stadt Hagen",
        "claim": in_all_languages(known["claim"]),
        "barrier_report_email": "barrierefreiheit@example.org",
        "press_responsible": known["press_responsible"],
        "offices": [("office", facts.contacts[key]) for key in OFFICES],
        "footer_links": [("link", {"page": loader.pages[slug], "url": "", "label": {}}) for slug in footer],
    }
    SiteSettings.objects.update_or_create(site=site, defaults=values)
    synonyms.add_first()
    numbers = [
        {
            "number": row["number"],
            "purpose": in_all_languages(row["purpose"]),
            "hours": {},
            "spoken": row.get("spoken", []),
        }
        for row in content_files.facts()["emergency_numbers"]
    ]
    EmergencyNumbers.objects.update_or_create(site=site, defaults={"numbers": [("number", row) for row in numbers]})
