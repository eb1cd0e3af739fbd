"""A volunteer's whole year on a phone without script, in one go, in no more taps than a person has patience for.

Invitation, opening hours, an offer, a weekly event that leaves out public holidays, one of its dates moved and one
cancelled, everything sent; then the press office approves, visitors read it in ten languages, and calendars that had
subscribed know of it.
"""

import datetime as dt
import re
import urllib.request
from collections.abc import Callable
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from dateutil.easter import easter
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from cms.localization import formats, languages
from tests.journeys.product import Product
from tests.journeys.test_accessibility import faults
from tests.journeys.test_joining import invite, link_in
from tests.smtp_sink import Sink

SMALL = {"width": 360, "height": 740}
MOST_TAPS = 25
BERLIN = ZoneInfo("Europe/Berlin")

ADD = """
from directory.models import DirectoryPage, OrganisationPage
index = DirectoryPage.objects.sources().get()
page = OrganisationPage(title={title!r}, slug={slug!r}, locale=index.locale, live=False)
index.add_child(instance=page)
page.save_revision().publish()
"""


class Volunteer:
    """A person with a phone. Each tap counts: on a link, a button, a box to tick, a list that opens. Typing does not.

    Every screen on the way fits the phone, leads on, and has no barrier; ``eyes`` see it with script, for axe.
    """

    def __init__(self, phone: Page, eyes: Page) -> None:
        self.phone, self.eyes, self.taps = phone, eyes, 0
        self.barriers: dict[str, list[str]] = {}

    def open(self, address: str) -> None:
        self.phone.goto(address)
        self.look()

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def go(self, what: Locator) -> None:
        """A tap that leads to another screen."""
        with self.phone.expect_navigation():
            self.tap(what)
        self.look()

    def choose(self, what: Locator, value: str) -> None:
        self.taps += 1
        what.select_option(value)

    def fill(self, name: str, value: str) -> None:
        self.phone.locator(f"[name={name}]").fill(value)

    @property
    def save(self) -> Locator:
        return self.phone.locator("main form[enctype] button:not([name])")

    def look(self) -> None:
        assert self.phone.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], self.phone.url
        assert self.phone.locator("main :is(a, button)").count(), f"{self.phone.url} is a dead end"
        self.eyes.context.add_cookies(self.phone.context.cookies())  # type: ignore[arg-type]
        self.eyes.goto(self.phone.url)
        if found := faults(self.eyes):
            self.barriers[self.phone.url] = found


HOLIDAY = easter(dt.date.today().year + 1) + dt.timedelta(39)
"""Ascension Day, always a Thursday: the weekly event leaves it out."""
FIRST, MOVED, CANCELLED, LATER = (HOLIDAY + dt.timedelta(days) for days in (-14, -7, 7, 14))
MOVED_TO = MOVED + dt.timedelta(1)


def at(day: dt.date, hour: int = 17) -> str:
    return f"{day.isoformat()}T{hour:02}:00"


@pytest.fixture
def volunteer(visitor: Callable[..., Page], language: str) -> Volunteer:
    wishes = {"viewport": SMALL, "has_touch": True, "is_mobile": True, "locale": language}
    return Volunteer(visitor(java_script_enabled=False, **wishes), visitor(**wishes))


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_from_the_invitation_to_a_subscribers_calendar(
    volunteer: Volunteer,
    visitor: Callable[..., Page],
    staff: Callable[[str], Page],
    product: Product,
    sink: Sink,
    language: str,
) -> None:
    slug, title, event = f"naehstube-{language}", f"Nähstube {language}", f"Nähen am Donnerstag {language}"
    email = f"naehen-{language}@example.net"
    product.manage("shell", "--no-imports", "--command", ADD.format(title=title, slug=slug))
    invite(staff, product, email, language, slug)

    come_in(volunteer, link_in(sink, email, "my/invitation"))
    say_when_somebody_is_there(volunteer)
    say_what_is_on_every_week(volunteer)
    plan(volunteer, event)
    move_one_date_and_cancel_one(volunteer)
    send(volunteer)
    assert volunteer.taps <= MOST_TAPS
    assert volunteer.barriers == {}

    approve_all(staff("press@example.org"), title)
    for each in languages.LANGUAGES:
        read(visitor(viewport=SMALL, locale=each.code), each.code, slug, event)
    address = subscription(visitor(), slug, event)
    subscribed(address)


def come_in(volunteer: Volunteer, link: str) -> None:
    volunteer.open(link)
    volunteer.fill("name", "Ayşe Yılmaz")
    volunteer.fill("password", "uc kelime yan yana")
    volunteer.tap(volunteer.phone.locator("[name=consent]"))
    volunteer.go(volunteer.phone.locator("main form button"))
    expect(volunteer.phone.locator(".parts")).to_be_visible()


def say_when_somebody_is_there(volunteer: Volunteer) -> None:
    volunteer.go(volunteer.phone.locator(".parts a[href$='/hours/']"))
    today = volunteer.phone.locator(f"#day-{dt.datetime.now(BERLIN).isoweekday()}")
    today.locator("[name^=opens_]").first.fill("00:00")
    today.locator("[name^=closes_]").first.fill("23:59")
    volunteer.go(volunteer.save)


