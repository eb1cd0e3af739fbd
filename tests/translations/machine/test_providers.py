"""The providers of machine translation, against a server that speaks their protocols and fails as it is told."""

import logging
import subprocess
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.translations.machine import provider_stub
from tests.translations.machine.provider_stub import FAULTS, KEY, Stub, running
from translations.machine import provider
from translations.machine.damage import damage
from translations.machine.drafting import chunks
from translations.machine.provider import Provider, ProviderError
from translations.machine.providers import configured, for_language

NAMES = ("deepl", "libretranslate", "openai")
TEXTS = [
    "Das Fest beginnt um <b>10 Uhr</b>, <a id='a1'>mehr dazu</a>.",
    'Die <span id="p1" translate="no">Stadt Hagen</span> &amp; viele Vereine laden ein:<br/>fest@example.org',
    "Kommen Sie am 3. Oktober 2025!",
]
LANGUAGES = ("en", "ar", "uk", "tr", "ru", "fa", "bg", "ro")


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running() as server:
        yield server


def at(stub: Stub, settings: Any, name: str, **more: Any) -> Provider:
    settings.MACHINE_TRANSLATION = stub.settings(name, **more)
    return configured()[name]


# What goes well


@pytest.mark.parametrize("name", NAMES)
def test_texts_come_back_translated_in_their_order(stub: Stub, settings: Any, name: str) -> None:
    translated = at(stub, settings, name).translate(TEXTS, "uk")
    assert translated == [provider_stub.translation(text, "uk") for text in TEXTS]
    assert stub.texts == TEXTS
    assert stub.requests == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stub_translates_without_damage_in_every_language(stub: Stub, settings: Any, language: str) -> None:
    translated = at(stub, settings, "openai").translate([TEXTS[0], TEXTS[2]], language)
    assert [damage(text, found, language) for text, found in zip([TEXTS[0], TEXTS[2]], translated, strict=True)] == [
        ""
    ] * 2


@pytest.mark.parametrize("name", NAMES)
def test_nothing_to_translate_asks_nobody(stub: Stub, settings: Any, name: str) -> None:
    assert at(stub, settings, name).translate([], "uk") == []
    assert stub.requests == 0


def test_deepl_gets_its_codes_its_key_and_html_handling(stub: Stub, settings: Any) -> None:
    at(stub, settings, "deepl").translate(["Haus"], "en")
    content = stub.contents[0]
    assert (content["source_lang"], content["target_lang"], content["tag_handling"]) == ("DE", "EN-GB", "html")
    assert stub.authorizations == [f"DeepL-Auth-Key {KEY}"]


def test_libretranslate_gets_its_key_only_if_there_is_one(stub: Stub, settings: Any) -> None:
    at(stub, settings, "libretranslate").translate(["Haus"], "en")
    settings.MACHINE_TRANSLATION = {"libretranslate": {"URL": stub.url + "/", "KEY": ""}}
    configured()["libretranslate"].translate(["Haus"], "en")
    assert [content.get("api_key") for content in stub.contents] == [KEY, None]
    assert all(content["format"] == "html" for content in stub.contents)


def test_a_language_model_gets_rules_and_a_low_temperature(stub: Stub, settings: Any) -> None:
    at(stub, settings, "openai").translate(["Haus"], "en")
    content = stub.contents[0]
    assert content["temperature"] == 0
    assert content["response_format"] == {"type": "json_object"}
    assert 'translate="no"' in content["messages"][0]["content"]
    assert stub.authorizations == [f"Bearer {KEY}"]


def test_a_model_that_refuses_the_options_is_asked_without_them(stub: Stub, settings: Any) -> None:
    provider = at(stub, settings, "openai")
    stub.faults.append("400")
    assert provider.translate(["Haus"], "en") == [provider_stub.translation("Haus", "en")]
    assert "response_format" not in stub.contents[1]


