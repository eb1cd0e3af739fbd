"""What one municipality sets for its own site."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from cms.routing import accent
from cms.routing.site_settings import (
    DEFAULT_ACCENT,
    MINIMUM_CONTRAST,
    SiteSettings,
    contrast,
    relative_luminance,
    validate_accent,
)
from tests import factories, webpages

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


# Contrast


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


def test_luminance_reaches_from_black_to_white() -> None:
    assert (relative_luminance("#000000"), relative_luminance("#FFFFFF")) == (0, pytest.approx(1))


@pytest.mark.parametrize("colour", [DEFAULT_ACCENT, "#0B4F8A", "#767676", "#000000", "#8a0b3a"])
def test_readable_colours_are_taken(colour: str) -> None:
    validate_accent(colour)


@pytest.mark.parametrize("colour", ["#777777", "#ffffff", "#ffcc00", "#FF0000"])
def test_colours_that_are_too_light_are_refused_with_their_contrast(colour: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_accent(colour)
    assert f"{contrast(colour, '#ffffff'):.1f}" in refused.value.messages[0]
    assert str(MINIMUM_CONTRAST) in refused.value.messages[0]


@pytest.mark.parametrize(
    "colour", ["", "red", "#abc", "0b4f8a", "#0b4f8", "#0b4f8ax", "#0b4f8g", "#0b4f8a\n", "#٠b4f8a", "#0b4f8a;}"]
)
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValidationError):
        validate_accent(colour)


@given(colour=COLOURS)
def test_whatever_is_chosen_stays_readable_in_light_and_dark(colour: str) -> None:
    colours = accent.palette(colour)
    for ground in ("#ffffff", colours["tint"]):
        assert contrast(colours["accent"], ground) >= MINIMUM_CONTRAST
    assert contrast(colours["band"], "#ffffff") >= MINIMUM_CONTRAST
    for ground in (accent.DARK_PAPER, accent.DARK_SURFACE, colours["dark_tint"]):
        assert contrast(colours["dark_accent"], ground) >= MINIMUM_CONTRAST
    assert contrast(colours["dark_band"], "#ffffff") >= MINIMUM_CONTRAST


@given(colour=COLOURS)
def test_a_colour_that_can_be_chosen_is_shown_as_it_is(colour: str) -> None:
    if contrast(colour, "#ffffff") >= MINIMUM_CONTRAST:
        assert accent.palette(colour)["band"] == colour


# The accent colour on pages


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality(municipality="Stadt Musterstadt")


def change(site: Site, **fields: object) -> None:
    for name, value in fields.items():
        setattr(site.sitesettings, name, value)
    site.sitesettings.save()


def sheets(client: Client) -> list[str]:
    return [str(link["href"]) for link in webpages.read(client.get("/de/")).find_all("link", rel="stylesheet")]


def test_the_default_colour_needs_no_file_of_its_own(site: Site, client: Client) -> None:
    assert len(sheets(client)) == 1
    change(site, accent_colour=DEFAULT_ACCENT.upper())
    assert len(sheets(client)) == 1


def test_a_colour_of_its_own_is_a_stylesheet_of_its_own(site: Site, client: Client) -> None:
    change(site, accent_colour="#8A0B3A")
    assert sheets(client)[1] == "/accent/8a0b3a.css"
    response = client.get("/accent/8a0b3a.css")
    assert response["Content-Type"].startswith("text/css")
    assert "--accent:#8a0b3a" in response.content.decode()
    assert "max-age" in response["Cache-Control"]
    assert webpages.read(client.get("/de/")).find("meta", attrs={"name": "theme-color"})["content"] == "#8A0B3A"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ffffff", "ffcc00", "8A0B3A", "abc", "8a0b3a0", "x", "8a0b3g", "..%2f"])
def test_colours_that_nobody_can_choose_have_no_stylesheet(client: Client, name: str) -> None:
    assert client.get(f"/accent/{name}.css", follow=True).status_code == 404


def test_a_bad_colour_does_not_get_past_the_form(site: Site) -> None:
    site.sitesettings.accent_colour = "#ffcc00"
    with pytest.raises(ValidationError) as refused:
        site.sitesettings.full_clean()
    assert "accent_colour" in refused.value.message_dict


# Footer


def test_footer_entries_keep_their_order_and_what_was_written(site: Site) -> None:
    page = factories.content(site, "Impressum")
    change(
        site,
        footer_links=[
            ("link", {"page": None, "url": "https://example.org/", "label": {"de": "Anderswo", "ar": "هناك"}}),
            ("link", {"page": page, "url": "", "label": {}}),
        ],
    )
    entries = SiteSettings.objects.get().footer_entries
    assert [(entry.page_id, entry.url, entry.label) for entry in entries] == [
        (None, "https://example.org/", {"de": "Anderswo", "ar": "هناك"}),
        (page.pk, "", {}),
    ]
    assert SiteSettings.objects.get().footer_page_ids == [page.pk]


def test_reading_the_footer_asks_nothing(site: Site, django_assert_num_queries) -> None:
    page = factories.content(site, "Impressum")
    change(site, footer_links=[("link", {"page": page, "url": "", "label": {}})])
    stored = SiteSettings.objects.get()
    with django_assert_num_queries(0):
        assert len(stored.footer_entries) == 1


def test_an_entry_whose_page_was_deleted_is_left_out(site: Site, client: Client) -> None:
    page = factories.content(site, "Impressum", slug="impressum")
    change(site, footer_links=[("link", {"page": page, "url": "", "label": {"de": "Impressum"}})])
    page.delete()
    assert "Impressum" not in webpages.text(webpages.read(client.get("/de/")).footer)


def test_an_entry_whose_page_went_into_the_past_is_left_out(site: Site, client: Client) -> None:
    page = factories.content(site, "Impressum", slug="impressum")
    change(site, footer_links=[("link", {"page": page, "url": "", "label": {"de": "Impressum"}})])
    page.unpublish()
    assert "Impressum" not in webpages.text(webpages.read(client.get("/de/")).footer)


# Offices


def test_offices_keep_their_order_in_one_query(site: Site, django_assert_num_queries) -> None:
    offices = [factories.contact(key) for key in ("c", "a", "b")]
    change(site, offices=[("office", office) for office in offices])
    stored = SiteSettings.objects.get()
    with django_assert_num_queries(1):
        assert [office.key for office in stored.chosen_offices()] == ["c", "a", "b"]


def test_without_offices_nothing_is_asked(site: Site, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert site.sitesettings.chosen_offices() == []


def test_an_office_that_was_deleted_is_left_out(site: Site, client: Client) -> None:
    kept, deleted = factories.contact("kept"), factories.contact("deleted")
    change(site, offices=[("office", deleted), ("office", kept)])
    deleted.delete()
    assert SiteSettings.objects.get().chosen_offices() == [kept]
    assert client.get("/ar/").status_code == 200


# Words


def test_the_claim_is_read_in_the_readers_language(site: Site, client: Client) -> None:
    change(site, claim={"de": "Zusammen stark", "tr": "Birlikte güçlü"})
    claims = {code: webpages.read(client.get(f"/{code}/")).select_one(".claim") for code in ("de", "tr", "ar")}
    assert webpages.text(claims["tr"]) == "Birlikte güçlü"
    assert webpages.text(claims["ar"]) == "Zusammen stark"
    assert webpages.language_of(claims["ar"].find(string=True).parent) == ("de", "ltr")


def test_a_site_without_settings_still_answers(site: Site, client: Client) -> None:
    SiteSettings.objects.all().delete()
    assert client.get("/de/").status_code == 200
    assert client.get("/ar/gibt-es-nicht/").status_code == 404


def test_markup_in_settings_is_text(site: Site, client: Client) -> None:
    change(site, name="<b>Mit</b>einander", press_responsible="<script>alert(1)</script>", claim={"de": "<i>x</i>"})
    page = webpages.read(client.get("/de/"))
    assert not page.find("b") and not page.find("i")
    assert "<script>alert(1)</script>" in webpages.text(page.footer)


def test_the_press_office_changes_the_settings_in_the_admin(site: Site, client: Client) -> None:
    client.force_login(factories.press())
    response = client.get(f"/admin/settings/cms/sitesettings/{site.pk}/", follow=True)
    assert response.status_code == 200
    assert 'name="accent_colour"' in webpages.html(response)
