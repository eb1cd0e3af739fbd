"""A press release that is pasted becomes a draft, with nothing lost and everything odd said."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from cms.pasting.lines import read_plain
from cms.pasting.reading import read
from news import press_release
from news.models import NewsIndexPage, NewsPage
from tests import factories, webpages
from tests.cms.pasting.test_reading import WORD

pytestmark = pytest.mark.django_db
RELEASE = (
    "<p><b>Fest der Kulturen</b></p><p>Hagen – Am Samstag feiern alle mit dem Volme Kulturforum.</p>"
    "<h3>Programm</h3><ul><li>Tanz</li></ul><p>Auch der <b>Beispielverein</b> ist dabei.</p>"
)


@pytest.fixture
def index(db: None) -> NewsIndexPage:
    site = factories.municipality()
    directory = factories.directory(site)
    for title in ("Beispielverein e. V.", "Volme Kulturforum e.V.", "Ein anderer Verein", "Verein"):
        factories.organisation(directory, title)
    return factories.news_index(site)


def draft(index: NewsIndexPage, html: str) -> press_release.Draft:
    with override("en"):
        return press_release.make_draft(index=index, read=read(html), user=factories.press())


def test_title_place_lead_and_text_find_their_fields(index: NewsIndexPage) -> None:
    article = draft(index, RELEASE).article
    assert (article.title, article.place) == ("Fest der Kulturen", "Hagen")
    assert article.lead == "Am Samstag feiern alle mit dem Volme Kulturforum."
    assert [block.block_type for block in article.body] == ["heading", "paragraph"]
    assert not article.live


def test_organisations_that_are_named_are_added(index: NewsIndexPage) -> None:
    made = draft(index, RELEASE)
    revision = NewsPage.objects.get(pk=made.article.pk).get_latest_revision_as_object()
    assert [row.page.title for row in revision.related.all()] == ["Volme Kulturforum e.V.", "Beispielverein e. V."]
    assert "Beispielverein" in " ".join(made.findings)


def test_word_becomes_a_draft_with_all_its_links(index: NewsIndexPage) -> None:
    article = draft(index, WORD).article
    assert article.title == "Treffen im Rathaus"
    assert [block.block_type for block in article.body] == ["heading", "paragraph", "facts", "paragraph"]
    assert "https://example.org/programm" in str(article.body)
    assert "vierzig" not in str(article.body)
    facts = article.body[2].value["items"]
    assert [(fact["label"], fact["value"]) for fact in facts] == [("Ort", "Rathaus an der Volme"), ("Beginn", "16 Uhr")]


def test_a_lead_that_is_too_long_is_kept_and_said(index: NewsIndexPage) -> None:
    lead = "Ein langer Satz, der nicht endet. " * 30
    made = draft(index, f"<h1>Titel</h1><p>{lead}</p>")
    stored = NewsPage.objects.get(pk=made.article.pk).get_latest_revision_as_object()
    assert stored.lead == lead.strip()
    assert f"The lead has {len(lead.strip())} letters; at most 600" in " ".join(made.findings)


@pytest.mark.parametrize(
    "html", ["<p>Ein Satz.</p>", "<ul><li>Punkt</li></ul>", "<table><tr><td>A</td><td>B</td></tr></table>", WORD * 3]
)
def test_any_text_becomes_a_draft(index: NewsIndexPage, html: str) -> None:
    assert NewsPage.objects.filter(pk=draft(index, html).article.pk, live=False).exists()


def test_plain_text_is_taken_as_well(index: NewsIndexPage) -> None:
    text = "Neues Haus\n\nEs wird eröffnet.\n\nAm Montag."
    article = press_release.make_draft(index=index, read=read_plain(text), user=factories.press()).article
    assert (article.title, article.lead, len(article.body)) == ("Neues Haus", "Es wird eröffnet.", 1)


PLAIN = (
    "Beim Treffen im Rathaus reden alle miteinander. (Foto: Amt für Presse/Stadt Hagen)\n"
    "Zwölf Vereine zu Gast im Rathaus\n"
    "{dateline}„Wer mitredet, gehört dazu“, hieß es beim Treffen der Vereine im großen Saal des Rathauses. "
    "Auch der Beispielverein war dabei, und alle blieben bis zum Abend.\n"
    "Wie es weitergeht\n"
    "Im nächsten Jahr treffen sich die Vereine wieder, dann zu einem ganzen Tag mit Vorträgen, Gesprächen und Essen.\n"
)


@pytest.mark.parametrize(
    ("beginning", "place", "date"),
    [
        ("8. Dezember 2023 – ", "", dt.date(2023, 12, 8)),
        ("Hagen, 8. Dezember 2023 – ", "Hagen", dt.date(2023, 12, 8)),
        ("Hagen, den 08.12.2023 - ", "Hagen", dt.date(2023, 12, 8)),
        ("Hagen (8. Dez. 2023) — ", "Hagen", dt.date(2023, 12, 8)),
        ("Hagen – ", "Hagen", None),
        ("", "", None),
    ],
)
def test_a_release_in_plain_lines_is_taken_apart(
    index: NewsIndexPage, beginning: str, place: str, date: dt.date | None
) -> None:
    with override("en"):
        made = press_release.make_draft(
            index=index, read=read_plain(PLAIN.format(dateline=beginning)), user=factories.press()
        )
    article = made.article
    assert (article.title, article.place) == ("Zwölf Vereine zu Gast im Rathaus", place)
    assert article.date == (date or dt.date.today())
    assert article.lead.startswith("„Wer mitredet, gehört dazu“")
    assert article.main_image_caption == "Beim Treffen im Rathaus reden alle miteinander."
    assert "“Amt für Presse/Stadt Hagen”" in " ".join(made.findings)
    assert [block.block_type for block in article.body] == ["heading", "paragraph"]


@pytest.mark.parametrize("beginning", ["31. Februar 2023 – ", "8. Dezember 0026 – ", "8. Irgendwann 2023 – "])
def test_a_day_that_there_is_not_stays_in_the_text(index: NewsIndexPage, beginning: str) -> None:
    text = PLAIN.format(dateline=beginning)
    made = press_release.make_draft(index=index, read=read_plain(text), user=factories.press())
    assert made.article.lead.startswith(beginning)


def test_the_same_release_twice_is_two_drafts(index: NewsIndexPage) -> None:
    person = factories.press()
    for _time in range(2):
        press_release.make_draft(index=index, read=read(RELEASE), user=person)
    assert len(set(NewsPage.objects.values_list("slug", flat=True))) == 2


def address(index: NewsIndexPage) -> str:
    return reverse("paste_press_release", args=[index.pk])


def test_pasting_leads_to_the_editor_with_what_was_found(index: NewsIndexPage, client: Client) -> None:
    client.force_login(factories.press())
    listing = webpages.read(client.get(reverse("wagtailadmin_explore", args=[index.pk])))
    assert listing.select(f'a[href="{address(index)}"]')
    answer = client.post(address(index), {"text": "x", "html": WORD}, follow=True)
    article = NewsPage.objects.get()
    assert answer.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[article.pk]), 302)]
    assert "clip_image001.png" in webpages.html(answer)


def test_a_long_lead_comes_back_whole_from_the_editor(index: NewsIndexPage, client: Client) -> None:
    client.force_login(factories.press())
    lead = "Wort " * 140
    answer = client.post(address(index), {"text": "x", "html": f"<h1>Titel</h1><p>{lead}</p>"}, follow=True)
    assert webpages.text(webpages.read(answer).select_one("#id_lead")) == lead.strip()


def test_an_empty_page_in_the_clipboard_does_not_hide_the_text(index: NewsIndexPage, client: Client) -> None:
    client.force_login(factories.press())
    html = "<html><body><!--StartFragment--> <!--EndFragment--></body></html>"
    client.post(address(index), {"text": "Neues Haus\n\nEs wird eröffnet.", "html": html})
    assert NewsPage.objects.get(title="Neues Haus").get_latest_revision_as_object().lead == "Es wird eröffnet."


def test_nothing_pasted_is_a_sentence(index: NewsIndexPage, client: Client) -> None:
    client.force_login(factories.press())
    for html in ("", "<p><del>weg</del></p>", "<img src=a.png>"):
        assert client.post(address(index), {"text": " " if not html else "x", "html": html}).status_code == 200
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [("press", True), ("administrator", True), ("ki", False), ("translator", False)],
)
def test_only_who_writes_news_may_paste(index: NewsIndexPage, client: Client, role: str, may: bool) -> None:
    person = factories.translator("ar") if role == "translator" else getattr(factories, role)()
    client.force_login(person)
    client.post(address(index), {"text": "x", "html": RELEASE})
    assert NewsPage.objects.exists() == may
    listed = client.get(reverse("wagtailadmin_explore", args=[index.pk]), follow=True)
    assert (address(index) in webpages.html(listed)) == may


def test_the_editors_script_gets_blocks_as_the_stream_takes_them(client: Client) -> None:
    client.force_login(factories.press())
    answer = client.post(reverse("read_pasted"), {"html": WORD}).json()
    assert [block["type"] for block in answer["blocks"]] == ["heading", "heading", "paragraph", "facts", "paragraph"]
    assert len(answer["findings"]) == 3
    (first, _second) = answer["blocks"][3]["value"]["items"]
    assert first["value"] == {"label": "Ort", "value": "Rathaus an der Volme"}
    plain = client.post(reverse("read_pasted"), {"html": "<p>Nur <b>ein</b> Absatz</p>"}).json()
    assert (plain["blocks"], plain["html"]) == ([], "<p>Nur <b>ein</b> Absatz</p>")


def test_visitors_have_no_reader_of_pasted_text(client: Client) -> None:
    assert client.post(reverse("read_pasted"), {"html": WORD}).status_code == 302
