"""axe on every screen that members see, in German and Arabic, with and without errors."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.product import Product
from tests.journeys.test_accessibility import faults

MEMBER = "member@example.org"
OWN = (
    *(
        "",
        "about/",
        "contact/",
        "topics/",
        "address/",
        "hours/",
        "offers/",
        "pictures/",
        "events/",
        "events/add/",
        "calendar/",
        "embed/",
    ),
    *("colleagues/", "colleagues/leave/"),
)
ACCOUNT = ("", "password/", "email/", "delete/")
OPEN = ("my/login/", "my/password/", "my/register/")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_no_screen_of_a_member_has_a_barrier_that_axe_knows(
    visitor: Callable[..., Page], product: Product, language: str
) -> None:
    page = visitor(viewport={"width": 390, "height": 800})
    found = {}
    for name in OPEN:
        page.goto(f"/{language}/{name}")
        found[name] = faults(page)
    page.goto(f"/{language}/my/login/")
    page.locator("main form button").click()
    found["log-in with errors"] = faults(page)
    page.goto(f"/{language}/my/login/")
    page.locator("[name=username]").fill(MEMBER)
    page.locator("[name=password]").fill(product.password(MEMBER))
    page.locator("main form button").click()
    page.wait_for_url("**/my/*-*/")
    own = page.url
    for address in (*(own + name for name in OWN), *(f"/{language}/my/account/{name}" for name in ACCOUNT)):
        response = page.goto(address)
        assert response is not None and response.ok, address
        found[address] = faults(page)
    page.goto(f"{own}contact/")
    page.locator("[name=email]").fill("keine Adresse")
    page.locator("main form[enctype] button:not([name])").click()
    found["contact with errors"] = faults(page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
