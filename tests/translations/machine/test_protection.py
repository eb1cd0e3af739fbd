"""Names and fixed terms come through a machine as they must stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translations.machine import provider_stub
from translations.machine.protection import Lost, Protected, protect, restore

TERMS = {
    "Integrationsrat": "Рада з питань інтеграції",
    "Jobcenter": "Центр зайнятості",
    "Beratungsstelle": "консультація",
}
NAMES = ["Hagen", "Stadt Hagen", "AllerWeltHaus", "Arbeit & Leben", "Rathaus an der Volme"]


def protected(text: str) -> Protected:
    return protect(text, terms=TERMS, names=NAMES)


def kept(text: str) -> list[str]:
    return list(protected(text).kept.values())


# Finding


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Das Jobcenter hilft.", ["Центр зайнятості"]),
        ("Die Türen des Jobcenters", ["Центр зайнятості"]),
        ("Sitzung des Integrationsrates und des Integrationsrats", ["Рада з питань інтеграції"] * 2),
        ("Die Beratungsstelle", ["консультація"]),
        ("Alle Beratungsstellen", []),  # a plural is another term
        ("jobcenter", []),
        ("Jobcentertermin, Jobcenter-Termin, Haspe-Jobcenter", []),
        ("Stadt Hagen", ["Stadt Hagen"]),
        ("Stadt\u00a0Hagen", ["Stadt\u00a0Hagen"]),
        ("Stadt&nbsp;Hagen", ["Stadt&nbsp;Hagen"]),
        ("Hagens Plätze", []),
        ("Arbeit &amp; Leben e. V.", ["Arbeit &amp; Leben"]),
        ("(Hagen), „Hagen“: Hagen.", ["Hagen"] * 3),
        ("<b>Hagen</b>", ["Hagen"]),
        ('<a id="Hagen">Rathaus an der Volme</a>', ["Rathaus an der Volme"]),
        ("www.Hagen.de und info@Hagen.de und Hagen.de/Jobcenter und https://x.org/Hagen", []),
        ("Ein Satz ohne beides &amp; ohne Namen", []),
        ("", []),
    ],
)
def test_whole_words_are_found_longest_first_and_never_in_tags_or_addresses(text: str, found: list[str]) -> None:
    assert kept(text) == found


def test_a_placeholder_is_one_that_the_services_leave_alone() -> None:
    assert protected("In Hagen.").text == 'In <span id="p1" translate="no">Hagen</span>.'


def test_what_is_name_and_term_is_a_term() -> None:
    assert protect("Rathaus", terms={"Rathaus": "Town & Hall"}, names=["Rathaus"]).kept == {"p1": "Town &amp; Hall"}


def test_a_term_without_translation_and_empty_names_protect_nothing() -> None:
    assert protect("Rathaus", terms={"Rathaus": "", "": "x"}, names=["", "  "]) == Protected("Rathaus", {})


def test_a_text_that_has_the_same_ids_gets_others() -> None:
    assert set(protected('<a id="p1">x</a> <a id="p2">y</a> Hagen').kept) == {"pp1"}


@pytest.mark.parametrize("term", ["Büro", "Rat", "Kita", "Info"])
def test_a_plural_in_s_is_not_taken_for_a_genitive(term: str) -> None:
    assert protect(f"die {term}s", terms={term: "x"}, names=[]).kept == {}


# Restoring


def test_terms_and_names_stand_where_their_placeholders_were() -> None:
    sent = protected("Das Jobcenter der Stadt Hagen und das AllerWeltHaus")
    turned = f"{sent.text.split(' und das ')[1]} та {sent.text.split(' und das ')[0]}"
    assert restore(turned, sent) == "AllerWeltHaus та Das Центр зайнятості der Stadt Hagen"


@pytest.mark.parametrize(
    "placeholder",
    [
        "<span translate='no' id='p1'>Hagen</span>",
        '<SPAN class="notranslate" id="p1" translate="no"> Hagen </SPAN>',
        '<span id=p1 translate="no">Hagen</span >',
    ],
)
def test_another_way_of_writing_the_placeholder_does_no_harm(placeholder: str) -> None:
    assert restore(f"в {placeholder}.", protected("In Hagen.")) == "в Hagen."


@pytest.mark.parametrize(
    "translated",
    [
        "в Hagen.",
        "",
        'в <span id="p1" translate="no">Гаген</span>.',
        'в <span id="p1" translate="no"></span>Hagen.',
        'в <span id="p2" translate="no">Hagen</span>.',
        'в <span id="p1" translate="no">Hagen.',
        'в <span id="p1" translate="no">der Hagen</span>.',
        '<span id="p1" translate="no">Hagen</span> <span id="p1" translate="no">Hagen</span>',
        'в &lt;span id="p1"&gt;Hagen&lt;/span&gt;',
    ],
)
def test_a_missing_doubled_or_changed_placeholder_is_named(translated: str) -> None:
    with pytest.raises(Lost) as raised:
        restore(translated, protected("In Hagen."))
    assert raised.value.kept == ["Hagen"]
    assert "Hagen" in raised.value.sentence


def test_each_of_several_occurrences_counts() -> None:
    sent = protected("Hagen, Hagen")
    with pytest.raises(Lost):
        restore('<span id="p1" translate="no">Hagen</span>, Hagen', sent)
    assert restore(sent.text, sent) == "Hagen, Hagen"


pieces = st.one_of(
    st.sampled_from(
        [*NAMES, *TERMS, "Jobcenters", "<b>", "</b>", '<a id="a1">', "</a>", "<br/>", "&amp;", "&nbsp;", " ", "-"]
    ),
    st.sampled_from(['<span id="p1" translate="no">', "</span>", "info@Hagen.de", 'id="p2"', "„", ". "]),
    st.text(max_size=8),
)
texts = st.lists(pieces, max_size=12).map("".join)


@given(texts)
def test_names_survive_the_round_trip_unchanged(text: str) -> None:
    sent = protect(text, terms={}, names=NAMES)
    assert restore(sent.text, sent) == text


@given(texts)
def test_each_occurrence_stands_in_the_result_once(text: str) -> None:
    sent = protect(text, terms={"Jobcenter": "\ue000"}, names=[])
    assert restore(sent.text, sent).count("\ue000") - text.count("\ue000") == len(sent.kept)


@given(st.lists(st.sampled_from([*NAMES, *TERMS, "und", "laden ein"]), min_size=1).map(" ".join))
def test_a_translated_sentence_has_every_name_and_term(text: str) -> None:
    sent = protected(text.replace("&", "&amp;"))
    restored = restore(provider_stub.translation(sent.text, "uk"), sent)
    assert "span" not in restored
    for words in set(sent.kept.values()) - {"Hagen"}:
        assert len(re.findall(re.escape(words), restored)) == list(sent.kept.values()).count(words)


@given(
    texts,
    st.text(max_size=60),
    st.lists(st.text(max_size=6), max_size=4),
    st.dictionaries(st.text(max_size=6), st.text(max_size=6)),
)
def test_whatever_comes_back_is_restored_or_lost(
    text: str, answer: str, names: list[str], terms: dict[str, str]
) -> None:
    sent = protect(text, terms=terms, names=names)
    try:
        assert restore(answer, sent) == answer or not sent.kept
    except Lost as lost:
        assert lost.kept
