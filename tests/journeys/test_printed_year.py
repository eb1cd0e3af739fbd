"""The dates of a council's year on paper: one A4 sheet, whatever the language."""

import re

import pytest
from playwright.sync_api import Page

from cms.localization import languages
from tests.journeys.addresses import path

CODES = [language.code for language in languages.LANGUAGES]


def printed(page: Page, address: str, rows: int = 0) -> bytes:
    """The page as PDF; the table is lengthened to ``rows`` by repeating its fullest row."""
    page.goto(address)
    page.evaluate(
        """rows => {
          const body = document.querySelector('table tbody'), all = [...body.rows];
          const fullest = all.reduce((one, other) => other.offsetHeight > one.offsetHeight ? other : one);
          while (body.rows.length < rows) body.append(fullest.cloneNode(true));
        }""",
        rows,
    )
    return page.pdf(prefer_css_page_size=True)


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("code", CODES)
def test_a_year_fits_on_one_sheet(reader: Page, code: str) -> None:
    pdf = printed(reader, path(code, "council-year-ahead"))
    assert sheets(pdf) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 59\d\.?\d* 84\d\.?\d*\]", pdf)  # A4 in points


@pytest.mark.parametrize("code", ["de", "ar", "uk"])
def test_so_does_one_of_eight_meetings_that_were_all_moved(reader: Page, code: str) -> None:
    assert sheets(printed(reader, path(code, "council-year-ahead"), rows=8)) == 1


def test_two_sheets_would_be_counted(reader: Page) -> None:
    assert sheets(printed(reader, path("de", "council-year-ahead"), rows=60)) > 1
