"""What came back against what is stored: every entry has a verdict, no words are lost, no file is a crash."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.translations.exchange.damaged_files import (
    BACK_WITH_FAULTS,
    CONTEXT,
    GOOD,
    PAGE,
    PO,
    REFUSED,
    SOURCE,
    TARGET,
    WRONG_LANGUAGE,
    XLIFF_1,
    XLIFF_2,
)
from tests.translations.exchange.test_po import fragments
from translations.checks import markup
from translations.checks.findings import Pair
from translations.exchange.document import BadFile, Document, Segment
from translations.exchange.files import read, write
from translations.exchange.merging import CurrentSegment, Finding, Report, Verdict, compare


@pytest.fixture(autouse=True)
def in_english(fresh_start: None) -> Iterator[None]:
    """The sentences are compared as they stand in the code."""
    with translation.override("en"):
        yield


NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
STORED = (CurrentSegment(PAGE, CONTEXT, SOURCE), CurrentSegment(PAGE, "title", "Straßenfest"))


def finding(
    entry: Segment, now: CurrentSegment, *, made_at: datetime | None = None, seen: str | None = None
) -> Finding:
    document = Document("uk", (entry,), made_at=made_at)
    settled = {} if seen is None else {entry.identity: seen}
    return compare(document, [now], language="uk", seen=settled).findings[0]


def haus(target: str, made_by: str = "", changed_at: datetime | None = None) -> CurrentSegment:
    return CurrentSegment(PAGE, "title", "Haus", target, made_by, changed_at)


def back(target: str, state: str = "translated", source: str = "Haus") -> Segment:
    return Segment(PAGE, "title", source, target, state)


# Files


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_words(name: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(REFUSED[name], filename="../../etc/passwd\n")
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("name", WRONG_LANGUAGE)
def test_a_file_in_another_language_is_refused_in_words(name: str) -> None:
    document = read(WRONG_LANGUAGE[name])
    with pytest.raises(BadFile) as refused:
        compare(document, STORED, language="uk")
    assert "Українська" in refused.value.sentence


@pytest.mark.parametrize("name", BACK_WITH_FAULTS)
def test_a_file_with_faults_gets_a_report(name: str) -> None:
    content, verdict = BACK_WITH_FAULTS[name]
    document = read(content)
    report = compare(document, STORED, language="uk")
    assert verdict in {finding.verdict for finding in report.findings}
    assert tuple(finding.segment for finding in report.findings) == document.segments
    assert all(finding.sentence for finding in report.findings)


@pytest.mark.parametrize("content", [PO, XLIFF_1, XLIFF_2], ids=["po", "xliff-1.2", "xliff-2.0"])
@given(data=st.data())
def test_a_file_damaged_anywhere_is_refused_or_reported(content: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    junk = data.draw(st.binary(max_size=6) | st.sampled_from([b"", b'"', b"<", b"\\", b"\n", b"]]>", b"&", b"msgid"]))
    try:
        report = compare(read(content[:start] + junk + content[end:]), STORED, language="uk")
    except BadFile as refused:
        assert refused.sentence
    else:
        assert report.findings


# Verdicts


def test_new_words_are_accepted() -> None:
    assert finding(back("дім"), haus("")).verdict == Verdict.ACCEPTED


def test_better_words_than_the_machines_are_accepted() -> None:
    assert finding(back("дім"), haus("хата", "machine", NOON)).verdict == Verdict.ACCEPTED


def test_words_as_before_are_unchanged() -> None:
    assert finding(back("дім"), haus("дім", "person")).verdict == Verdict.UNCHANGED
    assert finding(back("дім", "machine"), haus("дім", "machine")).verdict == Verdict.UNCHANGED


def test_the_machines_words_without_doubts_are_confirmed() -> None:
    found = finding(back("дім", "translated"), haus("дім", "machine"))
    assert found.verdict == Verdict.CONFIRMED


def test_damaged_words_of_a_machine_cannot_be_confirmed() -> None:
    assert finding(back("<i>дім</i>"), haus("<i>дім</i>", "machine")).verdict == Verdict.DAMAGED


def test_an_empty_entry_deletes_nothing() -> None:
    found = finding(back("", ""), haus("дім", "person"))
    assert (found.verdict, found.current.target if found.current else "") == (Verdict.EMPTY, "дім")


def test_what_a_person_wrote_meanwhile_is_kept() -> None:
    found = finding(back("дім"), haus("хата", "person", NOON + timedelta(hours=1)), made_at=NOON)
    assert found.verdict == Verdict.CONFLICT
    assert "хата" in found.sentence
    assert found.segment.target == "дім"


def test_what_a_person_wrote_before_the_file_was_made_may_be_corrected() -> None:
    assert finding(back("дім"), haus("хата", "person", NOON), made_at=NOON).verdict == Verdict.ACCEPTED


def test_without_times_what_a_person_wrote_is_kept() -> None:
    assert finding(back("дім"), haus("хата", "person", NOON)).verdict == Verdict.CONFLICT
    assert finding(back("дім"), haus("хата", "person"), made_at=NOON).verdict == Verdict.CONFLICT


def test_a_person_replaces_what_they_have_seen() -> None:
    assert finding(back("дім"), haus("хата", "person", NOON), seen="хата").verdict == Verdict.ACCEPTED


def test_what_changed_after_a_person_looked_is_not_replaced() -> None:
    found = finding(back("дім"), haus("будинок", "person", NOON), seen="хата")
    assert found.verdict == Verdict.CONFLICT
    assert "будинок" in found.sentence


def test_replacing_does_not_let_damaged_words_in() -> None:
    assert finding(back("<i>дім</i>"), haus("хата", "person"), seen="хата").verdict == Verdict.DAMAGED


@pytest.mark.parametrize("state", ["machine", "outdated"])
def test_unchecked_words_never_replace_a_persons(state: str) -> None:
    for seen in (None, "хата"):
        assert finding(back("дім", state), haus("хата", "person", NOON), seen=seen).verdict == Verdict.KEPT
    assert finding(back("дім", state), haus("хата", "machine", NOON)).verdict == Verdict.ACCEPTED


def test_ones_own_earlier_file_is_no_conflict() -> None:
    now = replace(haus("хата", "person", NOON + timedelta(hours=1)), own_file=True)
    assert finding(back("дім"), now, made_at=NOON).verdict == Verdict.ACCEPTED


def test_a_doubt_is_asked_about_and_settled_by_a_decision() -> None:
    assert finding(back("дім ("), haus("")).verdict == Verdict.ASKED
    assert finding(back("дім ("), haus(""), seen="").verdict == Verdict.ACCEPTED


def test_a_wrong_fact_is_an_error() -> None:
    entry = back("Відчинено о 10:00", source="Geöffnet ab 9 Uhr")
    found = finding(entry, replace(haus(""), source="Geöffnet ab 9 Uhr"))
    assert found.verdict == Verdict.DAMAGED
    assert "10:00" in found.sentence


def test_words_for_german_that_changed_show_the_new_german() -> None:
    found = finding(back("дім", source="Altes Haus"), haus(""))
    assert (found.verdict, found.current) == (Verdict.STALE, haus(""))
    assert "“Haus”" in found.sentence


def test_which_german_replaced_the_old_is_not_guessed() -> None:
    now = [haus(""), replace(haus(""), source="Hof")]
    report = compare(Document("uk", (back("дім", source="Altes Haus"),)), now, language="uk")
    assert (report.findings[0].verdict, report.findings[0].current) == (Verdict.STALE, None)


def test_german_that_the_file_has_elsewhere_is_no_replacement() -> None:
    now = [haus(""), replace(haus(""), source="Hof")]
    report = compare(Document("uk", (back("дім", source="Altes Haus"), back("двір", source="Hof"))), now, language="uk")
    assert [each.verdict for each in report.findings] == [Verdict.STALE, Verdict.ACCEPTED]
    assert report.findings[0].current == haus("")


def test_a_page_and_a_text_that_are_gone_are_told_apart() -> None:
    page = finding(replace(back("дім"), page="x"), haus(""))
    text = finding(replace(back("дім"), context="intro"), haus(""))
    assert page.verdict == text.verdict == Verdict.UNKNOWN
    assert page.sentence != text.sentence


def test_two_translations_of_one_text_are_both_shown_and_none_is_taken() -> None:
    report = compare(Document("uk", (back("дім"), back(""), back("хата"))), [haus("")], language="uk")
    assert [each.verdict for each in report.findings] == [Verdict.DOUBLED, Verdict.EMPTY, Verdict.DOUBLED]
    assert report.accepted == ()


def test_equal_doubles_are_taken_once() -> None:
    report = compare(Document("uk", (back("дім"), back("дім"))), [haus("")], language="uk")
    assert [each.segment.target for each in report.accepted] == ["дім"]
    assert report.counts[Verdict.ACCEPTED] == 1


def test_the_summary_counts_in_sentences() -> None:
    now = [haus(""), replace(haus(""), source="Hof")]
    with translation.override("en"):
        report = compare(
            Document("uk", (back("дім"), back("двір", source="Hof"), back("", "", "Hof"))), now, language="uk"
        )
        assert report.summary == ("2 translations are new or changed.", "1 text is not translated yet.")


def test_every_verdict_can_be_counted() -> None:
    findings = tuple(Finding(back("дім"), verdict, "") for verdict in Verdict)
    with translation.override("en"):
        summary = Report("uk", findings).summary
    assert len(set(summary)) == len(Verdict)
    assert all(sentence.startswith("1 ") for sentence in summary)


# Damage


def damage(source: str, target: str) -> str:
    pair = Pair(source, target, "uk")
    return " ".join(found.message for each in (markup.unreadable, markup.tags) for found in each(pair))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SOURCE, TARGET),
        ("<b>a</b> <i>b</i>", "<i>b</i> <b>a</b>"),
        ("a<br>b", "a<br/>b"),
        ("a<br/>b", "a<br>b"),
        ("5 &lt; 6", "5 &lt; 6"),
        ("Rat & Co", "Рада & Ко > інші"),
        ("Haus", "\u200fبيت\u00a0\u2066x\u2069 👩\u200d👧\n"),
        ("<b><i>a</i></b>", "<i><b>a</b></i>"),
    ],
)
def test_sound_words_are_not_damaged(source: str, target: str) -> None:
    assert damage(source, target) == ""


@pytest.mark.parametrize(
    ("source", "target", "named"),
    [
        ('<a id="a1">a</a>', "a", '<a id="a1">'),
        ('<a id="a1">a</a>', '<a id="a2">a</a>', '<a id="a2">'),
        ('<a id="a1">a</a>', '<a id="a1" id="a2">a</a>', "a2"),
        ('<a id="a1">a</a>', '<a id="a1" href="javascript:x">a</a>', "javascript"),
        ("a", "<img src=x onerror=x>", "onerror"),
        ("a", "<SCRIPT>x</SCRIPT>", "<script>"),
        ("a<br>b", "a b", "<br>"),
        ("<b>a</b>", "<b>a</b><b>a</b>", "<b>"),
        ("<b>a</b>", "</b>a<b>", "order"),
        ("<b>a</b>", "<b>a", "order"),
        ("<b>a</b> <i>b</i>", "<b><i>a</b></i>", "order"),
        ("a", "a < b", "order"),
        ("a", "a<!--b-->", "order"),
        ("a", "a</p>", "order"),
        ("a", "a\x1bb", "U+001B"),
        ("a", "a&#8;b", "U+0008"),
        ("a", "a\x93b", "U+0093"),
    ],
)
def test_damage_is_named(source: str, target: str, named: str) -> None:
    assert named in damage(source, target)


@given(fragments, fragments)
def test_any_fragments_can_be_compared(source: str, target: str) -> None:
    assert isinstance(damage(source, target), str)


@given(fragments)
def test_a_fragment_does_not_damage_itself(fragment: str) -> None:
    from bs4 import BeautifulSoup

    stored = str(BeautifulSoup(fragment, "html.parser"))
    assert damage(stored, stored) == ""


def test_the_good_document_is_accepted_whole() -> None:
    report = compare(read(write(GOOD, format="po")), STORED, language="uk")
    assert [each.verdict for each in report.findings] == [Verdict.ACCEPTED, Verdict.EMPTY]
