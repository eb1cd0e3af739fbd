"""What makes German hard to read, and what does not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations.plain_language import rules
from translations.plain_language.rules import Hint, analyse, sentences, syllables, wiener_sachtextformel


def kinds(text: str) -> set[str]:
    return {hint.kind for hint in analyse(text).hints}


def of_kind(text: str, kind: str) -> list[Hint]:
    return [hint for hint in analyse(text).hints if hint.kind == kind]


# Sentences


@pytest.mark.parametrize(
    "whole",
    [
        "Wir feiern am 1. Mai ein Fest.",
        "Das Fest beginnt um 16.30 Uhr im Rathaus.",
        "Der Treff ist vom 24.12. bis zum 6. Januar geschlossen.",
        "Bringen Sie z. B. Kuchen mit.",
        "Das gilt z. B. Sonntag oder z.B. Montag.",
        "Dr. Müller und Prof. Yılmaz begrüßen die Gäste.",
        "Unser Büro ist in der Bahnhofstr. 12 im 2. Stock.",
        "Der Verein Brücke e. V. lädt ein.",
        "Es gibt Tee, Saft u. a. Getränke.",
        "Rufen Sie an: Tel. 02331 2070.",
        "„Kommen Sie alle!“, sagte sie.",
        "Mehr steht auf www.hagen.de/integration im Netz.",
        "Schreiben Sie an ki@stadt-hagen.de und warten Sie.",
        "Friedrich II. König von Preußen lud ein.",
        "Es kommen 3,5 Mio. Menschen.",
    ],
)
def test_points_inside_a_sentence_do_not_end_it(whole: str) -> None:
    assert [each.text for each in sentences(whole)] == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["Wir kommen um 16.30 Uhr.", "Dann essen wir."],
        ["Wir treffen uns in Raum 12.", "Dort gibt es Tee."],
        ["Wir backen, singen usw.", "Kinder sind willkommen."],
        ["Das war im Jahr 2020.", "Heute ist alles anders."],
        ["„Das ist gut.“", "So sprach sie."],
        ["Kommen Sie!", "Wann?", "Am Montag …", "Bis dann."],
        ["Mehr steht auf www.hagen.de.", "Lesen Sie es."],
        ["Dann kommt der Verein Brücke e. V.", "Danach ist Schluss."],
        ["Er wohnt in der Hauptstr.", "Dort ist es laut."],
    ],
)
def test_a_new_sentence_begins_after_the_end_of_one(parts: list[str]) -> None:
    assert [each.text for each in sentences(" ".join(parts))] == parts


def test_every_line_ends_a_sentence_and_headings_are_not_counted() -> None:
    found = list(sentences("Unser Fest\n\nWir feiern.\n- Kuchen\n- Tee"))
    assert [(each.text, each.complete) for each in found] == [
        ("Unser Fest", False),
        ("Wir feiern.", True),
        ("- Kuchen", False),
        ("- Tee", False),
    ]
    assert analyse("Unser Fest\nWir feiern.").words == 2


def test_addresses_and_numbers_are_no_words() -> None:
    [sentence] = sentences("Am 1. Mai 2025 finden Sie auf www.hagen.de, https://a.de/x und bei ki@hagen.de alles.")
    assert sentence.words == ["Am", "Mai", "finden", "Sie", "auf", "und", "bei", "alles"]


def test_forms_for_all_genders_are_one_word() -> None:
    [sentence] = sentences("Bürger:innen, Bürger*innen und Bürger_innen kommen.")
    assert sentence.words == ["Bürger:innen", "Bürger*innen", "und", "Bürger_innen", "kommen"]


# Syllables and the figure


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("Haus", 1), ("See", 1), ("Zeitung", 2), ("Bienen", 2), ("Quelle", 2), ("Bayern", 2), ("Bäume", 2)),
        *(("Familie", 4), ("Medien", 3), ("Energie", 3), ("Papier", 2), ("studieren", 3), ("Museum", 3)),
        *(("Nation", 3), ("Kooperation", 6), ("beurteilen", 4), ("geimpft", 2), ("Ideen", 3), ("Bauausschuss", 3)),
        *(("Europa", 3), ("Theater", 3), ("Oberbürgermeister", 6), ("Integration", 5), ("Tour", 1), ("ÖPNV", 1)),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count
    assert syllables(word.upper()) == count


def test_the_formula_is_that_of_bamberger_and_vanecek() -> None:
    words = ["Haus"] * 5 + ["Zeitung"] * 3 + ["Museum"] + ["Integration"]
    # MS 20 %, SL 5, IW 40 % (Zeitung, Integration), ES 50 %
    assert wiener_sachtextformel(words, 2) == pytest.approx(
        0.1935 * 20 + 0.1672 * 5 + 0.1297 * 40 - 0.0327 * 50 - 0.875
    )


EASY = "Wir feiern ein Fest. Alle sind da. Es gibt Tee und Saft. Wir singen und wir essen. Komm zu uns in den Park. "
HARD = (
    "Die Verwaltungsvereinbarung berücksichtigt insbesondere kommunale Integrationsmaßnahmen beziehungsweise "
    "Qualifizierungsangebote verschiedener Organisationen. "
)


def test_a_hard_text_has_a_higher_figure_than_an_easy_one() -> None:
    easy, hard = analyse(EASY * 4).wstf, analyse(HARD * 8).wstf
    assert easy is not None
    assert hard is not None
    assert easy < 4 < 12 < hard


@pytest.mark.parametrize("text", ["", "   \n", "Wir feiern.", EASY, " ".join(["Wort"] * 80) + "."])
def test_too_short_a_text_has_no_figure(text: str) -> None:
    assert analyse(text).wstf is None


# Hints


@pytest.mark.parametrize(("count", "hinted"), [(20, False), (21, True), (26, True)])
def test_a_sentence_of_more_than_twenty_words_is_long(count: int, hinted: bool) -> None:
    found = of_kind(" ".join(["Wir", *["und"] * (count - 1)]) + ".", "long-sentence")
    assert [hint.count for hint in found] == ([count] if hinted else [])


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("Das Fest wird am Montag eröffnet.", "wird … eröffnet"),
        ("Das Fest wird am Freitag, dem 12. Juni, um 16 Uhr eröffnet.", "wird … eröffnet"),
        ("Wird das Projekt gefördert?", "Wird … gefördert"),
        ("Ich weiß, dass das Haus gebaut wurde.", "gebaut wurde"),
        ("Das kann nicht bezahlt werden.", "bezahlt werden"),
        ("Sie ist gewählt worden.", "gewählt worden"),
        ("Die Kinder werden begleitet und gefördert.", "werden begleitet"),
        ("Der Preis wurde von der Stadt verliehen.", "wurde … verliehen"),
        ("Die Anträge wurden angenommen, aber spät.", "wurden angenommen"),
        ("Der Kurs würde vom Land bezahlt.", "würde … bezahlt"),
        ("Die Treffen werden von Freiwilligen organisiert.", "werden … organisiert"),
        ("Im Rat wurde beschlossen, mehr zu tun.", "wurde beschlossen"),
    ],
)
def test_a_passive_is_found(text: str, excerpt: str) -> None:
    assert [hint.excerpt for hint in of_kind(text, "passive")] == [excerpt]


@pytest.mark.parametrize(
    "text",
    [
        "Sie wird kommen.",
        "Er wurde Vorsitzende.",
        "Wir werden gewinnen.",
        "Es wird Regen geben.",
        "Wir werden das Fest gut gestalten.",
        "Das Buch wird dir gefallen und gehören.",
        "Er wird gegen die Stadt spielen.",
        "Der Verein ist groß geworden.",
        "Das wurde schnell bekannt.",
        "Es wird kalt und wir haben geheizt.",
        "Sie wurde Ärztin und hat viele Menschen behandelt.",
        "Wir würden gern kommen.",
        "Das Haus wird fertig sein.",
        "Bis dahin wird sie alle besucht haben.",
        "Das Wetter wird schön, der Rat hat es versprochen.",
        "Ich werde älter.",
        "Gewalt wird ein Thema.",
        "Die Gäste haben gesungen und getanzt.",
    ],
)
def test_future_and_becoming_are_no_passive(text: str) -> None:
    assert "passive" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("Das Fest, das am Montag beginnt, ist für Kinder, die gern spielen.", True),
        ("Ich hoffe, dass du kommst, wenn du kannst, obwohl es schneit.", True),
        ("Es gibt Kaffee, Tee, Saft, Kuchen und Brot.", False),
        ("Es kamen der Vater, die Mutter, die Tochter und das Kind.", False),
        ("Ich weiß, dass du kommst.", False),
        ("Am Montag, dem 5. Mai, um 16 Uhr, beginnt das Fest, das alle mögen.", False),
    ],
)
def test_clauses_inside_one_another_are_found_and_lists_are_not(text: str, hinted: bool) -> None:
    assert ("nested" in kinds(text)) is hinted


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Die Verbesserung der Sicherheit dient der Förderung.", ["Verbesserung, Sicherheit, Förderung"]),
        ("Die Förderung dient der Sicherheit.", []),
        ("Die Zeitung schreibt über die Wohnung, die Kleidung und die Rechnung.", []),
        ("Der junge Verein sprang mit Schwung.", []),
    ],
)
def test_three_nouns_of_action_are_officialese(text: str, nouns: list[str]) -> None:
    assert [hint.excerpt for hint in of_kind(text, "nominal")] == nouns


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Die Veranstaltungsreihe beginnt.", ["Veranstaltungsreihe"]),
        ("Der Oberbürgermeister kommt.", ["Oberbürgermeister"]),
        ("Die Verwaltungsvereinbarung und die Verwaltungsvereinbarung.", ["Verwaltungsvereinbarung"]),
        ("Das Familien-Zentrum und die Integrations-Beauftragte helfen.", []),
        ("Alle Veranstaltungen sind frei.", []),
        ("Der Preis heißt InteressengemeinschaftHagen.", []),
        ("HERZLICHWILLKOMMENINHAGEN", []),
        ("Auf www.integrationsbeauftragtenverzeichnis.de steht es.", []),
    ],
)
def test_a_long_word_is_found_once_and_hyphens_help(text: str, words: list[str]) -> None:
    assert [hint.excerpt for hint in of_kind(text, "long-word")] == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bringen Sie z. B. Kuchen mit.", [("z. B.", "zum Beispiel")]),
        ("Bringen Sie z.B. Kuchen usw. mit.", [("z.B.", "zum Beispiel"), ("usw.", "und so weiter")]),
        ("Das BAMF hilft. Das BAMF zahlt.", [("BAMF", "")]),
        ("Das Bundesamt (BAMF) hilft. Das BAMF zahlt.", []),
        ("Das BAMF (Bundesamt für Migration) hilft.", []),
        ("Die EU, NRW und Friedrich II. zahlen.", []),
        ("WIR FEIERN", []),
        ("Dr. Müller vom Verein Brücke e. V. spricht.", []),
    ],
)
def test_an_abbreviation_is_named_once_with_its_meaning(text: str, found: list[tuple[str, str]]) -> None:
    assert [(hint.excerpt, hint.instead) for hint in of_kind(text, "abbreviation")] == found


def test_plain_sentences_have_no_hints() -> None:
    assert analyse(EASY).hints == ()


def test_a_hint_names_its_sentence() -> None:
    [hint] = analyse("Alle sind da. Das Fest wird eröffnet. Wir singen.").hints
    assert hint.sentence == "Das Fest wird eröffnet."


# Any input


@given(st.text(max_size=400))
def test_any_text_can_be_analysed(text: str) -> None:
    analysis = analyse(text)
    assert all(hint.excerpt and hint.sentence for hint in analysis.hints)


@given(
    st.lists(st.sampled_from("wird werden eröffnet gegen , . z. B. (BAMF) BAMF dass 1. „ “ \n : – der II.".split(" ")))
)
def test_any_order_of_words_can_be_analysed(words: list[str]) -> None:
    text = " ".join(words)
    assert "".join("".join(each.text for each in sentences(text)).split()) == "".join(text.split())


HOSTILE = [
    "a",
    "wird ",
    "werden gesagten ",
    ", ",
    ".",
    "A. ",
    "z. ",
    "a@",
    "„",
    "Aung ",
    "ge",
    "a-",
    "I",
    "AA (",
    "a.",
    "Ä, ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    rules.syllables.cache_clear()
    begun = time.process_time()
    analyse(text)
    assert time.process_time() - begun < 1  # seconds