@pytest.mark.parametrize(
    "message", ['{"texts": ["house"]}', '["house"]', '```json\n{"texts": ["house"]}\n```', '```\n["house"]\n```']
)
def test_a_model_can_pack_its_answer_in_several_ways(
    stub: Stub, settings: Any, monkeypatch: pytest.MonkeyPatch, message: str
) -> None:
    monkeypatch.setattr(provider_stub, "as_message", lambda found: {"choices": [{"message": {"content": message}}]})
    assert at(stub, settings, "openai").translate(["Haus"], "en") == ["house"]


@pytest.mark.parametrize(
    "message", [None, "Sure! Here is it: house", "{}", '"house"', "[[]]", "[" * 100_000, '{"texts":']
)
def test_chatter_of_a_model_is_no_translation(
    stub: Stub, settings: Any, monkeypatch: pytest.MonkeyPatch, message: str | None
) -> None:
    monkeypatch.setattr(provider_stub, "as_message", lambda found: {"choices": [{"message": {"content": message}}]})
    with pytest.raises(ProviderError) as raised:
        at(stub, settings, "openai").translate(["Haus"], "en")
    assert (raised.value.reason, raised.value.retryable) == ("unusable", True)


# What goes wrong

OUTCOMES: dict[str, tuple[str, bool]] = {
    "429": ("busy", True),
    "429-date": ("busy", True),
    "500": ("broken", True),
    "204": ("empty", True),
    "nothing-said": ("empty", True),
    "503": ("busy", True),
    "456": ("quota", False),
    "insufficient-quota": ("quota", False),
    "401": ("key", False),
    "403": ("key", False),
    "400": ("refused", False),
    "413": ("refused", False),
    "redirect": ("elsewhere", False),
    "timeout": ("timeout", True),
    "drip": ("timeout", True),
    "half": ("unreachable", True),
    "nothing": ("unreachable", True),
    "endless": ("too_large", False),
    "html": ("unusable", True),
    "not-json": ("unusable", True),
    "wrong-json": ("unusable", True),
    "null": ("unusable", True),
    "few": ("unusable", True),
    "many": ("unusable", True),
    "not-strings": ("unusable", True),
}
CONTENT_FAULTS = {"damaged", "empty"}


def test_every_fault_of_the_stub_has_a_known_outcome() -> None:
    assert set(FAULTS) == set(OUTCOMES) | CONTENT_FAULTS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", OUTCOMES)
def test_a_fault_becomes_an_error_that_says_what_to_do(
    settings: Any, caplog: pytest.LogCaptureFixture, name: str, fault: str
) -> None:
    caplog.set_level(logging.DEBUG)
    # A model is asked twice when it refuses a request.
    with running(fault, fault) as stub, pytest.raises(ProviderError) as raised:
        at(stub, settings, name, TIMEOUT=(2, 0.8)).translate(TEXTS, "uk")
    error = raised.value
    assert (error.reason, error.retryable) == OUTCOMES[fault]
    assert error.sentence == str(error)
    assert configured()[name].label in error.sentence
    assert stub.requests == (2 if name == "openai" and OUTCOMES[fault][0] == "refused" else 1)
    assert KEY not in "".join(traceback.format_exception(error)) + caplog.text + repr(configured())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", sorted(CONTENT_FAULTS))
