"""Builds the German pages out of their TOML files."""

import datetime as dt
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from cms.localization import languages, locales
from cms.media import Image
from cms.pages.base_page import BasePage
from dates import recurrence
from dates.models import CouncilPage, EventException, EventIndexPage, EventPage
from directory.models import DirectoryPage, OrganisationPage, SpokenLanguage
from home.demo import content_files, rows
from home.demo.facts import Facts
from home.models import ContentPage, HomePage, Step, StepByStepPage
from news.models import NewsIndexPage, NewsPage, RelatedPage

CREDIT = "Illustration: Miteinander / CC BY 4.0"
MODELS: dict[str, type[BasePage]] = {
    model.__name__: model
    for model in (
        HomePage,
        ContentPage,
        NewsIndexPage,
        NewsPage,
        DirectoryPage,
        OrganisationPage,
        CouncilPage,
        EventIndexPage,
        EventPage,
        StepByStepPage,
    )
}
SAME_NAME = (
    "slug title seo_title search_description teaser welcome plain_language_text sign_language_text intro lead "
    "native_name native_language short_name former_names short_description about own_short_description street "
    "postal_code city phone email website step_free by_appointment closed_on_public_holidays "
    "date date_is_month is_example recurrence for_whom is_free price is_cancelled registration_email"
).split()
"""Keys of a TOML file that are fields of the page under the same name."""


def picture_title(name: str) -> str:
    return f"Illustration: {name}"


