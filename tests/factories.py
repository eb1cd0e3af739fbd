"""Small content for tests, made directly through the models. Production code never imports this."""

import datetime as dt
from io import BytesIO
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image as Canvas
from wagtail.models import Locale, Page, Site

from cms.accounts import User, roles
from cms.localization import languages, locales
from cms.media import Image
from cms.pages.base_page import BasePage
from cms.pages.contacts import ContactPoint
from cms.routing.site_settings import SiteSettings
from dates.models import CouncilBody, CouncilPage, CouncilSession, EventIndexPage, EventPage, Place
from directory.members import membership
from directory.models import DirectoryPage, District, OrganisationPage, SpokenLanguage, Topic
from home.models import ContentPage, HomePage, Step, StepByStepPage
from news.models import NewsIndexPage, NewsPage

BERLIN = ZoneInfo("Europe/Berlin")
PASSWORD = "correct horse battery"  # noqa: S105
_number = count(1)


# Sites and pages


def municipality(name: str = "Miteinander in Musterstadt", *, hostname: str = "", **settings: Any) -> Site:
    """A site with its home page and settings; without a host name the one that answers every address."""
    root = Page.get_first_root_node()
    slug = f"home-{next(_number)}"
    home = HomePage(title=name, slug=slug, welcome=f"Willkommen in {name}", **_published())
    root.add_child(instance=home)
    if hostname:
        site = Site.objects.create(hostname=hostname, root_page=home, site_name=name)
    else:
        site, _ = Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": name}
        )
    SiteSettings.objects.create(site=site, **{"name": name, "barrier_report_email": "barrier@example.org", **settings})
    return site


def page(parent: Page | Site, model: type[BasePage], title: str, *, live: bool = True, **fields: Any) -> Any:
    """A page of ``model`` below ``parent`` (a site means its home page), published unless ``live`` is False."""
    parent = parent.root_page if isinstance(parent, Site) else parent
    fields = {"slug": slugify(title) or f"seite-{next(_number)}", **_published(live), **fields}
    made = model(title=title, **fields)
    Page.objects.get(pk=parent.pk).add_child(instance=made)
    return model.objects.get(pk=made.pk)


def _published(live: bool = True) -> dict[str, Any]:
    now = timezone.now()
    fields: dict[str, Any] = {"locale_id": locales.id_of(languages.SOURCE), "live": live}
    return {**fields, "first_published_at": now, "last_published_at": now} if live else fields


def content(parent: Page | Site, title: str = "Über uns", **fields: Any) -> ContentPage:
    return page(parent, ContentPage, title, **fields)


def step_by_step(parent: Page | Site, title: str, *steps: dict[str, Any], **fields: Any) -> StepByStepPage:
    """A way of ``steps``, each given by its fields; without a title it is called by its number."""
    made = page(parent, StepByStepPage, title, **fields)
    for number, step in enumerate(steps, start=1):
        words = {"title": f"Schritt {number}", **step}
        Step.objects.create(step_by_step=made, locale_id=made.locale_id, sort_order=number, **words)
    return StepByStepPage.objects.get(pk=made.pk)


def news_index(parent: Page | Site, title: str = "Aktuelles", **fields: Any) -> NewsIndexPage:
    return page(parent, NewsIndexPage, title, show_in_menus=True, **fields)


def article(index: NewsIndexPage, title: str = "Ein Artikel", **fields: Any) -> NewsPage:
    return page(index, NewsPage, title, **{"lead": f"Der Anfang von {title}", **fields})


def directory(parent: Page | Site, title: str = "Organisationen", **fields: Any) -> DirectoryPage:
    return page(parent, DirectoryPage, title, show_in_menus=True, **fields)


def organisation(index: DirectoryPage, title: str = "Ein Verein e.V.", **fields: Any) -> OrganisationPage:
    """An organisation; ``topics`` and ``languages_spoken`` are given as keys and codes."""
    topics, spoken = fields.pop("topics", ()), fields.pop("languages_spoken", ())
    made = page(index, OrganisationPage, title, **fields)
    if topics or spoken:
        made.topics = [topic(key) for key in topics]
        made.languages_spoken = list(SpokenLanguage.objects.filter(code__in=spoken))
        made.save()
    return OrganisationPage.objects.get(pk=made.pk)


