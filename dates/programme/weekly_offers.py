"""Regular offers of organisations, to stand beside the events."""

from wagtail.models import Page

from cms.localization import languages, locales, notices
from cms.localization.page_words import RowInWords, in_words
from directory.models import Offer, OrganisationPage


def below(home: Page) -> list[RowInWords]:
    """Offers of the published organisations of a site, by weekday and time, in the reader's words; two queries."""
    organisations = OrganisationPage.objects.listed().descendant_of(home).order_by().values("pk")
    offers = list(Offer.objects.filter(organisation__in=organisations).order_by("weekday", "starts", "pk"))
    reader = languages.active().code
    keys = [offer.translation_key for offer in offers] if reader != languages.SOURCE else []
    locale_id = locales.id_of(reader)
    translated = Offer.objects.filter(translation_key__in=keys, locale_id=locale_id, organisation__live=True)
    return in_words(offers, notices.annotated(translated, reader, page="organisation") if keys else ())
