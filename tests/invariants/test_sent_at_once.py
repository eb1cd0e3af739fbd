"""The same form eight times at the same moment, on eight real connections: one act, and the same answer to each."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from cms.mail.letters import Letter
from dates.models import EventPage
from directory.models import Consent, Invitation, Membership
from home.barrier import BarrierReport
from tests import webpages
from tests.invariants import test_sent_twice as forms
from tests.invariants.test_sent_twice import Press, World, fields_of, form_in, sent

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="in memory there is one connection only")
PRESSES = 8


@pytest.fixture
def world(database_of_its_own: None) -> World:
    return forms.make_world()


def pressed_at_once(press: Press) -> list[tuple[Any, ...]]:
    first = Client(enforce_csrf_checks=True)
    if press.who is not None:
        first.force_login(press.who)
    shown, to = first.get(press.page), press.to or press.page
    data = {**fields_of(form_in(webpages.read(shown), press.page, to)), **press.typed}
    cookies = {name: morsel.value for name, morsel in first.cookies.items()}
    start = Barrier(PRESSES)

    def one(_number: int) -> tuple[Any, ...]:
        client = Client(enforce_csrf_checks=True)
        client.cookies.load(cookies)
        start.wait(60)
        try:
            return sent(client, to, data)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PRESSES) as pool:
        return list(pool.map(one, range(PRESSES)))


@pytest.mark.parametrize(
    ("name", "is_done_once"),
    [
        ("my_event_add", lambda world: EventPage.objects.filter(title="Lesung").count() == 1),
        ("my_event_copy", lambda world: EventPage.objects.sources().child_of(world.club).count() == 2),
        ("my_invitation", lambda world: Membership.objects.count() == 3 and Consent.objects.count() == 1),
        ("my_invitation, own account", lambda world: Membership.objects.count() == 3 and Consent.objects.count() == 1),
        ("my_colleagues", lambda world: Invitation.objects.count() == Letter.objects.count() == 1),
        ("my_remove", lambda world: Membership.objects.count() == 1),
        ("my_event_submit", lambda world: world.event.workflow_states.count() == 1),
        ("barrier", lambda world: BarrierReport.objects.count() == 1),
    ],
)
def test_what_is_pressed_eight_times_at_once_is_done_once(
    world: World, name: str, is_done_once: Callable[[World], bool]
) -> None:
    answers = pressed_at_once(forms.FORMS[name](world))
    assert answers[0][0] == 302
    assert len(set(answers)) == 1
    assert is_done_once(world)