def test_broken_texts_are_handed_on_and_found_damaged(settings: Any, name: str, fault: str) -> None:
    with running(fault) as stub:
        translated = at(stub, settings, name).translate(TEXTS, "uk")
    assert all(damage(text, found, "uk") for text, found in zip(TEXTS, translated, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_the_server_says_how_long_to_wait(settings: Any, name: str) -> None:
    with running("429", "429-date") as stub:
        provider = at(stub, settings, name)
        waits = []
        for _ in range(2):
            with pytest.raises(ProviderError) as raised:
                provider.translate(TEXTS, "uk")
            waits.append(raised.value.retry_after)
    assert waits[0] == 7
    assert 90 < (waits[1] or 0) <= 100


def test_a_server_that_is_not_there_is_unreachable(stub: Stub, settings: Any) -> None:
    settings.MACHINE_TRANSLATION = {"libretranslate": {"URL": "http://127.0.0.1:9"}}
    with pytest.raises(ProviderError) as raised:
        configured()["libretranslate"].translate(["Haus"], "en")
    assert (raised.value.reason, raised.value.retryable) == ("unreachable", True)


@pytest.mark.parametrize(
    "url", ["no address", "http://[", "ftp://127.0.0.1", "http://\x00", "http://" + "a" * 300 + ".de"]
)
def test_an_impossible_address_is_an_error_like_any_other(settings: Any, url: str) -> None:
    settings.MACHINE_TRANSLATION = {"libretranslate": {"URL": url}}
    with pytest.raises(ProviderError):
        configured()["libretranslate"].translate(["Haus"], "en")


@pytest.mark.parametrize("key", ["geheim\n", "geheim-ключ", " geheim"])
def test_a_key_that_cannot_be_sent_is_not_shown(stub: Stub, settings: Any, key: str) -> None:
    settings.MACHINE_TRANSLATION = stub.settings(deepl={"URL": stub.url, "KEY": key})
    try:
        configured()["deepl"].translate(["Haus"], "en")
    except ProviderError as error:
        assert "geheim" not in "".join(traceback.format_exception(error))


def test_the_sentence_is_in_the_readers_language(settings: Any) -> None:
    with running("403", "403") as stub:
        provider = at(stub, settings, "deepl")
        with translation.override("en"), pytest.raises(ProviderError, match="DeepL refused the key"):
            provider.translate(["Haus"], "uk")


NOW = datetime(2025, 10, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("0", 0),
        ("120", 120),
        ("9" * 400, provider.LONGEST_WAIT),
        ("Fri, 03 Oct 2025 12:01:00 GMT", 60),
        ("Fri, 03 Oct 2025 11:00:00 GMT", 0),
        ("Fri, 03 Oct 2125 11:00:00 GMT", provider.LONGEST_WAIT),
        ("Fri, 03 Oct 2025 12:01:00 -0000", 60),
    ],
)
def test_waiting_times_are_read_and_capped(header: str | None, seconds: float | None) -> None:
    assert provider.retry_after(header, now=lambda: NOW) == seconds


@given(st.text(max_size=40))
def test_no_waiting_time_of_a_server_breaks_anything(header: str) -> None:
    seconds = provider.retry_after(header)
    assert seconds is None or 0 <= seconds <= provider.LONGEST_WAIT


# Parts


@given(st.lists(st.text(max_size=30)), st.integers(1, 5), st.integers(1, 40))
def test_parts_keep_every_text_in_order_and_stay_within_limits(texts: list[str], many: int, characters: int) -> None:
    parts = list(chunks(texts, max_texts=many, max_characters=characters))
    assert [text for part in parts for text in part] == texts
    assert all(len(part) == 1 or (len(part) <= many and sum(map(len, part)) <= characters) for part in parts)
    assert all(parts)


def test_a_fault_costs_its_own_part_only(settings: Any) -> None:
    texts = [f"Satz {number}" for number in range(60)]
    with running("ok", "503") as stub:
        deepl = at(stub, settings, "deepl")
        first, second = chunks(texts, max_texts=deepl.max_texts, max_characters=deepl.max_characters)
        assert deepl.translate(first, "uk") == [provider_stub.translation(text, "uk") for text in texts[:50]]
        with pytest.raises(ProviderError):
            deepl.translate(second, "uk")


def test_many_texts_take_several_requests_and_come_back_in_order(stub: Stub, settings: Any) -> None:
    texts = [f"Satz {number}" for number in range(120)]
    deepl = at(stub, settings, "deepl")
    parts = chunks(texts, max_texts=deepl.max_texts, max_characters=deepl.max_characters)
    assert [translated for part in parts for translated in deepl.translate(part, "ru")] == [
        provider_stub.translation(text, "ru") for text in texts
    ]
    assert stub.requests == 3
    assert stub.characters == sum(map(len, texts))


# Which provider


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, []),
        (None, []),
        ({"deepl": {"URL": "https://d", "KEY": ""}}, []),
        ({"deepl": {"URL": "", "KEY": "k"}}, []),
        ({"deepl": {"URL": "https://d", "KEY": "k"}}, ["deepl"]),
        ({"libretranslate": {"URL": "http://l"}}, ["libretranslate"]),
        ({"libretranslate": {"URL": "", "KEY": "k"}}, []),
        ({"openai": {"URL": "https://o/v1", "KEY": "k", "MODEL": ""}}, []),
        ({"openai": {"URL": "https://o/v1", "KEY": "", "MODEL": "m"}}, []),
        ({"openai": {"URL": "https://o/v1", "KEY": "k", "MODEL": "m"}, "DEFAULT": "deepl"}, ["openai"]),
        ({"deepl": None, "PREFERRED": {}, "DEFAULT": "deepl"}, []),
    ],
)
def test_only_complete_entries_are_configured(settings: Any, chosen: dict[str, Any], names: list[str]) -> None:
    settings.MACHINE_TRANSLATION = chosen
    assert list(configured()) == names


