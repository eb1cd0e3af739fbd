"""Contact points: facts once, words in every language."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from cms.localization import languages
from cms.pages.contacts import WEEKDAYS, ContactPoint
from tests import factories, webpages

pytestmark = pytest.mark.django_db
LANGUAGE_CODES = [language.code for language in languages.LANGUAGES]


def hours(*rows: tuple[int, str, str]) -> list[tuple[str, dict[str, object]]]:
    return [
        ("hours", {"weekday": str(day), "opens": dt.time.fromisoformat(opens), "closes": dt.time.fromisoformat(closes)})
        for day, opens, closes in rows
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("02331 207-0", "+4923312070"),
        ("+49 2331 2070", "+4923312070"),
        ("(02331) 2070", "+4923312070"),
        ("0049 2331 2070", "+4923312070"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    contact = ContactPoint(key="ki", office={"de": "Amt"}, phone=typed)
    contact.full_clean()
    assert contact.phone == kept


@pytest.mark.parametrize("typed", ["110110110110110110", "abc", "02331", "++49", "javascript:alert(1)"])
def test_what_is_no_telephone_number_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ContactPoint(key="ki", office={"de": "Amt"}, phone=typed).full_clean()
    assert set(refused.value.message_dict) == {"phone"}


def test_the_key_is_unique() -> None:
    factories.contact("ki")
    with pytest.raises(ValidationError) as refused:
        ContactPoint(key="ki", office={"de": "Amt"}).full_clean()
    assert set(refused.value.message_dict) == {"key"}


def test_words_are_those_of_the_reader_else_german() -> None:
    contact = factories.contact(office={"de": "Amt", "ar": "مكتب"}, role={"de": "Rolle"})
    with translation.override("ar"):
        assert (contact.office_name, contact.office_name.lang) == ("مكتب", "ar")
        assert (contact.role_name, contact.role_name.lang) == ("Rolle", "de")
        assert str(contact) == "مكتب"


def test_without_words_the_key_names_it() -> None:
    assert str(ContactPoint(key="ki")) == "ki"
    assert ContactPoint(key="ki").role_name == ""


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_weekdays_of_opening_hours_are_in_the_readers_language(code: str) -> None:
    contact = factories.contact(opening_hours=hours((2, "09:00", "12:30"), (7, "14:00", "16:00")))
    with translation.override(code):
        rows = ContactPoint.objects.get(pk=contact.pk).hours
    assert [(row["opens"], row["closes"]) for row in rows] == [
        (dt.time(9), dt.time(12, 30)),
        (dt.time(14), dt.time(16)),
    ]
    expected = {"de": "Dienstag", "en": "Tuesday", "ar": "الثلاثاء", "uk": "вівторок", "tr": "Salı", "ru": "вторник"}
    assert rows[0]["weekday"] == expected.get(code, rows[0]["weekday"])
    assert (rows[0]["weekday"] in {"Dienstag", "Tuesday"}) is (code in {"de", "de-simple", "en"})


def test_editors_choose_among_seven_days_from_monday() -> None:
    with translation.override("en"):
        assert [(number, str(name)) for number, name in WEEKDAYS][::6] == [(1, "Monday"), (7, "Sunday")]


def test_contact_points_are_ordered_by_their_key() -> None:
    for key in ("b", "c", "a"):
        factories.contact(key)
    assert [contact.key for contact in ContactPoint.objects.all()] == ["a", "b", "c"]


def test_a_page_shows_how_to_reach_the_office(client: Client) -> None:
    site = factories.municipality()
    contact = factories.contact(
        office={"de": "Integrationszentrum", "ar": "مركز الاندماج"},
        phone="+4923312070",
        email="ki@example.org",
        website="https://example.org/ki",
        opening_hours=hours((1, "09:00", "12:00")),
    )
    factories.content(site, "Kontakt", slug="kontakt", body=[("contact", {"contact": contact})])
    page = webpages.read(client.get("/ar/kontakt/")).main
    assert "مركز الاندماج" in webpages.text(page)
    assert page.find("a", href="tel:+4923312070")
    assert page.find("a", href="mailto:ki@example.org")
    assert page.find("a", href="https://example.org/ki")
    assert "الاثنين" in webpages.text(page)
    assert "09:00" in webpages.text(page)


def test_a_page_outlives_its_contact_point(client: Client) -> None:
    site = factories.municipality()
    contact = factories.contact()
    article = factories.article(factories.news_index(site, slug="aktuelles"), slug="artikel", contact=contact)
    factories.content(site, "Kontakt", slug="kontakt", body=[("contact", {"contact": contact})])
    contact.delete()
    assert client.get("/de/kontakt/").status_code == 200
    assert client.get("/de/aktuelles/artikel/").status_code == 200
    article.refresh_from_db()
    assert article.contact is None


def test_the_press_office_adds_one_in_the_admin(client: Client) -> None:
    client.force_login(factories.press())
    form = {
        "key": "neu",
        "office_de": "Neues Amt",
        "office_ar": "مكتب جديد",
        "phone": "02331 2070",
        "opening_hours-count": "1",
        "opening_hours-0-deleted": "",
        "opening_hours-0-order": "0",
        "opening_hours-0-type": "hours",
        "opening_hours-0-id": "",
        "opening_hours-0-value-weekday": "3",
        "opening_hours-0-value-opens": "9:00",
        "opening_hours-0-value-closes": "12:00",
    }
    response = client.post("/admin/snippets/cms/contactpoint/add/", form)
    assert response.status_code == 302, webpages.text(webpages.read(response))[:2000]
    made = ContactPoint.objects.get(key="neu")
    assert made.office == {"de": "Neues Amt", "ar": "مكتب جديد"}
    assert made.phone == "+4923312070"
    assert len(made.hours) == 1
