"""What was looked for in vain: bare words only, few people see them, and not for long."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts import User
from cms.jobs import clearing
from cms.localization import languages
from cms.search import missed_words, synonyms
from cms.search.missed_words import MissedWord
from cms.search.synonyms import SynonymGroup
from cms.search.words import plain
from tests import factories, webpages

pytestmark = pytest.mark.django_db


def index() -> str:
    return reverse("missed_words:index")


def listed(client: Client) -> list[str]:
    return [webpages.text(cell) for cell in webpages.read(client.get(index())).select("tbody th")]


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def ask(word: str, times: int = missed_words.SHOWN_FROM, language: str = "de") -> None:
    for _time in range(times):
        missed_words.count([word], language=language)


def test_words_are_counted_by_language_and_month() -> None:
    ask("Fahrradkurs", 2)
    ask("fahrradkurs", 1)
    ask("fahrradkurs", 1, "en")
    rows = MissedWord.objects.order_by("language").values_list("language", "word", "month", "count")
    month = timezone.localdate().replace(day=1)
    assert list(rows) == [("de", "fahrradkurs", month, 3), ("en", "fahrradkurs", month, 1)]


@pytest.mark.parametrize(
    "word",
    [
        "0233120744",
        "+4923312070",
        "anna@example.net",
        "https://x.example",
        "a1b2c3",
        "ab",
        "x" * 41,
        "🦔🦔🦔",
        "---",
        "",
    ],
)
def test_what_is_no_bare_word_is_not_kept(word: str) -> None:
    ask(word)
    assert not MissedWord.objects.exists()


@pytest.mark.parametrize("word", ["велосипед", "دراجة", "bisiklet", "з'їзд", "می‌روم", "साइकिल", "e-bike"])
def test_words_of_every_script_are(word: str) -> None:
    ask(word)
    assert MissedWord.objects.get().word == word


def test_of_a_long_question_few_words_are_kept() -> None:
    missed_words.count("wo kann meine kleine schwester reiten lernen".split(), language="de")
    assert MissedWord.objects.count() == missed_words.MOST_OF_A_QUERY


def test_programs_that_try_every_word_fill_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed_words, "MOST_OF_A_MONTH", 2)
    for word in ("eins", "zwei", "drei", "eins"):
        ask(word, 1)
    assert dict(MissedWord.objects.values_list("word", "count")) == {"eins": 2, "zwei": 1}


def test_after_a_year_a_word_is_gone() -> None:
    ask("Fahrradkurs")
    ask("Reitkurs")
    old = (timezone.localdate() - missed_words.KEPT_FOR - dt.timedelta(days=31)).replace(day=1)
    MissedWord.objects.filter(word="fahrradkurs").update(month=old)
    clearing.clear()
    assert [row.word for row in MissedWord.objects.all()] == ["reitkurs"]


def test_nobody_sees_a_word_that_was_looked_for_once_or_twice() -> None:
    press = logged_in(factories.press())
    ask("Familienname", missed_words.SHOWN_FROM - 1)
    ask("Fahrradkurs")
    assert listed(press) == ["fahrradkurs"]
    assert "familienname" not in press.get(index()).content.decode()


def test_months_count_together() -> None:
    ask("Fahrradkurs", 2)
    MissedWord.objects.update(month=(timezone.localdate().replace(day=1) - dt.timedelta(days=40)).replace(day=1))
    ask("Fahrradkurs", 1)
    assert listed(logged_in(factories.press())) == ["fahrradkurs"]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("press", True), ("administrator", True), ("ki", False), ("translator", False), ("member", False)],
)
def test_who_sees_and_forgets_words(role: str, allowed: bool) -> None:
    site = factories.municipality()
    person = {
        "press": factories.press,
        "administrator": factories.administrator,
        "ki": factories.ki,
        "translator": lambda: factories.translator("ar"),
        "member": lambda: factories.member(factories.organisation(factories.directory(site))),
    }[role]()
    ask("Fahrradkurs")
    client = logged_in(person)
    assert (client.get(index()).status_code == 200) is allowed
    client.post(reverse("missed_words:forget"), {"language": "de", "word": "fahrradkurs"})
    assert MissedWord.objects.exists() is not allowed


def test_a_word_leads_to_a_group_that_begins_with_it() -> None:
    press = logged_in(factories.press())
    ask("دراجة", language="ar")
    (link,) = webpages.read(press.get(index())).select("tbody a")
    form = webpages.read(press.get(str(link["href"])))
    assert form.select_one("option[selected]")["value"] == "ar"
    assert form.select_one("textarea[name=words]").get_text().split() == ["دراجة"]
    press.post(str(link["href"]), {"language": "ar", "words": "دراجة\nعجلة، Fahrrad"})
    group = SynonymGroup.objects.get()
    assert synonyms.of("ar") == (("دراجة", "عجلة", "Fahrrad"),)
    (link,) = webpages.read(press.get(index())).select("tbody a")
    assert str(group.pk) in str(link["href"])


@pytest.mark.parametrize("words", ["", "Fahrrad", "Fahrrad, fahrrad\nFAHRRAD", "Rad, " + "x" * 65])
def test_a_group_needs_two_words(words: str) -> None:
    press = logged_in(factories.press())
    answer = press.post(reverse("wagtailsnippets_cms_synonymgroup:add"), {"language": "de", "words": words})
    assert answer.status_code == 200
    assert not SynonymGroup.objects.exists()


def test_a_new_site_begins_with_groups_in_every_language_and_keeps_those_of_people() -> None:
    synonyms.add_first()
    assert {row.language for row in SynonymGroup.objects.all()} == set(languages.BY_CODE)
    for code in languages.BY_CODE:
        spelt = [word for group in synonyms.of(code) for word in set(map(plain, group))]
        assert len(set(spelt)) == len(spelt), "a word of two groups would join both"
    for row in SynonymGroup.objects.all():
        assert row.words == "\n".join(synonyms.apart(row.words))
        assert len(synonyms.apart(row.words)) > 1
    SynonymGroup.objects.exclude(language="de").delete()
    synonyms.add_first()
    assert {row.language for row in SynonymGroup.objects.all()} == {"de"}


def test_an_installation_that_has_pages_gets_them_once() -> None:
    migration = import_module("cms.migrations.0041_first_synonyms")
    migration.add(apps, None)
    assert not SynonymGroup.objects.exists()
    factories.content(factories.municipality(), "Ankommen")
    migration.add(apps, None)
    assert {row.language for row in SynonymGroup.objects.all()} == set(languages.BY_CODE)
    SynonymGroup.objects.exclude(language="de").delete()
    migration.add(apps, None)
    assert {row.language for row in SynonymGroup.objects.all()} == {"de"}


def test_the_groups_of_one_language_are_listed_alone() -> None:
    SynonymGroup.objects.create(language="de", words="Rad\nFahrrad")
    SynonymGroup.objects.create(language="ar", words="دراجة\nعجلة")
    press = logged_in(factories.press())
    page = webpages.read(press.get(reverse("wagtailsnippets_cms_synonymgroup:list"), {"language": "ar"}))
    assert ("Rad, Fahrrad" in page.text, "دراجة, عجلة" in page.text) == (False, True)
    assert page.select_one("select[name=language] option[value=ar][selected]").text == "العربية"


def test_a_group_is_found_among_many_by_any_of_its_words() -> None:
    SynonymGroup.objects.create(language="de", words="Rad\nFahrrad")
    SynonymGroup.objects.create(language="ar", words="دراجة\nعجلة")
    press = logged_in(factories.press())
    for word, found in (("fahr", ["Rad, Fahrrad"]), ("عجلة", ["دراجة, عجلة"])):
        page = webpages.read(press.get(reverse("wagtailsnippets_cms_synonymgroup:list"), {"q": word}))
        assert [webpages.text(cell) for cell in page.select("tbody .title-wrapper")] == found