ALL: dict[str, Any] = {
    "libretranslate": {"URL": "http://l"},
    "openai": {"URL": "https://o/v1", "KEY": "k", "MODEL": "m"},
    "deepl": {"URL": "https://d", "KEY": "k"},
    "DEFAULT": "deepl",
    "PREFERRED": {"uk": "openai"},
}
PLAIN = {"openai": {"URL": "https://o/v1", "KEY": "k", "MODEL": "m", "LANGUAGES": ["de-simple", "en"]}}


@pytest.mark.parametrize(
    ("chosen", "language", "name"),
    [
        (ALL, "uk", "openai"),
        (ALL, "ar", "deepl"),
        (ALL, "fa", "libretranslate"),
        (ALL, "de-simple", None),
        (ALL, "de", None),
        (ALL, "xx", None),
        (ALL | {"DEFAULT": "", "PREFERRED": {}}, "ar", "libretranslate"),
        (ALL | {"DEFAULT": "unknown", "PREFERRED": {"ar": "unknown"}}, "ar", "libretranslate"),
        (ALL | PLAIN, "de-simple", "openai"),
        (ALL | PLAIN, "uk", "deepl"),
        ({"deepl": {"URL": "https://d", "KEY": "k", "LANGUAGES": ["fa"]}}, "fa", "deepl"),
        ({"deepl": {"URL": "https://d", "KEY": "k", "LANGUAGES": ["fa"]}}, "en", None),
        ({"libretranslate": {"URL": "http://l", "LANGUAGES": ["en"]}}, "uk", None),
        ({}, "en", None),
    ],
)
def test_a_language_gets_the_preferred_then_the_default_then_any_provider(
    settings: Any, chosen: dict[str, Any], language: str, name: str | None
) -> None:
    settings.MACHINE_TRANSLATION = chosen
    found = for_language(language)
    assert (found.name if found else None) == name


# The stub by itself


def test_the_stub_runs_as_a_process_of_its_own(settings: Any) -> None:
    command = [sys.executable, "-m", "tests.translations.machine.provider_stub", "--faults", "503,ok"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 (our own module)
        try:
            assert process.stdout
            url = process.stdout.readline().strip()
            settings.MACHINE_TRANSLATION = {"libretranslate": {"URL": url}}
            with pytest.raises(ProviderError):
                configured()["libretranslate"].translate(["Haus"], "en")
            assert configured()["libretranslate"].translate(["Haus"], "en")
            assert requests.get(url, timeout=5).json() == {"requests": 2, "characters": 8, "faults": []}
        finally:
            process.terminate()
