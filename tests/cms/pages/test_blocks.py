"""What the blocks of a page accept, and what they show."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from wagtail import blocks
from wagtail.rich_text import RichText

from cms.pages.blocks import BodyBlock, CallToActionBlock, LinkBlock, PictureBlock
from cms.pages.contacts import HoursBlock
from tests import factories

pytestmark = pytest.mark.django_db


def refused(block: blocks.Block, value: Any) -> set[str]:
    """Names of the parts in which ``block`` finds a fault."""
    try:
        block.clean(value)
    except blocks.StructBlockValidationError as error:
        return set(error.block_errors)
    return set()


def struct(block: blocks.StructBlock, **values: Any) -> Any:
    return blocks.StructValue(block, values.items())


@pytest.mark.parametrize(
    ("alt_text", "decorative", "faults"),
    [("Menschen an einem Tisch", False, set()), ("", True, set()), ("", False, {"alt_text"})],
)
def test_a_picture_is_described_or_called_decoration(alt_text: str, decorative: bool, faults: set[str]) -> None:
    block = PictureBlock()
    value = struct(block, image=factories.picture(), alt_text=alt_text, decorative=decorative, caption="")
    assert refused(block, value) == faults


@pytest.mark.parametrize(("url", "faults"), [("https://example.org", set()), ("", {"page"})])
def test_a_call_to_action_leads_somewhere(url: str, faults: set[str]) -> None:
    block = CallToActionBlock()
    assert refused(block, struct(block, text="", label="Los", page=None, url=url)) == faults


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "example"])
def test_links_lead_to_web_addresses_only(url: str) -> None:
    block = LinkBlock()
    assert refused(block, struct(block, title="Ziel", page=None, url=url, note="")) == {"url"}


def test_a_partner_may_be_named_without_a_link() -> None:
    block = LinkBlock()
    assert refused(block, struct(block, title="Partner", page=None, url="", note="")) == set()


def test_a_row_of_opening_hours_has_weekday_and_times() -> None:
    block = HoursBlock()
    assert refused(block, struct(block, weekday="", opens=None, closes=None)) == {"weekday", "opens", "closes"}


# What they show


def shown(kind: str, value: Any, reader: str = "de") -> BeautifulSoup:
    block = BodyBlock().child_blocks[kind]
    value = block.normalize(value)
    with translation.override(reader):
        return BeautifulSoup(block.render(value, {"words": None}), "html.parser")


def test_a_heading_stands_below_the_title_of_the_page() -> None:
    assert shown("heading", {"text": "Was & wie"}).h2.get_text() == "Was & wie"


def test_a_quote_names_who_said_it() -> None:
    quote = shown("quote", {"text": "Gut so", "name": "Amina", "role": "Vorsitzende"})
    assert quote.blockquote.get_text(strip=True) == "Gut so"
    assert list(quote.figcaption.stripped_strings) == ["Amina", "Vorsitzende"]


def test_facts_are_a_list_of_terms() -> None:
    facts = shown("facts", {"heading": "Zahlen", "items": [{"label": "Gäste", "value": "20"}]})
    assert (facts.dt.get_text(), facts.dd.get_text()) == ("Gäste", "20")


def test_a_link_to_an_unpublished_page_is_only_named() -> None:
    site = factories.municipality()
    draft = factories.content(site, "Entwurf", live=False)
    links = shown("links", {"heading": "", "links": [{"title": "Dorthin", "page": draft, "url": "", "note": ""}]})
    assert not links.a
    assert "Dorthin" in links.get_text()


def test_links_to_pages_stay_in_the_readers_language() -> None:
    page = factories.content(factories.municipality(), "Ziel", slug="ziel")
    links = [{"title": "Dorthin", "page": page, "url": "", "note": ""}]
    assert shown("links", {"heading": "", "links": links}, "ar").a["href"] == "/ar/ziel/"
    call = {"text": "", "label": "Los", "page": page, "url": ""}
    assert shown("call_to_action", call, "uk").a["href"] == "/uk/ziel/"


@pytest.mark.parametrize(
    ("live", "link"), [(True, '<a href="/ar/ziel/">dorthin</a>'), (False, "<a>dorthin</a>")], ids=["live", "draft"]
)
def test_links_in_running_text_stay_in_the_readers_language(live: bool, link: str) -> None:
    page = factories.content(factories.municipality(), "Ziel", slug="ziel", live=live)
    text = RichText(f'<p><a linktype="page" id="{page.pk}">dorthin</a></p>')
    assert link in str(shown("paragraph", text, "ar"))


@pytest.mark.parametrize("identity", ["", "0", "99999999", "x", "²", "-1"])
def test_a_link_in_running_text_to_no_page_is_text(identity: str) -> None:
    shown_link = shown("paragraph", RichText(f'<p><a linktype="page" id="{identity}">dorthin</a></p>'), "ar").a
    assert shown_link.get_text() == "dorthin"
    assert not shown_link.get("href")


def test_deleted_records_leave_no_hole() -> None:
    assert shown("contact", {"contact": None}).get_text(strip=True) == ""
    assert (
        shown("picture", {"image": None, "alt_text": "", "decorative": False, "caption": ""}).get_text(strip=True) == ""
    )


def test_an_accordion_needs_no_script() -> None:
    fold = shown("accordion", {"items": [{"title": "Frage", "text": RichText("<p>Antwort</p>")}]})
    assert fold.details.summary.get_text() == "Frage"
    assert "Antwort" in fold.details.get_text()
