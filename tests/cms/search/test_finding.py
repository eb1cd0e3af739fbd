"""What a query finds, in any language, script and spelling, and in which order."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Site

from cms.localization import languages
from cms.search.finding import find
from cms.search.found import Found
from cms.search.passages import Passage
from cms.search.synonyms import SynonymGroup
from cms.search.vocabulary import vocabulary
from tests import factories
from tests.cms.search.written import body, fact, name, title, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db: None) -> Site:
    vocabulary.forget()
    factories.municipality()
    return Site.objects.get(is_default_site=True)


def found(query: str, language: str = "de") -> Found:
    return find(query, site=Site.objects.get(is_default_site=True), language=language)


def keys(query: str, language: str = "de") -> list[int]:
    return [match.object_id for group in found(query, language).groups for match in group.matches]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("de", "Sprachkurse am Abend", "Sprachkurs"),
        ("de", "Hausaufgabenhilfe", "hausaufgaben"),
        ("de", "Hilfe bei Hausaufgaben", "Hausaufgabenhilfe"),
        ("de", "Frühstück für Ältere", "fruehstueck"),
        ("de", "Sprachcafé", "Sprach-Cafe"),
        ("de", "Sprach-Café", "sprachcafe"),
        ("en", "Women's group", "womens group"),
        ("en", "Libraries", "library"),
        ("ar", "المكتبات", "مكتبة"),
        ("ar", "والمكتبة", "مكتبه"),
        ("ar", "بالعربية", "العربية"),
        ("fa", "کتاب‌های کودکان", "كتاب"),
        ("uk", "українськими організаціями", "українська організація"),
        ("uk", "під'їзд", "підʼїзд"),
        ("ru", "ребёнок", "ребенок"),
        ("bg", "училищата", "училище"),
        ("tr", "kadınlar", "kadinlar"),
        ("tr", "Hagen’de kadınlar", "KADIN"),
        ("tr", "ışık", "ISIK"),
        ("ro", "Școală și grădiniță", "scoala"),
    ],
)
def test_a_word_finds_its_inflections_and_spellings(language: str, written: str, typed: str) -> None:
    write(1, body(written, language))
    write(2, body("Etwas ganz anderes"))
    assert keys(typed, language) == [1]


@pytest.mark.parametrize("typed", ["Hausafgabenhilfe", "Hausaufgabnehilfe", "Hauaufgabenhilfee"])
def test_a_mistyped_word_finds_what_was_meant_and_says_so(typed: str) -> None:
    write(1, title("Hausaufgabenhilfe"))
    assert keys(typed) == [1]
    assert found(typed).nearest[0] == "Hausaufgabenhilfe"
    assert found(typed).missed == []


def test_nobody_is_asked_whether_a_known_word_was_meant() -> None:
    write(1, title("Masse"))
    write(2, title("Kasse"))
    assert keys("Kasse") == [2]
    assert found("Kasse").nearest == []


@pytest.mark.parametrize("typed", ["Ukraintsi", "ukrainci", "УКРАЇНЦІ"])
def test_a_name_is_found_in_another_script(typed: str) -> None:
    write(1, name("Українці в Хагені"))
    assert keys(typed) == [1]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Haspe", "Хаспе"),
        ("Hohenlimburg", "Гоенлімбург"),
        ("Kupferbrücke", "كوبفربروكه"),
        ("Езикови курсове", "ezikovi kursove"),
        ("Белая ночь", "Belaja"),
    ],
)
def test_names_and_facts_are_found_as_another_script_writes_them(written: str, typed: str) -> None:
    write(1, name(written))
    write(2, name("Teranga"))
    assert keys(typed) == [1]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        (name("Fahrradwerkstatt Kettenglied"), "Werkstatt Fahrrad"),
        (name("Fahrradwerkstatt Kettenglied"), "Fahrrad"),
        (body("Ein Platz im Kindergartenverein"), "Kindergarden"),
        (title("Hausaufgabenhilfe"), "hausafgaben"),
        (body("Sich impfen lassen"), "Impfungen"),
    ],
)
def test_a_compound_is_found_by_what_it_is_made_of(written: Passage, typed: str) -> None:
    write(1, written)
    write(2, title("Etwas ganz anderes"))
    assert keys(typed) == [1]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("de", "Tandem", "Tandempartner"),
        ("de", "Sperrmüll", "Sperrmüllabholung"),
        ("ru", "Страховка", "медстраховка"),
        ("ru", "Театр", "театральный"),
    ],
)
def test_of_a_longer_word_that_nobody_knows_one_end_is_enough(language: str, written: str, typed: str) -> None:
    write(1, title(written, language))
    write(2, title("Etwas ganz anderes"))
    assert keys(typed, language) == [1]


def test_what_is_met_nearly_is_as_long_as_what_was_typed_wrongly() -> None:
    """Two letters of six are another word."""
    write(1, fact("Iberic"))
    assert keys("biserici", "ro") == []


def test_a_short_stem_of_another_language_is_no_fact() -> None:
    write(1, fact("copii"))
    write(2, body("çöp ayırma", "tr"))
    assert keys("çöpler", "tr") == [2]


GROUPS = (("садок", "дитяча кімната", "Kita"), ("lesen und schreiben lernen", "Alphabetisierung"))


@pytest.mark.parametrize(
    ("language", "typed"), [("uk", "дитячу кімнату"), ("uk", "де є дитячу кімнату знайти"), ("de", "дитяча кімната")]
)
def test_words_side_by_side_find_what_the_others_of_their_group_find(language: str, typed: str) -> None:
    write(1, title("Kita"))
    for group in GROUPS:
        SynonymGroup.objects.create(language="uk", words="\n".join(group))
    assert keys(typed, language) == ([1] if language == "uk" else [])


def test_a_group_answers_for_all_words_of_its_phrase() -> None:
    write(1, title("Alphabetisierung"))
    write(2, body("Wir lernen zusammen."))
    SynonymGroup.objects.create(language="de", words="\n".join(GROUPS[1]))
    answer = found("Lesen und schreiben lernen")
    assert [match.is_whole for match in answer.groups[0].matches if match.object_id == 1] == [True]
    assert answer.answers[0].object_id == 1


def test_a_chance_word_beside_one_that_is_nowhere_is_no_answer_but_a_fact_is() -> None:
    for key in range(3, 9):
        write(key, title("Anderes"))
    write(1, body("Wer Möbel kaufen möchte, kommt am Samstag. " + "Und dann? " * 200))
    assert keys("Bitcoin kaufen") == []
    assert found("Bitcoin kaufen").missed == ["Bitcoin"]
    write(2, fact("Schach"))
    assert keys("Bitcoin Schach") == [2]


@pytest.mark.parametrize(("language", "asked"), [("de", "Wann ist der Rat?"), ("tr", "Rat ne zaman?")])
def test_who_asks_when_reads_dates_ahead_first(language: str, asked: str) -> None:
    today = timezone.localdate()
    write(1, title("Der Rat tagt öfter"), body("Rat"))
    write(2, title("Sitzung des Rates"), kind="session", date=today - dt.timedelta(days=3))
    write(3, title("Sitzung des Rates"), kind="session", date=today + dt.timedelta(days=3))
    assert keys(asked, language)[0] == 3
    assert keys("Rat", language)[0] == 1


@pytest.mark.parametrize("language", languages.BY_CODE)
@pytest.mark.parametrize("typed", ["Arabisch", "arabic", "عربي", "Arapça", "арабська"])
def test_facts_are_read_in_every_language(language: str, typed: str) -> None:
    write(1, title("Verein"), fact("Arabisch Arabic العربية عربي Arapça арабська"), kind="organisation")
    assert keys(typed, language) == [1]


def test_facts_and_names_come_before_words_of_articles() -> None:
    write(1, title("Neues Buch"), body("Arabisch " * 30 + "lesen"))
    write(2, title("Arabisch lesen"), body("Ein Buch"))
    write(3, title("Verein am Park"), fact("Arabisch"), kind="organisation")
    groups = found("Arabisch").groups
    assert [group.kind for group in groups] == ["organisation", "article"]


def test_a_question_is_asked_for_its_words() -> None:
    write(1, title("Hebammen"), body("Eine Hebamme begleitet Sie."))
    write(2, title("Wo finde ich was"), body("wo kann ich eine finden " * 20))
    assert keys("Wo kann ich eine Hebamme finden?") == [1]
    assert found("Wo kann ich eine Hebamme finden?").words == ["Hebamme"]


def test_a_query_of_silent_words_is_taken_as_it_stands() -> None:
    write(1, title("Wer wir sind"))
    assert keys("wer sind wir") == [1]


def test_documents_with_all_words_come_first() -> None:
    write(1, title("Deutsch"), body("Deutsch Deutsch Deutsch lernen"))
    write(2, body("Ein Kurs für Frauen, um Deutsch zu lernen"))
    for key in range(3, 9):
        write(key, title("Anderes"))
    (group,) = found("Frauen Deutsch").groups
    assert [(match.object_id, match.is_whole) for match in group.matches] == [(2, True), (1, False)]


def test_a_word_that_is_nowhere_is_named() -> None:
    write(1, title("Deutsch lernen"))
    result = found("Deutsch Xyzzyqwk")
    assert result.missed == ["Xyzzyqwk"]
    assert [match.is_whole for match in result.groups[0].matches] == [False]


def test_kinds_of_equal_worth_are_in_the_order_of_the_register() -> None:
    write(1, fact("Arabisch"), kind="event")
    write(2, fact("Arabisch"), kind="organisation")
    assert [group.kind for group in found("Arabisch").groups] == ["organisation", "event"]


def test_three_consonants_are_no_likeness() -> None:
    write(1, fact("Feiruosa"))
    assert keys("Farsi") == []


def test_equals_are_ordered_by_date_and_then_by_key() -> None:
    write(3, title("Fest"))
    write(1, title("Fest"), date=dt.date(2026, 1, 1))
    write(2, title("Fest"), date=dt.date(2026, 2, 1))
    write(4, title("Fest"))
    assert keys("Fest") == [2, 1, 3, 4]


def test_only_this_sites_documents_are_found_counted_and_suggested() -> None:
    home = Site.objects.get(is_default_site=True).root_page
    other = Site.objects.create(hostname="other.example", root_page=home)
    write(1, title("Hausaufgabenhilfe"), site=other)
    result = found("Hausaufgabenhilfe")
    assert (result.groups, result.missed) == ([], ["Hausaufgabenhilfe"])
    assert found("Hausaufgabnhilfe").nearest == []


def test_a_form_without_postings_is_never_suggested_and_hides_nothing() -> None:
    write(1, title("Geheimplan")).delete()
    write(2, title("Geheimplane"))
    assert found("Geheimplam").nearest == ["Geheimplane"]
    assert keys("Geheimplan") == [2]


def test_only_the_kinds_asked_for_are_found() -> None:
    write(1, title("Fest"), kind="event")
    write(2, title("Fest"), kind="article")
    result = find("Fest", site=Site.objects.get(is_default_site=True), language="de", kinds={"event"})
    assert [group.kind for group in result.groups] == ["event"]


def test_what_was_found_is_marked_in_each_language() -> None:
    write(1, title("Kurse"), title("دورات اللغة", "ar"), fact("Arabisch عربي"))
    marked = found("Sprachkurs Kurs عربي", "de").marked("Viele Kurse, عربي.", "de")
    assert marked == [("Viele ", False), ("Kurse", True), (", ", False), ("عربي", True), (".", False)]
    assert found("دورة", "ar").marked("كل دورات", "ar") == [("كل ", False), ("دورات", True)]


def test_two_letters_are_no_beginning_and_no_mistake() -> None:
    write(1, title("Caritas"))
    assert keys("CA") == []
    assert keys("CB") == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "\u202e\u200f\u200e",
        "!?()\"'*:^~",
        "' OR 1=1 --",
        "title:* NEAR(a b)",
        "[a-z]+$",
        "\x00",
        "a" * 5_000,
        "Wort " * 1_000,
        "слово كلمة word λόγος 字",
        "́́́",
        "𝔉𝔢𝔰𝔱 ﷺ",
        "~ ^fst _",
    ],
)
def test_whatever_is_typed_has_an_answer(query: str) -> None:
    write(1, title("Fest"), name("Verein"), fact("Arabisch"))
    for language in languages.BY_CODE:
        assert isinstance(found(query, language), Found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.text(max_size=80), st.sampled_from(list(languages.BY_CODE)))
def test_any_text_is_a_query(query: str, language: str) -> None:
    result = found(query, language)
    assert len(result.words) <= 10
    assert "".join(text for text, _is in result.marked(query, language)) == query


WORDS = st.lists(
    st.sampled_from("Fest Feste Frauen Kurs Sprachkurs Hilfe Haus Hausaufgaben lernen".split()), min_size=1
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(WORDS, min_size=1, max_size=5), WORDS)
def test_the_order_of_writing_does_not_matter(texts: list[list[str]], query: list[str]) -> None:
    from django.db import transaction

    answers = []
    numbered = list(enumerate(texts))
    for order in (numbered, numbered[::-1]):
        with transaction.atomic():
            vocabulary.forget()
            for key, text in order:
                write(key, body(" ".join(text)))
            answers.append(found(" ".join(query)).groups)
            transaction.set_rollback(True)
    assert answers[0] == answers[1]


def test_one_letter_over_and_over_sounds_like_nothing() -> None:
    write(1, fact("عرب"))
    assert keys("x" * 50) == []


def test_a_number_alone_is_no_answer_where_there_is_a_better_one() -> None:
    for key in range(3, 9):
        write(key, title("Anderes"))
    write(1, title("Beispielufer 7"))
    assert keys("7") == [1]
    write(2, title("Sitzung 7/2026"), kind="session")
    assert keys("7/2026") == keys("Sitzung 7/2026") == [2]
