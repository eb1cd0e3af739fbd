"""What the search offers to who found nothing: organisations by topic and by the language that they speak."""

from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.localization import languages
from cms.routing.address import path_of
from cms.search.suggestions import Suggestion, Suggestions
from directory.profiles.directory_page import DirectoryPage
from directory.profiles.entrance import LANGUAGE, Entrance
from directory.profiles.listing import query_string


def suggestions(site: Site) -> list[Suggestions]:
    """The same ways as on the home page."""
    directory = DirectoryPage.objects.listed().descendant_of(site.root_page).first()
    if directory is None:
        return []
    path, entrance = path_of(directory, languages.active().code), Entrance(site.root_page)
    spoken = [
        Suggestion(choice.label, path + query_string({LANGUAGE: choice.value})) for choice in entrance.offered(LANGUAGE)
    ]
    return [
        Suggestions(entrance.heading, [Suggestion(way.label, path + way.query_string) for way in entrance.ways]),
        Suggestions(_("Languages that are spoken"), spoken),
    ]
