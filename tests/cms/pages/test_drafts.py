"""Drafts: begun without a change, and two people at the same moment, each over a connection of their own."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from wagtail.models import Page

from cms.pages import drafts
from directory.models import OrganisationPage
from directory.portal.contact import ContactForm
from tests import factories


@pytest.mark.django_db
def test_a_page_without_revision_gets_one_and_changes_by_nothing_else() -> None:
    page = factories.organisation(factories.directory(factories.municipality()), "Verein")
    for _ in range(2):
        drafts.start_editing(page)
    row = Page.objects.get(pk=page.pk)
    assert page.latest_revision_id == row.latest_revision_id is not None
    assert (row.revisions.count(), row.has_unpublished_changes, row.live) == (1, False, True)


def filled(page: OrganisationPage, **changes: str) -> ContactForm:
    """The form of ``page`` as somebody sends it who has opened it before the other one saved."""
    form = ContactForm(page=page)
    data = QueryDict(mutable=True)
    for name in form.fields:
        data[name] = str(form.initial.get(name) or "")
    data.update(changes)
    sent = ContactForm(data, page=page)
    assert sent.is_valid(), sent.errors
    return sent


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time anyway")
@pytest.mark.usefixtures("database_of_its_own")
@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        ({"email": "neu@verein.example"}, "saved"),
        ({"phone": "+4923318888"}, "conflict"),
        ({"phone": "+4923319999"}, "nothing to do"),
    ],
)
def test_of_two_at_once_nothing_is_lost(second: dict[str, str], outcome: str) -> None:
    page = factories.organisation(factories.directory(factories.municipality()), "Verein", phone="+4923312070")
    drafts.start_editing(page)
    one, two = factories.member(page), factories.member(page)
    first_form, second_form = filled(page, phone="+4923319999"), filled(page, **second)
    outcomes: list[str] = []

    def save_second() -> None:
        try:
            saved = drafts.save(page=page, form=second_form, user=two)
            outcomes.append("saved" if saved else "nothing to do")
        except drafts.Conflict as conflict:
            [difference] = conflict.differences
            outcomes.append("conflict")
            assert (difference.theirs, difference.yours) == ("+4923319999", "+4923318888")
        finally:
            connection.close()

    waiting = threading.Thread(target=save_second)
    with transaction.atomic():
        drafts.save(page=page, form=first_form, user=one)
        waiting.start()
        waiting.join(timeout=1)
        assert waiting.is_alive(), "the second has not waited for the first"
    waiting.join(timeout=20)

    assert outcomes == [outcome]
    draft: Any = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.phone == "+4923319999"
    assert draft.email == second.get("email", "")
