"""What a machine broke in a translation is noticed; what it did right is not."""

import time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.localization import languages
from tests.translations.machine import provider_stub
from translations.machine.damage import damage

CODES = [language.code for language in languages.LANGUAGES]
FEST = 'Das Fest beginnt um <b>10 Uhr</b>, <a id="a1">mehr dazu</a>.'


@pytest.mark.parametrize(
    ("source", "translated", "language"),
    [
        (FEST, 'The festival starts at <b>10:00</b>, <a id="a1">find out more</a>.', "en"),
        (FEST, 'يبدأ المهرجان في <b>الساعة ١٠</b>، <a id="a1">المزيد</a>.', "ar"),
        (FEST, 'جشن <b>ساعت ۱۰</b> آغاز می‌شود، <a id="a1">بیشتر بخوانید</a>.', "fa"),
        (FEST, "<a id='a1'>Більше</a>: свято починається о <b>10:00</b>.", "uk"),
        (FEST, 'Das Fest beginnt um <b>10 Uhr</b>. <a id="a1">Hier steht mehr</a>.', "de-simple"),
        ("Beginn um 15 Uhr, Ende um 17:30 Uhr", "Starts at 3 p.m., ends at 5:30 pm", "en"),
        ("Vom 3.10. bis 5.11.2025", "From 3 October to 5 November 2025", "en"),
        ("Am 3. Oktober 2025", "On 03/10/2025", "en"),
        ("Am 3.10.2025", "في 3 تشرين الأول 2025", "ar"),
        ("Am 03.10.2025", "3 жовтня 2025 року", "uk"),
        ("1.000 Euro oder 12.500,50 Euro", "1,000 euros or 12,500.50 euros", "en"),
        ("1.000 Euro", "1 000 евро", "ru"),
        ("Tel. 02331 207-500", "Тел. 02331 207 500", "uk"),
        ("zwei Kinder und eine Frau", "2 çocuk ve 1 kadın", "tr"),
        ("erster Anschluss, dritte Tür", "1. Telefonnummer, 3. Tür", "de-simple"),
        ("Zeile eins<br/>Zeile zwei", "Line one<br>Line two", "en"),
        ("Schreiben Sie an info@stadt-hagen.de.", "اكتبوا إلى info@stadt-hagen.de، شكراً", "ar"),
        ("Mehr auf www.hagen.de/kontakt", "Подробнее на www.hagen.de/kontakt.", "ru"),
        ("AllerWeltHaus", "AllerWeltHaus", "ar"),
        ("Stadt Hagen", "Stadt Hagen", "uk"),
        ("Rathaus an der Volme", "Rathaus an der Volme", "en"),
        ("KI", "Центр за интеграция", "bg"),
        ("Amt", "Biroul pentru migrație", "ro"),
        ("[von der Stadt einzutragen: Name]", "[to be filled in by the city: name]", "en"),
        ("Arbeit &amp; Leben", "Work &amp; Life", "en"),
        ("", "", "en"),
    ],
)
def test_a_good_translation_passes(source: str, translated: str, language: str) -> None:
    assert damage(source, translated, language) == ""


LONG = "Die Beratung ist kostenlos und für alle Menschen offen, auch ohne Termin."


