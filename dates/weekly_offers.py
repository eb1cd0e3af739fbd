"""Regular offers of organisations, to stand beside the events of a week."""

from collections.abc import Iterable

from wagtail.models import Page

from cms import languages, locales, provenance
from cms.wording import give_child_words
from directory.models import Offer, OrganisationPage


def below(home: Page, weekdays: Iterable[int]) -> list[Offer]:
    """Offers of the published organisations of a site on these weekdays (1 is Monday), by time, with their ``words``.

    Three queries, however many there are.
    """
    organisations = OrganisationPage.objects.listed().descendant_of(home)
    offers = list(
        Offer.objects.filter(weekday__in=list(weekdays), organisation__in=organisations)
        .select_related("organisation__district")
        .defer("organisation__about", "organisation__pictures", "organisation__social_links")
        .prefetch_related("organisation__topics")
        .order_by("starts", "pk")
    )
    reader = languages.active().code
    keys = [offer.translation_key for offer in offers] if reader != languages.SOURCE else []
    locale_id = locales.id_of(reader)
    twins = Offer.objects.filter(translation_key__in=keys, locale_id=locale_id, organisation__live=True)
    return give_child_words(offers, provenance.annotated(twins, reader, page="organisation") if keys else ())