def topic(key: str, **names: str) -> Topic:
    return Topic.objects.get_or_create(key=key, defaults={"name": names or {"de": key.title()}})[0]


def district(site: Site, key: str, name: str = "") -> District:
    return District.objects.get_or_create(site=site, key=key, defaults={"name": name or key.title()})[0]


def place(key: str = "rathaus", **fields: Any) -> Place:
    return Place.objects.create(key=key, **{"name": {"de": "Rathaus"}, **fields})


def council_body(key: str = "rat", **names: str) -> CouncilBody:
    return CouncilBody.objects.create(key=key, name=names or {"de": "Integrationsrat"})


def council(parent: Page | Site, body: CouncilBody, title: str = "Integrationsrat", **fields: Any) -> CouncilPage:
    return page(parent, CouncilPage, title, council=body, show_in_menus=True, **fields)


def session(body: CouncilBody, number: int = 1, start: dt.datetime | None = None, **fields: Any) -> CouncilSession:
    return CouncilSession.objects.create(body=body, number=number, start=start or berlin(2025, 1, 28, 16), **fields)


def event_index(parent: Page | Site, title: str = "Termine", **fields: Any) -> EventIndexPage:
    return page(parent, EventIndexPage, title, show_in_menus=True, **fields)


def event(index: EventIndexPage, title: str = "Ein Fest", start: dt.datetime | None = None, **fields: Any) -> EventPage:
    return page(index, EventPage, title, start=start or timezone.now() + dt.timedelta(days=7), **fields)


def translated(source: BasePage, language: str, *, live: bool = True, **words: Any) -> Any:
    """The translation of ``source`` with these ``words``; parents without one become aliases, as Wagtail does it."""
    model = type(source)
    locale = Locale.objects.get(language_code=language)
    found = model.objects.filter(translation_key=source.translation_key, locale=locale).first()
    made = found or model.objects.get(pk=source.pk).copy_for_translation(locale, copy_parents=True)
    made.alias_of = None
    made.live = live
    made.first_published_at = made.last_published_at = timezone.now() if live else None
    for name, value in words.items():
        setattr(made, name, value)
    made.save()
    return model.objects.get(pk=made.pk)


def berlin(*moment: int) -> dt.datetime:
    return dt.datetime(*moment, tzinfo=BERLIN)  # type: ignore[misc,arg-type]


# Records


def contact(key: str = "ki", **fields: Any) -> ContactPoint:
    return ContactPoint.objects.create(key=key, **{"office": {"de": "Integrationszentrum"}, **fields})


def picture(title: str = "Ein Bild", credit: str = "Foto: Stadt Musterstadt", **fields: Any) -> Image:
    buffer = BytesIO()
    Canvas.new("RGB", (64, 48), "teal").save(buffer, "PNG")
    return Image.objects.create(
        title=title, credit=credit, file=ImageFile(BytesIO(buffer.getvalue()), f"bild-{next(_number)}.png"), **fields
    )


# People


def person(email: str = "", *groups: str | Group, **fields: Any) -> User:
    """Somebody in these ``groups``: keys of roles, or groups that are none."""
    user = User.objects.create_user(email or f"person-{next(_number)}@example.org", PASSWORD, **fields)
    user.groups.set(each if isinstance(each, Group) else Group.objects.get(role__key=each) for each in groups)
    return user


def press() -> User:
    return person("presse@example.org", roles.PRESS)


def ki() -> User:
    return person("ki@example.org", roles.KI)


def translator(language: str) -> User:
    return person(f"translator-{language}@example.org", roles.translators(language))


def member(of: OrganisationPage) -> User:
    user = person()
    membership.join(organisation=of, user=user)
    return user


def administrator() -> User:
    return person("admin@example.org", roles.ADMINISTRATORS, is_superuser=True)
