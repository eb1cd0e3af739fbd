"""Every public template is valid HTML with a sound outline, in German and in Arabic."""

from collections import Counter

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests import webpages
from tests.journeys.addresses import ANSWERS, PAGES

SHOWN = [name for name in PAGES if name != "fallback"]
LANDMARKS = {
    "header": "banner",
    "footer": "contentinfo",
    "nav": "navigation",
    "aside": "complementary",
    "main": "main",
}


@pytest.fixture(scope="module")
def remembered() -> dict[str, str]:
    return {}


@pytest.fixture(params=["de", "ar"])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=SHOWN)
def source(request: pytest.FixtureRequest, demo: None, client: Client, code: str, remembered: dict[str, str]) -> str:
    """The HTML of each page, requested once for all tests that look at it."""
    address = f"/{code}{PAGES[request.param]}"
    if address not in remembered:
        response = client.get(address)
        assert response.status_code == ANSWERS.get(request.param, 200)
        remembered[address] = webpages.html(response)
    return remembered[address]


@pytest.fixture
def page(source: str) -> BeautifulSoup:
    return BeautifulSoup(source, "html.parser")


@pytest.mark.database  # for all that read the same pages
def test_is_valid(source: str) -> None:
    assert webpages.faults(source) == []
    html5lib.HTMLParser(strict=True).parse(source)


def test_every_element_is_closed_where_it_was_opened(source: str) -> None:
    """The tree of a parser that repairs nothing is that of one that does."""
    forgiving, exact = BeautifulSoup(source, "html5lib"), BeautifulSoup(source, "html.parser")
    # tbody is the one element that a parser adds to valid HTML
    names = [[tag.name for tag in tree.find_all(True) if tag.name != "tbody"] for tree in (forgiving, exact)]
    assert names[0] == names[1]


def test_has_one_h1_and_headings_that_skip_no_level(page: BeautifulSoup) -> None:
    headings = page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    levels = [int(heading.name[1]) for heading in headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    skipped = [
        webpages.text(heading)
        for heading, before, level in zip(headings[1:], levels, levels[1:], strict=False)
        if level > before + 1
    ]
    assert skipped == []
    assert all(webpages.text(heading) for heading in headings)


def test_has_a_title_that_begins_with_its_heading_or_says_more(page: BeautifulSoup) -> None:
    assert webpages.text(page.title)
    assert page.html["lang"] and page.html["dir"]


def test_every_picture_has_alternative_text_and_size(page: BeautifulSoup) -> None:
    lacking = [str(img) for img in page.find_all("img") if not {"alt", "width", "height"} <= set(img.attrs)]
    assert lacking == []
    nameless = [
        str(svg)[:120]
        for svg in page.find_all("svg")
        if svg.get("aria-hidden") != "true" and not svg.get("aria-label") and not svg.find("title")
    ]
    assert nameless == []


def name_of(control: Tag, page: BeautifulSoup) -> str:
    """The accessible name of a form control."""
    labels = [control.find_parent("label")]
    if control.get("id"):
        labels += page.find_all("label", attrs={"for": control["id"]})
    labels += [page.find(id=key) for key in str(control.get("aria-labelledby", "")).split()]
    return str(control.get("aria-label", "")) + "".join(webpages.text(label) for label in labels if label)


def test_every_form_control_has_a_label(page: BeautifulSoup) -> None:
    controls = [tag for tag in page.find_all(["input", "select", "textarea"]) if tag.get("type") != "hidden"]
    assert [str(tag) for tag in controls if not name_of(tag, page)] == []
    buttons = [tag for tag in page.find_all("button") if not (webpages.text(tag) or tag.get("aria-label"))]
    assert buttons == []


def test_every_link_says_where_it_leads(page: BeautifulSoup) -> None:
    def name(link: Tag) -> str:
        pictures = "".join(str(img.get("alt", "")) for img in link.find_all("img"))
        return webpages.text(link) + pictures + str(link.get("aria-label", ""))

    assert [str(link) for link in page.find_all("a", href=True) if not name(link).strip()] == []


def test_ids_are_unique_and_what_is_referred_to_exists(page: BeautifulSoup) -> None:
    ids = Counter(str(tag["id"]) for tag in page.find_all(id=True))
    assert [key for key, count in ids.items() if count > 1] == []
    referred = {
        key
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
        for tag in page.find_all(attrs={name: True})
        for key in str(tag[name]).split()
    }
    referred |= {str(link["href"])[1:] for link in page.find_all("a", href=True) if str(link["href"])[:1] == "#"}
    assert referred - set(ids) == set()


def landmarks(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Role and name of every landmark, as a screen reader lists them."""
    found = []
    for tag in page.find_all([*LANDMARKS, "section", "form"]):
        label = str(tag.get("aria-label", ""))
        label += "".join(webpages.text(page.find(id=key)) for key in str(tag.get("aria-labelledby", "")).split())
        role = str(tag.get("role", "")) or LANDMARKS.get(tag.name, "")
        if tag.name in {"header", "footer"} and tag.find_parent(["main", "article", "section", "aside", "nav"]):
            continue  # no landmark there
        if not role and label:
            role = {"section": "region", "form": "form"}[tag.name]
        if role:
            found.append((role, label))
    return found


def test_landmarks_are_there_once_or_named(page: BeautifulSoup) -> None:
    found = landmarks(page)
    roles = Counter(role for role, _ in found)
    assert roles["main"] == roles["banner"] == roles["contentinfo"] == 1
    unnamed = [role for role, label in found if roles[role] > 1 and not label]
    assert unnamed == []
    assert [each for each, count in Counter(found).items() if count > 1] == []
