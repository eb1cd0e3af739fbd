"""What one municipality sets for its own site."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from cms import accent
from cms.site_settings import DEFAULT_ACCENT, MINIMUM_CONTRAST, SiteSettings, contrast, validate_accent
from tests import factories, webpages

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


# The accent colour


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)


@given(colours, colours)
def test_contrast_has_no_direction(first: str, second: str) -> None:
    assert contrast(first, second) == contrast(second, first)
    assert 1 <= contrast(first, second) <= 21


@pytest.mark.parametrize("colour", ["#0b4f8a", "#0B4F8A", "#767676", "#000000"])
def test_a_colour_on_which_white_is_readable_is_accepted(colour: str) -> None:
    validate_accent(colour)


@pytest.mark.parametrize("colour", ["#777777", "#ffffff", "#e0a030", "red", "#abc", "0b4f8a", "#0b4f8a;", "#0b4f8g", "#0b4f8a\n", ""])
def test_a_colour_that_is_too_light_or_none_is_refused(colour: str) -> None:
    with pytest.raises(ValidationError):
        validate_accent(colour)


def test_the_refusal_names_the_contrast_and_what_is_needed() -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_accent("#ffcc00")
    message = refusal.value.messages[0]
    assert "1.5" in message or "1,5" in message
    assert "4.5" in message or "4,5" in message


@given(colours.filter(lambda colour: contrast(colour, "#ffffff") >= MINIMUM_CONTRAST))
def test_every_accepted_colour_is_readable_in_light_and_dark(colour: str) -> None:
    made = accent.palette(colour)
    assert contrast(made["accent"], "#ffffff") >= MINIMUM_CONTRAST
    assert contrast(made["accent"], made["tint"]) >= MINIMUM_CONTRAST
    assert contrast(made["band"], "#ffffff") >= MINIMUM_CONTRAST
    for ground in (accent.DARK_PAPER, accent.DARK_SURFACE, made["dark_tint"]):
        assert contrast(made["dark_accent"], ground) >= MINIMUM_CONTRAST
    assert contrast(made["dark_band"], "#ffffff") >= MINIMUM_CONTRAST


@pytest.mark.django_db
def test_a_site_with_its_own_colour_links_a_stylesheet_of_its_own(client: Client) -> None:
    factories.municipality(accent_colour="#7A1F5C")
    page = webpages.read(client.get("/de/"))
    sheets = [str(link["href"]) for link in page.select("link[rel=stylesheet]")]
    assert "/accent/7a1f5c.css" in sheets
    response = client.get("/accent/7a1f5c.css")
    assert response["Content-Type"].startswith("text/css")
    assert "#7a1f5c" in webpages.html(response)


@pytest.mark.django_db
def test_the_default_colour_needs_no_stylesheet_of_its_own(client: Client) -> None:
    factories.municipality(accent_colour=DEFAULT_ACCENT.upper())
    assert "/accent/" not in webpages.html(client.get("/de/"))


@pytest.mark.django_db
@pytest.mark.parametrize("digits", ["ffffff", "ABCDEF", "12345", "1234567", "zzzzzz", "../etc"])
def test_there_is_no_stylesheet_for_colours_that_no_site_can_have(client: Client, digits: str) -> None:
    assert client.get(f"/accent/{digits}.css", follow=True).status_code == 404


# The settings in the admin


@pytest.mark.django_db
def test_the_press_office_edits_the_settings_of_each_site(client: Client) -> None:
    site = factories.municipality("Hagen")
    other = factories.municipality("Hemer", hostname="hemer.localhost")
    client.force_login(factories.press())
    for each in (site, other):
        address = reverse("wagtailsettings:edit", args=["cms", "sitesettings", each.pk])
        response = client.get(address)
        assert response.status_code == 200
        form = webpages.read(response).select_one("form[action]")
        assert each.site_name in str(form)


@pytest.mark.django_db
def test_the_claim_is_written_in_every_language(client: Client) -> None:
    site = factories.municipality()
    client.force_login(factories.press())
    address = reverse("wagtailsettings:edit", args=["cms", "sitesettings", site.pk])
    posted = {
        "name": "Neuer Name",
        "municipality": "",
        "claim_de": "Zusammen",
        "claim_ar": "معا",
        "accent_colour": "#0b4f8a",
        "offices-count": "0",
        "footer_links-count": "0",
        "press_responsible": "",
        "barrier_report_email": "",
    }
    assert client.post(address, posted).status_code == 302
    saved = SiteSettings.objects.get(site=site)
    assert (saved.name, saved.claim) == ("Neuer Name", {"de": "Zusammen", "ar": "معا"})


@pytest.mark.django_db
def test_a_footer_link_is_saved_with_its_label_in_every_language(client: Client) -> None:
    site = factories.municipality()
    client.force_login(factories.press())
    address = reverse("wagtailsettings:edit", args=["cms", "sitesettings", site.pk])
    posted = {
        "name": "Name",
        "claim_de": "",
        "accent_colour": "#0b4f8a",
        "offices-count": "0",
        "footer_links-count": "1",
        "footer_links-0-deleted": "",
        "footer_links-0-order": "0",
        "footer_links-0-type": "link",
        "footer_links-0-value-page": "",
        "footer_links-0-value-url": "https://example.org/",
        "footer_links-0-value-label_de": "Anderswo",
        "footer_links-0-value-label_tr": "Başka yerde",
    }
    assert client.post(address, posted).status_code == 302
    entry = SiteSettings.objects.get(site=site).footer_entries[0]
    assert (entry.url, entry.label) == ("https://example.org/", {"de": "Anderswo", "tr": "Başka yerde"})
    assert client.get(address).status_code == 200  # and the form shows it again


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ki", "translator"])
def test_others_do_not_edit_the_settings(client: Client, who: str) -> None:
    site = factories.municipality("Vorher")
    client.force_login(factories.ki() if who == "ki" else factories.translator("ar"))
    address = reverse("wagtailsettings:edit", args=["cms", "sitesettings", site.pk])
    client.post(address, {"name": "Nachher", "accent_colour": "#0b4f8a", "offices-count": 0, "footer_links-count": 0})
    assert SiteSettings.objects.get(site=site).name == "Vorher"


@pytest.mark.django_db
def test_a_site_without_settings_works(client: Client) -> None:
    SiteSettings.objects.filter(site=factories.municipality()).delete()
    assert client.get("/ar/").status_code == 200


@pytest.mark.django_db
def test_settings_survive_a_deleted_office_and_a_deleted_page(client: Client) -> None:
    site: Site = factories.municipality()
    office, page = factories.contact(), factories.content(site)
    site.sitesettings.offices = [("office", office)]
    site.sitesettings.footer_links = [("link", {"page": page, "url": "", "label": {}})]
    site.sitesettings.save()
    office.delete()
    page.delete()
    assert client.get("/de/").status_code == 200
