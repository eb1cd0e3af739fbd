"""Impatient fingers: the same form pressed again before the answer has come, on a running product."""

import http.client
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.product import Product
from tests.journeys.test_joining import PASSWORD, SMALL_PHONE, invite, link_in
from tests.smtp_sink import Sink

PRESSES = 8
IS_SENT = "form => [...new FormData(form)].map(([name, value]) => [name, String(value)])"


def pressed_at_once(page: Page, form: str) -> set[tuple[int, str]]:
    """What each press is answered with; the browser itself only shows the form and lends its cookies."""
    url = urlsplit(page.url)
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
    fields = urlencode([(name, value) for name, value in page.locator(form).evaluate(IS_SENT)])
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}

    def press(_number: int) -> tuple[int, str]:
        connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=120)
        connection.request("POST", url.path, fields, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers["Location"] or ""

    with ThreadPoolExecutor(PRESSES) as pool:
        return set(pool.map(press, range(PRESSES)))


def accepted(phone: Page, link: str, press: str = "tap") -> None:
    phone.goto(link)
    phone.locator("[name=name]").fill("Deniz")
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("[name=consent]").tap()
    getattr(phone.locator("main form button"), press)()
    expect(phone).to_have_url(re.compile(r"/ar/my/[0-9a-f-]{36}/$"))


def test_a_double_tap_on_accept_leads_to_the_own_page(
    staff: Callable[[str], Page], visitor: Callable[..., Page], product: Product, sink: Sink
) -> None:
    invite(staff, product, "zweimal@example.net", "ar")
    phone = visitor(java_script_enabled=False, **SMALL_PHONE)
    accepted(phone, link_in(sink, "zweimal@example.net", "my/invitation"), "dblclick")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("Beispielverein")


def test_an_event_that_is_sent_eight_times_at_once_is_one_event(
    staff: Callable[[str], Page], visitor: Callable[..., Page], product: Product, sink: Sink
) -> None:
    invite(staff, product, "achtmal@example.net", "ar")
    phone = visitor(**SMALL_PHONE)
    accepted(phone, link_in(sink, "achtmal@example.net", "my/invitation"))
    own = urlsplit(phone.url).path
    phone.goto(f"{own}events/add/")
    phone.locator("[name=title]").fill("Achtmal getippt")
    [(status, following)] = pressed_at_once(phone, "main form[enctype]")
    assert status == 302 and following.endswith("/when/")
    phone.goto(f"{own}events/")
    expect(phone.get_by_text("Achtmal getippt")).to_have_count(1)
