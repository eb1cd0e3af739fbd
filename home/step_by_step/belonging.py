"""To which step of which step-by-step a page belongs, with what comes before and after."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.localization import languages, locales
from cms.localization.localized_text import LocalizedText
from cms.localization.page_words import RowInWords, in_words
from cms.routing import restrictions
from cms.routing.address import path_of
from cms.routing.layout import Above
from cms.routing.navigation import Link
from home.step_by_step import numbering
from home.step_by_step.step import Step
from home.step_by_step.step_by_step_page import StepByStepPage

MOST = 2
"""More step-by-steps are not named above one page."""


@dataclass(frozen=True)
class Belonging:
    title: LocalizedText
    path: str
    """Where the step begins."""
    place: numbering.Place
    previous: Link | None
    next: Link | None


def above(page: Page) -> Above | None:
    """For every page of the site; one query where the source ``page`` belongs to no step."""
    found = StepByStepPage.objects.listed().filter(pk__in=Step.objects.filter(details=page.pk).values("step_by_step"))
    parents = list(found.order_by("path").prefetch_related("steps__details").with_words()[:MOST])
    if not parents:
        return None
    keys = [step.translation_key for parent in parents for step in parent.steps.all()]
    locale = locales.id_of(languages.active().code)
    translated = Step.objects.filter(translation_key__in=keys, locale_id=locale, step_by_step__live=True)
    rows = list(translated) if languages.active().code != languages.SOURCE else []
    return Above("home/step_by_step/includes/belonging.html", [_belonging(page, parent, rows) for parent in parents])


def _belonging(page: Page, parent: StepByStepPage, translated: list[Step]) -> Belonging:
    """At the first of its steps that names ``page``."""
    sources = list(parent.steps.all())
    rows, places = in_words(sources, translated), numbering.places(sources)
    here = next(position for position, step in enumerate(sources) if step.details_id == page.pk)

    def link(position: int) -> Link | None:
        if not 0 <= position < len(rows):
            return None
        return Link(rows[position].words.title, _path(parent, rows[position], places[position]))

    path = f"{parent.reader_path}#{places[here].anchor}"
    return Belonging(parent.words.title, path, places[here], link(here - 1), link(here + 1))


def _path(parent: StepByStepPage, row: RowInWords, place: numbering.Place) -> str:
    """The step's own page where it has one, else its place on the page of all steps."""
    details = row.source.details
    if details is not None and restrictions.may_name(details):
        return path_of(details, languages.active().code)
    return f"{parent.reader_path}#{place.anchor}"
