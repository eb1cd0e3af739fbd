"""The workbench as a translator's browser uses it."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from cms.accounts import User, roles
from tests import factories, letters
from tests.translations import content
from translations.models import TranslationState

pytestmark = pytest.mark.django_db

ARABIC = ["مهرجان", "الجميع مدعوون.", "يبدأ المهرجان في الساعة 10 صباحاً.", "{b}الدخول{/b} مجاني."]
"""The sentences of the article in their order, as a translator writes them."""


def begun(page: Any, code: str = "ar") -> str:
    """Address of the workbench of a translation without words."""
    content.publishing.save_words(page=page, language=code, words={})
    return f"/admin/pages/{content.translation(page, code).pk}/edit/"


def at_work(group: str = roles.translators("ar")) -> Client:
    client = Client()
    client.force_login(factories.person("", group))
    return client


def fields(client: Client, address: str, words: str = "") -> dict[str, str]:
    found = content.workbench_fields(client, address, words)
    assert found
    return found


def names(form: dict[str, str]) -> list[str]:
    return [name for name in form if name.startswith("words-")]


def test_german_stands_beside_the_language_in_its_direction():
    page = content.article()
    soup = BeautifulSoup(at_work().get(begun(page)).content, "html.parser")
    first = soup.select_one(".tr-entry")
    assert "Ein Fest" in first.select_one(".tr-german [lang=de][dir=ltr]").get_text()
    assert first.select_one("textarea")["dir"] == "rtl"
    assert first.select_one("textarea")["lang"] == "ar"


def test_words_are_saved_as_a_draft_and_sent_for_review():
    page, client = content.article(), at_work()
    address = begun(page)
    form = fields(client, address)
    for segment, name in zip(content.segments(page), names(form), strict=True):
        form[name] = ARABIC[segment.number]
    client.post(address, {**form, "action": "submit"})
    assert content.status(page).state == TranslationState.REVIEW
    body = json.loads(content.translation(page).get_latest_revision().content["body"])
    assert body[1]["value"] == "<p><b>الدخول</b> مجاني.</p>"
    assert not content.translation(page).live


def test_an_error_stands_beside_the_sentence_and_nothing_typed_is_lost():
    page = content.article()
    content.publish_german(page, body=[("paragraph", '<p>Mehr <a href="https://example.org">hier</a>.</p>')])
    client, address = at_work(), begun(page)
    form = fields(client, address)
    *others, linked = names(form)
    answer = client.post(address, {**form, others[0]: "عنوان", linked: "بلا رابط", "action": "save"})
    soup = BeautifulSoup(answer.content, "html.parser")
    entry = soup.find(id=linked)
    assert entry.select_one(".error-message").get_text()
    assert entry.select_one("textarea").get_text().strip() == "بلا رابط"
    assert content.segments(page)[0].target == "عنوان"


def test_a_wrong_fact_is_refused_beside_its_sentence_and_nothing_typed_is_lost():
    page = content.article()
    client, address = at_work(), begun(page)
    form = fields(client, address)
    title, _lead, start, _entry = names(form)
    with translation.override("en"):
        typed = {**form, title: ARABIC[0], start: "يبدأ المهرجان في الساعة 11 صباحاً."}
        answer = client.post(address, {**typed, "action": "submit"})
    entry = BeautifulSoup(answer.content, "html.parser").find(id=start)
    assert "11" in entry.select_one(".error-message").get_text()
    assert entry.select_one("textarea").get_text().strip() == typed[start]
    assert [segment.target for segment in content.segments(page)] == [ARABIC[0], "", "", ""]
    assert content.status(page).state != TranslationState.REVIEW


def test_a_doubt_asks_once_and_the_second_press_stores():
    page = content.article()
    client, address = at_work(), begun(page)
    form = fields(client, address)
    _title, lead, start, _entry = names(form)
    words = {**form, lead: "الجميع مدعوون (كلهم.", start: ARABIC[2]}
    answer = client.post(address, {**words, "action": "save"})
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.find(id=lead).select_one(".tr-question")
    assert not soup.find(id=lead).select_one(".error-message")
    assert [segment.target for segment in content.segments(page)] == ["", "", ARABIC[2], ""]
    again = {field["name"]: field.get("value", "") for field in soup.select(".tr-form input[type=hidden]")}
    again |= {area["name"]: area.get_text().strip() for area in soup.select(".tr-form textarea")}
    other = {**again, lead: "الجميع مدعوون (اليوم."}
    assert client.post(address, {**other, "action": "save"}).status_code == 200, "other words are asked about anew"
    assert client.post(address, {**again, "action": "save"}).status_code == 302
    assert content.segments(page)[1].target == "الجميع مدعوون (كلهم."


def test_signs_that_turn_the_order_are_taken_out_and_named():
    page = content.article()
    client, address = at_work(), begun(page)
    form = fields(client, address)
    title = names(form)[0]
    answer = client.post(address, {**form, title: "مهرجان\u202e", "action": "save"}, follow=True)
    assert content.segments(page)[0].target == "مهرجان"
    assert any("U+202E" in str(message) for message in answer.context["messages"])


def test_two_people_at_once_keep_each_others_sentences():
    page = content.article()
    address, first, second = begun(page), at_work(), at_work()
    mine, theirs = fields(first, address), fields(second, address)
    one, two, *_rest = names(mine)
    second.post(address, {**theirs, one: "هم", "action": "save"})
    first.post(address, {**mine, two: "أنا", "action": "save"})
    assert [segment.target for segment in content.segments(page)][:2] == ["هم", "أنا"]


def test_who_writes_over_somebody_elses_words_is_told_first():
    page = content.article()
    address, first, second = begun(page), at_work(), at_work()
    mine, theirs = fields(first, address), fields(second, address)
    one = names(mine)[0]
    second.post(address, {**theirs, one: "هم", "action": "save"})
    answer = first.post(address, {**mine, one: "أنا", "action": "save"})
    entry = BeautifulSoup(answer.content, "html.parser").find(id=one)
    assert "هم" in entry.select_one(".error-message").get_text()
    assert entry.select_one("textarea").get_text().strip() == "أنا"
    assert content.segments(page)[0].target == "هم"


def test_nobody_publishes_what_changed_after_they_looked():
    page, press = content.article(), at_work(roles.PRESS)
    content.save(page)
    address = f"/admin/pages/{content.translation(page).pk}/edit/"
    form = {name: value for name, value in fields(press, address).items() if not name.startswith("words-")}
    content.save(page, mark=" meanwhile")
    press.post(address, {**form, "action": "publish"})
    assert not content.translation(page).live


def test_a_changed_sentence_shows_what_is_new_and_the_earlier_translation():
    page = content.article()
    content.published(page)
    content.publish_german(page, lead="Alle sind herzlich eingeladen.")
    soup = BeautifulSoup(at_work().get(f"/admin/pages/{content.translation(page).pk}/edit/").content, "html.parser")
    (entry,) = soup.select(".tr-changed")
    assert entry.select_one("ins").get_text().strip() == "herzlich"
    assert "ar: Alle sind eingeladen." in entry.select_one(".tr-offer").get_text()


@pytest.mark.parametrize(
    "forged",
    [
        {"words-999999-999999": "x"},
        {"words-a-b": "x"},
        {"words-1-1\0": "x"},
        {"revision": "999999999999999999999"},
        {"action": "delete"},
        {},
    ],
)
def test_forged_forms_write_nothing(forged: dict[str, str]):
    page, client = content.article(), at_work()
    address = begun(page)
    before = [(segment.place, segment.target) for segment in content.segments(page)]
    assert client.post(address, forged).status_code in (200, 302)
    assert [(segment.place, segment.target) for segment in content.segments(page)] == before


ROLES = ("visitor", "member", roles.translators("ar"), roles.translators("tr"), roles.KI, roles.PRESS)
OPENS = {
    # in the order of ROLES
    "workbench ar": "- - + - - +",
    "workbench tr": "- - - + - +",
    "queue ar": "- - + - - +",
    "queue tr": "- - - + - +",
    "files ar": "- - + - - +",
    "csv": "- - + + - +",
    "languages": "- - + + - +",
}


@pytest.mark.parametrize("what", OPENS)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_is_its_own(role: str, what: str):
    page = content.article()
    begun(page, "ar"), begun(page, "tr")
    addresses = {
        "workbench ar": f"/admin/pages/{content.translation(page, 'ar').pk}/edit/",
        "workbench tr": f"/admin/pages/{content.translation(page, 'tr').pk}/edit/",
        "queue ar": "/admin/translations/ar/",
        "queue tr": "/admin/translations/tr/",
        "files ar": "/admin/translations/ar/file/",
        "csv": "/admin/translations/table.csv",
        "languages": f"/admin/translations/page/{page.pk}/",
    }
    client = Client()
    if role == "member":
        directory = factories.directory(page.get_parent().get_parent())
        client.force_login(factories.member(factories.organisation(directory)))
    elif role != "visitor":
        client.force_login(factories.person("", role))
    allowed = OPENS[what].split()[ROLES.index(role)] == "+"
    assert (client.get(addresses[what]).status_code == 200) == allowed


@pytest.mark.parametrize("role", [roles.translators("ar"), roles.KI])
def test_asking_and_drafting_are_the_press_offices(role: str):
    page, client = content.article(), at_work(role)
    begun(page)
    for address, form in (
        (f"/admin/translations/page/{page.pk}/", {"language": "ar", "action": "draft"}),
        (f"/admin/translations/page/{page.pk}/", {"language": "ar", "action": "ask"}),
        ("/admin/translations/machine/start/", {"language": "ar"}),
    ):
        assert client.post(address, form).status_code in (302, 403)
    from translations.machine.models import DraftJob

    assert not DraftJob.objects.exists()


def test_translators_are_asked_by_mail_in_their_language():
    page, press = content.article(), at_work(roles.PRESS)
    User.objects.filter(pk=factories.translator("ar").pk).update(preferred_language="en")
    press.post(f"/admin/translations/page/{page.pk}/", {"language": ["ar", "tr"], "action": "ask"})
    (mail,) = letters.delivered()
    assert mail.to == ["translator-ar@example.org"]
    assert "/admin/translations/ar/" in mail.body
    assert mail.subject.startswith("Please translate into Arabic")


def test_a_row_of_the_page_is_named_and_measured_as_its_own_field() -> None:
    from directory.models import Offer, OrganisationPage
    from translations.workbench import entries

    assert entries.label(OrganisationPage, "offers.0-1.what") == str(Offer._meta.get_field("what").verbose_name)
    assert entries.max_length(OrganisationPage, "offers.0-1.what") == 150
    assert entries.max_length(OrganisationPage, "short_description") == 300
    assert entries.label(OrganisationPage, "gone.x") == ""


PARAGRAPH = "<p>Der <b>Eintritt</b> ist frei, Telefon 02331 207-4890 oder Verein e.V. in der Stadt</p>"


def test_codes_numbers_and_names_are_readable_in_the_field_and_stored_as_they_were():
    page = content.article()
    content.publish_german(page, body=[("paragraph", PARAGRAPH)])
    client, address = at_work(), begun(page)
    *_others, bold = names(fields(client, address))
    words = "{b}الدخول{/b} مجاني، اتصلوا على الرقم 02331 207-4890 أو بجمعية Verein e.V. في المدينة"
    client.post(address, {**fields(client, address), bold: words, "action": "save"})
    stored = content.segments(page)[-1].target
    field = BeautifulSoup(client.get(address).content, "html.parser").find(id=bold).select_one("textarea")
    shown = field.get_text().strip()
    for piece in ("{b}", "{/b}", "02331 207-4890", "Verein e.V."):
        assert f"\u2066{piece}\u2069" in shown
    client.post(address, {**fields(client, address), bold: f"{shown}.", "action": "save"})
    assert content.segments(page)[-1].target == f"{stored}."


def test_what_a_translator_has_isolated_is_set_apart_on_the_page():
    page = content.article()
    content.publish_german(page, body=[("paragraph", "<p>Wir rechnen 12 * 3 - gemeinsam</p>")])
    client, address = at_work(), begun(page)
    *_others, last = names(fields(client, address))
    words = "نحسب \u200e12 * 3 -\u200e معًا"
    client.post(address, {**fields(client, address), last: words, "action": "save"})
    assert content.segments(page)[-1].target == words
