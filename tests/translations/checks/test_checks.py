"""What is wrong with a translation is found and named, and what is right passes, in every language."""

import html
import time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.localization import languages
from tests.translations.checks.check_cases import RIGHT, WRONG
from translations.checks import ERROR, WARNING, check, errors
from translations.machine import glossary

CODES = [language.code for language in languages.LANGUAGES]


def kinds(source: str, target: str, language: str, **known: object) -> set[str]:
    return {finding.check for finding in check(source, target, language, **known)}  # type: ignore[arg-type]


@pytest.mark.parametrize(("source", "target", "language"), RIGHT)
def test_a_right_translation_has_no_findings(source: str, target: str, language: str) -> None:
    assert [finding.message for finding in check(source, target, language)] == []


@pytest.mark.parametrize(("source", "target", "language", "kind"), WRONG)
def test_a_wrong_translation_is_found(source: str, target: str, language: str, kind: str) -> None:
    found = check(source, target, language)
    assert errors(found) if kind == "any" else kind in {finding.check for finding in found} or (not kind and not found)


def test_every_finding_says_in_a_sentence_what_is_wrong_and_where() -> None:
    with translation.override("en"):
        for source, target, language, _kind in WRONG:
            for finding in check(source, target, language):
                assert finding.message[0].isupper() and len(finding.message) > 10
                assert finding.severity in (ERROR, WARNING)


def test_passages_stand_as_they_are_written() -> None:
    (finding,) = check("Am Montag", "Am Dienstag", "de-simple")
    assert finding.passage == "Montag, Dienstag"
    (finding,) = check("Am Dienstag", "یک سه‌شنبهٔ خوب، شنبه", "fa") or [None]
    assert finding and "شنبه" in finding.passage


def test_a_text_that_is_too_long_for_its_field_says_by_how_much() -> None:
    (finding,) = check("Haus", "<b>Ho</b>use", "en", max_length=4)[:1]
    assert finding.check in {"limit", "tags"}
    assert "limit" in kinds("Haus", "House", "en", max_length=4)
    assert "limit" not in kinds("Arbeit &amp; Leben", "Work &amp; life", "en", max_length=11)


@pytest.mark.parametrize(
    ("target", "language", "fits"),
    [
        ("Das Treffen der Інтеграційної ради", "uk", True),
        ("Зустріч Інтеграційна рада", "uk", True),
        ("Зустріч комітету", "uk", False),
    ],
)
def test_terms_of_the_glossary_are_asked_for_in_any_case(target: str, language: str, fits: bool) -> None:
    found = kinds("Treffen des Integrationsrates", target, language, terms={"Integrationsrat": "Інтеграційна рада"})
    assert ("glossary" not in found) == fits


def test_names_that_stay_are_asked_for() -> None:
    assert "names" in kinds("Im Café Mundial", "В кафе", "uk", names=["Café Mundial"])
    assert "names" not in kinds("Im Café Mundial", "В Café Mundial", "uk", names=["Café Mundial"])
    assert "names" not in kinds("Im Café", "В кафе", "uk", names=["Café Mundial"])


@pytest.mark.parametrize(
    "piece",
    ["<a ", '<a "', "<", "<b>", "a@", "a.", "1.000", "1 ", "0 ", "&#", "{", "(", "www.", "Mo–", "é", "3. ", "«"],
)
@pytest.mark.parametrize("language", ["uk", "ar", "en"])
def test_hostile_repetition_does_not_take_long(piece: str, language: str) -> None:
    started = time.process_time()
    check(piece * 2000, piece * 2000, language)
    check("Haus", piece * 2000, language)
    assert time.process_time() - started < 20


texts = st.lists(
    st.one_of(
        st.text(max_size=10),
        st.sampled_from(
            ["<b>", "</b>", '<a id="a1">', "</a>", "<br/>", "٣", "²", "9" * 30, '"', "(", "½", "۱۴", "XIX"]
        ),
        st.sampled_from(["3.10.2025", "1.000", "p.m.", "info@hagen.de", "und", "Oktober", "Montag", "15 Uhr", "مساءً"]),
    ),
    max_size=10,
).map(" ".join)


@given(texts, texts, st.sampled_from([*CODES, "xx", ""]))
def test_nothing_breaks_a_check(source: str, target: str, language: str) -> None:
    from translations.checks import register
    from translations.checks.findings import Pair

    pair = Pair(source, target, language)
    for each in (*register.WHETHER_WORDS, *register.CHECKS):
        list(each(pair))


@given(st.integers(0, 23), st.sampled_from([0, 15, 30, 45]), st.sampled_from([code for code in CODES if code != "de"]))
def test_a_time_is_the_same_in_every_numeral_system(hour: int, minute: int, language: str) -> None:
    written = f"{hour}:{minute:02}"
    for zero in "0٠۰":
        digits = str.maketrans("0123456789", "".join(chr(ord(zero) + n) for n in range(10)))
        assert not {"numbers"} & kinds(f"Um {written} Uhr", f"– {written.translate(digits)} –", language)
        other = f"{(hour + 1) % 24}:{minute:02}".translate(digits)
        assert "numbers" in kinds(f"Um {written} Uhr", f"– {other} –", language)


@pytest.mark.parametrize("language", ["en", "ar", "uk", "tr", "ru", "fa", "bg", "ro"])
def test_every_day_and_month_of_the_calendar_is_known(language: str) -> None:
    """As CLDR writes them in a date, each against itself and against the next one."""
    from datetime import date, timedelta

    from babel.dates import format_date

    locale = languages.get(language).cldr_locale
    days = [date(2025, 1, 6) + timedelta(days=33 * number) for number in range(12)]
    for day in days:
        german = f"Am {format_date(day, 'full', locale='de')}"
        assert check(german, format_date(day, "full", locale=locale), language) == [], day
        wrong = format_date(day + timedelta(days=1), "full", locale=locale)
        assert errors(check(german, wrong, language)), day
        wrong = format_date(day.replace(day=6, month=day.month % 12 + 1), "d MMMM", locale=locale)
        assert errors(check(f"Am {format_date(day.replace(day=6), 'd. MMMM', locale='de')}", wrong, language)), day


def test_the_demo_contents_translations_are_right(demo: None) -> None:
    from wagtail_localize.models import StringTranslation

    names, warnings = glossary.names(), 0
    for row in StringTranslation.objects.select_related("translation_of", "locale"):
        found = check(row.translation_of.data, row.data, row.locale.language_code, names=names)
        assert errors(found) == [], (html.unescape(row.translation_of.data), row.data)
        warnings += len(found)
    assert warnings < 10
