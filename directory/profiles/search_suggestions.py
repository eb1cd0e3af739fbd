"""What the search offers to who found nothing: organisations by topic and by the language that they speak."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from cms.localization import languages
from cms.localization.collation import sort_key
from cms.routing.address import path_of
from cms.search import suggestions
from cms.search.suggestions import Suggestion, Suggestions
from directory.profiles.directory_page import DirectoryPage
from directory.profiles.listing import languages_spoken_below
from directory.profiles.organisation import OrganisationPage
from directory.profiles.taxonomy import Topic


def _path(site: Site) -> str:
    directory = DirectoryPage.objects.listed().descendant_of(site.root_page).first()
    return path_of(directory, languages.active().code) if directory else ""


def topics(site: Site) -> Suggestions:
    """Those on which some organisation works."""
    path, reader = _path(site), languages.active()
    organisations = OrganisationPage.objects.listed().descendant_of(site.root_page).order_by()
    found = Topic.objects.filter(pk__in=organisations.values("topics")) if path else ()
    links = [Suggestion(topic.label, f"{path}?topic={topic.key}") for topic in found]
    return Suggestions(_("Topics"), sorted(links, key=lambda link: sort_key(str(link.text), reader)))


def spoken(site: Site) -> Suggestions:
    path = _path(site)
    pairs = languages_spoken_below(site.root_page) if path else ()
    return Suggestions(
        _("Languages that are spoken"), [Suggestion(name, f"{path}?language={code}") for code, name in pairs]
    )


def register() -> None:
    suggestions.register(10, topics)
    suggestions.register(20, spoken)
