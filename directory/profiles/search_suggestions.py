"""What the search offers to who found nothing: organisations by topic and by the language that they speak."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from cms.localization import languages
from cms.routing.address import path_of
from cms.search import suggestions
from cms.search.suggestions import Suggestion, Suggestions
from directory.profiles.directory_page import DirectoryPage
from directory.profiles.entrance import LANGUAGE, TOPIC, Entrance


def _path(site: Site) -> str:
    directory = DirectoryPage.objects.listed().descendant_of(site.root_page).first()
    return path_of(directory, languages.active().code) if directory else ""


def _links(site: Site, parameter: str, heading: str | Promise) -> Suggestions:
    path = _path(site)
    choices = Entrance(site.root_page).offered(parameter) if path else ()
    return Suggestions(heading, [Suggestion(each.label, f"{path}?{parameter}={each.value}") for each in choices])


def topics(site: Site) -> Suggestions:
    """Those on which some organisation works."""
    return _links(site, TOPIC, _("Topics"))


def spoken(site: Site) -> Suggestions:
    return _links(site, LANGUAGE, _("Languages that are spoken"))


def register() -> None:
    suggestions.register(10, topics)
    suggestions.register(20, spoken)
