"""Loads the demo content into an empty installation, all of it or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from modelsearch import signal_handlers as search_signals
from modelsearch.index import get_indexed_models
from wagtail.models import Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.site_settings import SiteSettings
from home.demo import accounts, content_files
from home.demo.facts import Facts, in_all_languages, load
from home.demo.pages import Loader
from home.demo.translations import translate
from home.models import HomePage

OFFICES = ("ki", "integrationsrat")


class NotAllowed(Exception):
    """Demo content has no place in a city's own installation."""


def is_loaded() -> bool:
    """True when the installation has a home page, from here or from people."""
    return HomePage.objects.exists()


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
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)


@transaction.atomic
@indexes_built_at_the_end()
def load_everything(say: Callable[[str], None]) -> list[tuple[str, str]]:
    """Site, pages, translations and accounts; returns the log-ins. Raises ``NotAllowed`` in production."""
    if not settings.DEMO_ACCOUNTS_ALLOWED:
        raise NotAllowed("Demo content and its accounts are only for trying out, not for production settings.")
    welcome = Page.objects.filter(depth=2).exclude(pk__in=HomePage.objects.values("pk"))
    site = Site.objects.filter(is_default_site=True).first()
    root = Page.get_first_root_node()
    if site is None:
        site = Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    site.root_page = root
    site.save()
    for page in welcome:
        page.delete()  # Wagtail's own "Welcome to your new Wagtail site!"
    facts = load(site)
    loader = Loader(site, facts)
    loader.load()
    site.root_page = loader.pages["home"]
    site.site_name = content_files.facts()["site"]["name"]
    site.save()
    _set_up(site, facts, loader)
    by_file = {name: loader.pages[content["slug"]] for name, content in content_files.pages().items()}
    for language in (*content_files.FULLY_TRANSLATED, *content_files.PARTLY_TRANSLATED):
        say(f"  {language}: {translate(by_file, language)} pages")
    return accounts.create(loader.pages["beispielverein"])


def _set_up(site: Site, facts: Facts, loader: Loader) -> None:
    known = content_files.facts()["site"]
    footer = [content["slug"] for content in content_files.pages().values() if content.get("in_footer")]
    SiteSettings.objects.create(
        site=site,
        name=known["name"],
        municipality="Stadt Hagen",
        claim=in_all_languages(known["claim"]),
        press_responsible=known["press_responsible"],
        offices=[("office", facts.contacts[key]) for key in OFFICES],
        footer_links=[("link", {"page": loader.pages[slug], "url": "", "label": {}}) for slug in footer],
    )
