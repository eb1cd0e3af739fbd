"""Every page of the demo content goes out as a file in every language and comes back as it was."""

import pytest

from cms.pages.base_page import BasePage
from translations.exchange import files, store
from translations.exchange.merging import Verdict
from translations.segments import TARGETS

QUIET = {Verdict.UNCHANGED, Verdict.EMPTY}


def demo_pages() -> list[BasePage]:
    from wagtail.models import Locale, Page

    german = Locale.objects.get(language_code="de")
    pages = Page.objects.filter(locale=german, live=True, depth__gt=1).order_by("path").specific()
    return [page for page in pages if isinstance(page, BasePage)]


@pytest.mark.parametrize("code", TARGETS)
def test_every_demo_page_survives_the_round_trip_in_all_formats(demo: None, code: str) -> None:
    pages = demo_pages()
    assert len(pages) > 30
    sent = store.to_document(store.read_pages(pages, code), code)
    named_only = {str(page.translation_key) for page in pages} - {segment.page for segment in sent.segments}
    assert len(named_only) == 12  # organisations of which nothing but the name is known
    for kind in ("po", "xliff-1.2", "xliff-2.0"):
        came = files.read(files.write(sent, format=kind))
        assert came.language == code
        assert {each.identity: (each.target, each.state) for each in came.segments} == {
            each.identity: (each.target, each.state) for each in sent.segments
        }
        report, _read = store.examine(came, code)
        assert {finding.verdict for finding in report.findings} <= QUIET