class Loader:
    """Creates the pages of one site; keeps what it made, so that pages can refer to each other.

    Each page is a step of its own: nobody waits for all of them, and a loading that broke off goes on where it was.
    """

    def __init__(self, site: Site, facts: Facts) -> None:
        self.site, self.facts = site, facts
        self.pages: dict[str, BasePage] = {}
        self.pictures: dict[str, Image] = {}

    def load(self) -> list[BasePage]:
        """All pages, parents first. Bodies and relations come last, because they may refer to any page."""
        for name, content in content_files.pages().items():
            page = self._create(name, content)
            self.pages[page.slug] = page
        for content in content_files.pages().values():
            self._complete(self.pages[content["slug"]], content)
        return list(self.pages.values())

    @transaction.atomic
    def _create(self, name: str, content: dict[str, Any]) -> BasePage:
        model, parent = MODELS[content["type"]], self._parent(name)
        known_page = model.objects.child_of(parent).filter(slug=content["slug"]).first()
        if known_page is not None:
            return known_page
        known = {field.name for field in model._meta.get_fields()}
        fields = {key: content[key] for key in SAME_NAME if key in content and key in known}
        page = model(
            **fields, show_in_menus=content.get("in_menu", False), locale_id=locales.id_of(languages.SOURCE), live=False
        )
        if "phone" in content:
            page.phone = "".join(character for character in content["phone"] if character in "+0123456789")
        if isinstance(page, NewsPage):
            page.place = content["place"]
        if isinstance(page, EventPage):
            self._schedule(page, content)
        parent.add_child(instance=page)
        return page

    def _parent(self, name: str) -> Page:
        path = PurePosixPath(name)
        if name == "home.toml":
            return Page.get_first_root_node()
        if path.parent.name and path.name != "index.toml":
            return self.pages[content_files.pages()[f"{path.parent}/index.toml"]["slug"]]
        return self.pages["home"]

    def _schedule(self, page: EventPage, content: dict[str, Any]) -> None:
        day = timezone.localdate() + dt.timedelta(days=content["in_days"])
        page.start = timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(content["start"])))
        page.end = timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(content["end"])))
        page.recurrence = recurrence.carried(page.recurrence, dt.date.min, day)
        page.place = self.facts.places[content["place"]]
        page.series = self.facts.series.get(content.get("series", ""))
        page.language_codes = content.get("languages", [])

    def _complete(self, page: BasePage, content: dict[str, Any]) -> None:
        """Ends with publishing: a page that is live is complete."""
        if page.live:
            return
        body = [self._block(block) for block in content.get("body", [])]
        if isinstance(page, CouncilPage):
            page.council = self.facts.body
            page.text = body
        elif hasattr(page, "body"):
            page.body = body
        if isinstance(page, NewsPage):
            page.main_image = self._picture(content["picture"])
            page.main_image_alt = content["picture_alt"]
            page.main_image_caption = content["picture_caption"]
            page.contact = self.facts.contacts.get(content.get("contact", ""))
            page.related = [RelatedPage(page=self.pages[slug]) for slug in content.get("organisations", [])]
        if isinstance(page, OrganisationPage) and content.get("is_example"):
            self._complete_organisation(page, content)
        if isinstance(page, EventPage):
            self._complete_event(page, content)
        if isinstance(page, StepByStepPage):
            page.steps = [self._step(page, row, number) for number, row in enumerate(content["steps"])]
            page.afterwards = self.pages.get(content.get("afterwards", ""))
        if isinstance(page, HomePage):
            page.contact = self.facts.contacts[content["contact"]]
            page.hero_image, page.hero_image_alt = self._picture(content["picture"]), content["picture_alt"]
        page.save_revision(clean=False).publish()
        # Read again: the instance still holds its child rows as they were before they had keys.
        self.pages[page.slug] = type(page).objects.get(pk=page.pk)

    def _complete_event(self, page: EventPage, content: dict[str, Any]) -> None:
        """Of a weekly event, one date is cancelled and one takes place a day later."""
        page.organiser = self.pages[content["organiser"]]
        page.topics = [self.facts.topics[key] for key in content["topics"]]
        page.exceptions = [
            EventException(
                original_date=timezone.localdate(page.start) + dt.timedelta(weeks=content[key]),
                is_cancelled=key == "cancelled_in_weeks",
                new_start=page.start + dt.timedelta(weeks=content[key], days=1) if key == "moved_in_weeks" else None,
            )
            for key in ("cancelled_in_weeks", "moved_in_weeks")
            if key in content
        ]

    def _complete_organisation(self, page: OrganisationPage, content: dict[str, Any]) -> None:
        page.topics = [self.facts.topics[key] for key in content["topics"]]
        page.languages_spoken = list(SpokenLanguage.objects.filter(code__in=content["languages"]))
        page.district = self.facts.districts[content["district"]]
        page.latitude, page.longitude = map(Decimal, content["point"])
        page.logo = self._picture(content["picture"])
        page.opening_hours, page.special_hours = rows.opening_hours(content), rows.special_hours(content)
        page.offers = rows.offers(content, page.locale_id)

    def _step(self, page: BasePage, row: dict[str, Any], number: int) -> Step:
        words = {key: row[key] for key in ("title", "joined", "bring", "price", "is_free") if key in row}
        return Step(
            **words,
            text=self._html(row["html"]),
            office=self.facts.contacts.get(row.get("office", "")),
            topic=self.facts.topics.get(row.get("topic", "")),
            details=self.pages.get(row.get("details", "")),
            locale_id=page.locale_id,
            sort_order=number,
        )

    def _picture(self, name: str) -> Image:
        title = picture_title(name)
        if name not in self.pictures and (known := Image.objects.filter(title=title, credit=CREDIT).first()):
            self.pictures[name] = known
        if name not in self.pictures:
            drawing = (content_files.PICTURES / f"{name}.svg").read_bytes()
            image = Image(title=title, credit=CREDIT, file=ContentFile(drawing, f"{name}.svg"))
            image.file_size = len(drawing)
            image.save()
            self.pictures[name] = image
        return self.pictures[name]

    def _html(self, html: str) -> str:
        for slug, page in self.pages.items():
            html = html.replace(f'<a href="page:{slug}">', f'<a linktype="page" id="{page.pk}">')
        return html

    def _block(self, block: dict[str, Any]) -> tuple[str, Any]:
        kind = block["kind"]
        match kind:
            case "paragraph":
                return kind, self._html(block["html"])
            case "picture":
                return kind, {
                    "image": self._picture(block["picture"]),
                    "alt_text": block["alt"],
                    "decorative": False,
                    "caption": block.get("caption", ""),
                }
            case "contact":
                return kind, {"contact": self.facts.contacts[block["contact"]]}
            case "links":
                return kind, {"heading": block.get("heading", ""), "links": [self._link(row) for row in block["links"]]}
            case "call_to_action":
                return kind, {"text": block.get("text", ""), "label": block["label"], **self._target(block)}
            case "accordion":
                items = [{"title": row["title"], "text": self._html(row["html"])} for row in block["items"]]
                return kind, {"items": items}
            case "facts":
                return kind, {"heading": block.get("heading", ""), "items": block["items"]}
            case _:
                return kind, {key: value for key, value in block.items() if key != "kind"}

    def _link(self, row: dict[str, str]) -> dict[str, Any]:
        return {"title": row["title"], "note": row.get("note", ""), **self._target(row)}

    def _target(self, row: dict[str, str]) -> dict[str, Any]:
        return {"page": self.pages.get(row.get("page", "")), "url": row.get("url", "")}