@pytest.mark.parametrize(
    ("source", "translated", "language", "word"),
    [
        (FEST, "", "en", "empty"),
        (FEST, " <b></b> ", "en", "empty"),
        (FEST, "&nbsp;", "en", "empty"),
        ("Haus", "Hou\ufffdse", "en", "U+FFFD"),
        ("Haus", "House\x00", "en", "U+0000"),
        ("Haus", "House " * 20, "en", "longer"),
        (LONG, "Yes", "en", "shorter"),
        ("Haus und Hof", "<script>alert()</script>House", "en", "program"),
        ('<a id="a1">Haus</a>', '<a id="a1" onclick="x()">House</a>', "en", "program"),
        ("Haus und Hof", "<style>b</style> House", "en", "program"),
        (LONG, "<html><body>Error, please try again</body></html>", "en", "web page"),
        (LONG, '{"texts": ["Counselling is free"]}', "en", "web page"),
        (LONG, "```\nCounselling is free and open to all\n```", "en", "web page"),
        ("In Hagen", 'In <span id="p1" translate="no">Hagen</span>', "en", "Marks"),
        ("<b>Haus</b>", "&lt;b&gt;House&lt;/b&gt;", "en", "Marks"),
        (FEST, 'The festival starts at 10:00, <a id="a1">more</a>.', "en", "<b>"),
        (FEST, 'The festival starts at <b>10:00</b>, <a id="a2">more</a>.', "en", '<a id="a2">'),
        (FEST, 'The festival starts at <b>10:00</b>, <a id="a1">more</a> <i>now</i>.', "en", "<i>"),
        (FEST, 'The festival starts at <b>10:00</b>, more <a id="a1"></a>.', "en", "<a></a>"),
        (FEST, 'The festival starts at <b>10:00, <a id="a1">more</b></a>.', "en", "closed"),
        (FEST, 'The festival starts at <b>10:00</b>, <a id="a1">more.', "en", "closed"),
        (FEST, 'The festival starts at <b>11:00</b>, <a id="a1">more</a>.', "en", "11"),
        ("Beginn um 15 Uhr", "Starts at 4 p.m.", "en", "15"),
        ("Am 3.10.2025", "On 3 November 2025", "en", "10"),
        ("Tel. 02331 207-500", "Тел. 02331 207-550", "uk", "550"),
        ("10 Euro", "١٢ يورو", "ar", "12"),
        ("Haus 5", "House", "en", "5"),
        ("Mail an info@hagen.de", "Mail to information@hagen.de", "en", "information@hagen.de"),
        ("Mehr auf www.hagen.de/kontakt", "More at www.hagen.de/contact", "en", "www.hagen.de/contact"),
        (LONG, "Counselling is free and open to everyone", "ar", "script"),
        (LONG, "Консультация бесплатна и открыта для всех", "fa", "script"),
        (LONG, "الاستشارة مجانية ومفتوحة للجميع", "en", "script"),
        (LONG, LONG, "en", "still German"),
        (LONG, LONG, "uk", "script"),
        (
            LONG,
            "Die Beratung ist gratis und für alle offen, auch wenn Sie nicht angemeldet sind.",
            "tr",
            "still German",
        ),
    ],
)
def test_damage_is_noticed_and_named(source: str, translated: str, language: str, word: str) -> None:
    with translation.override("en"):
        assert word in damage(source, translated, language)


@pytest.mark.parametrize("language", [code for code in CODES if not code.startswith(languages.SOURCE)])
@pytest.mark.parametrize("text", [FEST, LONG, "Am 3. Oktober 2025 um 9.30 Uhr, Tel. 02331 207-5561, www.hagen.de"])
def test_the_stubs_translations_pass(text: str, language: str) -> None:
    assert damage(text, provider_stub.translation(text, language), language) == ""


@pytest.mark.parametrize("text", [FEST, LONG])
def test_german_that_came_back_as_it_was_is_no_plain_language(text: str) -> None:
    assert damage(text, text, "de-simple")


@pytest.mark.parametrize(
    "piece", ["<a ", '<a "', "<a '", "<", "<b>", "a@", "a.", "1.000", "&#", "{", "[", "www.", "on=", "é"]
)
def test_hostile_repetition_does_not_take_long(piece: str) -> None:
    started = time.process_time()
    damage(piece * 3000, piece * 3000, "uk")
    assert time.process_time() - started < 5


fragments = st.lists(
    st.one_of(
        st.text(max_size=10),
        st.sampled_from(
            ["<b>", "</b>", '<a id="a1">', "</a>", "<br/>", "<![CDATA[", "<!--", "&#x110000;", "٣", "²", "9" * 30, '"']
        ),
        st.sampled_from(["3.10.2025", "1.000", "p.m.", "info@hagen.de", "https://", "{}", "[]", "und", "Oktober"]),
    ),
    max_size=10,
).map("".join)


@given(fragments, fragments, st.sampled_from([*CODES, "xx", ""]))
def test_nothing_that_comes_back_breaks_the_check(source: str, translated: str, language: str) -> None:
    assert isinstance(damage(source, translated, language), str)


@given(fragments.filter(lambda text: "<" not in text), st.sampled_from("0123456789"))
def test_an_added_number_is_always_noticed(source: str, digit: str) -> None:
    assert damage(f"Haus {source}", f"Haus {source} 77{digit}", "en") != ""