def say_what_is_on_every_week(volunteer: Volunteer) -> None:
    volunteer.go(volunteer.phone.locator(".parts a[href$='/offers/']"))
    row = volunteer.phone.locator("fieldset[id^=offers-]").last
    row.locator("[name$=-what]").fill("Erzählcafé")
    volunteer.choose(row.locator("[name$=-weekday]"), "6")
    row.locator("[name$=-starts]").fill("15:00")
    volunteer.go(volunteer.save)


def plan(volunteer: Volunteer, title: str) -> None:
    phone = volunteer.phone
    volunteer.go(phone.locator("main a[href$='/events/']").first)
    volunteer.go(phone.locator("main a[href$='/events/add/']"))
    volunteer.fill("title", title)
    volunteer.fill("lead", "Wir nähen zusammen.")
    volunteer.go(volunteer.save)
    volunteer.fill("start", at(FIRST))
    volunteer.fill("end", at(FIRST, 19))
    volunteer.choose(phone.locator("[name=repeat_pattern]"), "WEEKLY")
    volunteer.tap(phone.locator("details:has([name=skips_public_holidays]) > summary"))
    volunteer.tap(phone.locator("[name=skips_public_holidays]"))
    volunteer.go(volunteer.save)
    volunteer.fill("place_name", "Vereinsraum, Musterstraße 1")
    volunteer.go(volunteer.save)
    volunteer.fill("for_whom", "Für alle")
    volunteer.go(volunteer.save)


def move_one_date_and_cancel_one(volunteer: Volunteer) -> None:
    phone = volunteer.phone
    volunteer.go(phone.locator("main a[href$='/dates/']"))
    expect(phone.locator(f"main a[href='?day={HOLIDAY}']")).to_have_count(0)
    volunteer.go(phone.locator(f"main a[href='?day={MOVED}']"))
    volunteer.fill("new_start", at(MOVED_TO))
    volunteer.fill("new_end", at(MOVED_TO, 19))
    volunteer.go(phone.locator("button[value=move]"))
    volunteer.go(phone.locator(f"main a[href='?day={CANCELLED}']"))
    volunteer.go(phone.locator("button[value=cancel]"))


def send(volunteer: Volunteer) -> None:
    phone = volunteer.phone
    volunteer.go(phone.locator(".crumbs a").last)
    volunteer.go(phone.locator("main a[href$='/submit/']"))
    for said in ("00:00–23:59", "Erzählcafé", "Nähen am Donnerstag"):
        expect(phone.locator("main")).to_contain_text(said)
    volunteer.go(phone.locator("main form.call button"))
    expect(phone.locator("form[action$='/withdraw/']")).to_have_count(1)
    expect(phone.locator("main a[href$='/submit/']")).to_have_count(0)


def approve_all(press: Page, organisation: str) -> None:
    for _each in range(2):
        press.goto("/admin/organisations/review/")
        press.locator(".rv-list li", has_text=organisation).first.get_by_role("link").first.click()
        press.locator("button[value=approve]").click()
        expect(press.locator(".messages")).to_be_visible()


def read(guest: Page, code: str, slug: str, event: str) -> None:
    """What visitors find: the words with a notice that they are German, the facts in their own language."""
    with translation.override(code):
        is_open = translation.gettext("Open today until %(time)s") % {"time": "23:59"}
        moved_to, cancelled = (formats.full_date(day) for day in (MOVED_TO, CANCELLED))
        away = translation.pgettext("event", "Cancelled")
    guest.goto(f"/{code}/organisationen/{slug}/")
    expect(guest.locator(".opening .open-state")).to_have_text(is_open)
    expect(guest.locator("main")).to_contain_text("Erzählcafé")
    guest.locator("main a", has_text=event).first.click()
    main = guest.locator("main")
    expect(main).to_contain_text(event)
    dates = main.locator(".list > li")
    expect(dates.filter(has_text=moved_to)).to_have_count(1)
    expect(dates.filter(has_text=cancelled)).to_contain_text(away)
    if code not in ("de", "de-simple"):
        expect(guest.locator("main > .notice, main .notice").first).to_be_visible()
    assert guest.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], guest.url


def subscription(guest: Page, slug: str, event: str) -> str:
    """The address that a calendar program asks again and again."""
    guest.goto(f"/tr/organisationen/{slug}/")
    guest.locator("main a", has_text=event).first.click()
    guest.wait_for_url(re.compile(r"/naehen-am-donnerstag"))
    return guest.locator("#calendar-address").input_value()


def subscribed(address: str) -> None:
    """The rule, its day without, the date that was moved and the one that was cancelled; read by two libraries."""
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
        content = answer.read()
    events = vobject.readOne(content.decode()).vevent_list
    [series] = [each for each in events if "recurrence-id" not in each.contents]
    assert series.rrule.value.startswith("FREQ=WEEKLY")
    left_out = [moment.date() for line in series.contents["exdate"] for moment in line.value]
    assert HOLIDAY in left_out
    single = {each.recurrence_id.value.date(): each for each in events if "recurrence-id" in each.contents}
    assert set(single) == {MOVED, CANCELLED}
    assert single[CANCELLED].status.value == "CANCELLED"
    assert single[MOVED].dtstart.value.date() == MOVED_TO

    calendar = icalendar.Calendar.from_ical(content)
    found = recurring_ical_events.of(calendar).between(FIRST, LATER + dt.timedelta(1))
    days = {each["DTSTART"].dt.date(): str(each.get("STATUS", "")) for each in found}
    assert set(days) == {FIRST, MOVED_TO, CANCELLED, LATER}
    assert [day for day, status in days.items() if status == "CANCELLED"] == [CANCELLED]
