"""Sessions in the admin: what is odd is said, nobody's change is undone, what was public is not deleted."""

from typing import Any

import pytest
from bs4 import Tag
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex

from cms.models import SiteSettings
from dates.council.session_changes import change
from dates.models import BodyName, CouncilBody, CouncilSession
from tests import factories, webpages
from tests.news.admin_forms import complaints

pytestmark = pytest.mark.django_db
FIRST, SECOND = factories.berlin(2027, 2, 2, 16), factories.berlin(2027, 3, 16, 16)


@pytest.fixture
def body(db: None) -> CouncilBody:
    body = factories.council_body()
    factories.council(factories.municipality(), body, slug="rat")
    return body


@pytest.fixture
def session(body: CouncilBody) -> CouncilSession:
    return factories.session(body, 1, FIRST, place=factories.place())


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.press())
    return client


def edit_address(session: CouncilSession) -> str:
    return reverse("sessions:edit", args=[session.pk])


def fields_at(client: Client, address: str, form: str = "#w-editor-form") -> dict[str, str]:
    """The fields of a form as the browser would send them when nothing is touched."""
    return sent_by(webpages.read(client.get(address)).select_one(form))


def sent_by(form: Tag | None) -> dict[str, str]:
    assert form is not None
    fields = {}
    for field in form.select(":is(input, select, textarea)[name]:not([disabled])"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            if chosen or not field.has_attr("multiple"):
                fields[str(field["name"])] = str(chosen["value"]) if chosen else ""
        elif field.name == "textarea":
            fields[str(field["name"])] = field.get_text()
        elif field.get("type") != "checkbox" or field.has_attr("checked"):
            fields[str(field["name"])] = str(field.get("value", "on" if field.get("type") == "checkbox" else ""))
    return fields


def save(client: Client, session: CouncilSession, **changes: Any) -> HttpResponse:
    address = edit_address(session)
    return client.post(address, {**fields_at(client, address), **changes})


def stored(session: CouncilSession) -> CouncilSession:
    return CouncilSession.objects.get(pk=session.pk)


def said(response: HttpResponse, kind: str) -> list[str]:
    """Messages of that kind on the page to which ``response`` leads."""
    return [webpages.text(each) for each in webpages.read(response).select(f".messages .{kind}")]


# The form


def test_the_form_saves_what_it_shows_unchanged(session: CouncilSession, editor: Client) -> None:
    assert save(editor, session).status_code == 302
    after = stored(session)
    assert (after.changed_at, after.sequence, after.overridden) == (session.changed_at, 0, [])
    assert not after.changes.exists()


def test_a_new_date_is_kept_with_its_history(session: CouncilSession, editor: Client) -> None:
    save(editor, session, start="16.03.2027 16:00")
    after = stored(session)
    assert (after.start, after.moved_from, after.overridden) == (SECOND, FIRST, ["start"])
    assert after.changes.get().by.email == "presse@example.org"


def test_a_typing_mistake_is_not_told(session: CouncilSession, editor: Client) -> None:
    save(editor, session, start="16.03.2027 16:00", is_correction="on")
    assert not stored(session).is_moved


def test_the_form_shows_what_was_changed(session: CouncilSession, editor: Client) -> None:
    save(editor, session, start="16.03.2027 16:00")
    table = webpages.read(editor.get(edit_address(session))).select_one("#w-editor-form table.listing")
    assert [time["datetime"][:10] for time in table.select("time")][:2] == ["2027-02-02", "2027-03-16"]


def test_who_saves_an_old_form_does_not_undo_what_happened_meanwhile(session: CouncilSession, editor: Client) -> None:
    old = fields_at(editor, edit_address(session))
    change(session=session, values={"start": SECOND}, origin="import")
    answer = editor.post(edit_address(session), {**old, "livestream_url": "https://live.example/"})
    assert answer.status_code == 200
    assert "16.03.2027" in complaints(answer)
    assert stored(session).start == SECOND
    assert 'value="https://live.example/"' in webpages.html(answer)


def test_who_has_seen_the_change_may_overrule_it(session: CouncilSession, editor: Client) -> None:
    old = fields_at(editor, edit_address(session))
    change(session=session, values={"start": SECOND}, origin="import")
    answer = editor.post(edit_address(session), old)
    again = sent_by(webpages.read(answer).select_one("#w-editor-form"))
    assert editor.post(edit_address(session), again).status_code == 302
    assert (stored(session).start, stored(session).overridden) == (FIRST, ["start"])


def test_the_body_of_a_session_stays(session: CouncilSession, editor: Client) -> None:
    save(editor, session, body=str(factories.council_body("anderer").pk))
    assert stored(session).body_id == session.body_id


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": "02.02.2027 15:00"},
        {"end": "02.02.2027 16:00"},
        {"end": "spät"},
        {"start": "02.02.0027 16:00"},
        {"start": "01.01.0001 00:00"},
        {"start": "31.12.9999 23:59"},
        {"number": "100"},
        {"number": "99999999999999999999"},
        {"livestream_url": "javascript:alert(1)"},
        {"interpreter_languages": "klingonisch"},
        {"openness": "halb"},
        {"place": "999999"},
    ],
    ids=lambda wrong: " ".join(*wrong.items()),
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    session: CouncilSession, editor: Client, wrong: dict[str, str]
) -> None:
    answer = save(editor, session, agenda_url="https://rat.example/typed", **wrong)
    assert answer.status_code == 200
    assert complaints(answer)
    assert "https://rat.example/typed" in webpages.html(answer)
    assert stored(session).changed_at == session.changed_at


def test_languages_of_interpreters_are_chosen(session: CouncilSession, editor: Client) -> None:
    save(editor, session, interpreters="yes", interpreter_languages=["ar", "tr"])
    assert stored(session).interpreter_languages == ["ar", "tr"]


# Warnings


def test_what_is_odd_is_saved_and_said(session: CouncilSession, editor: Client) -> None:
    answer = save(editor, session, start="06.05.2027 16:00")  # Ascension Day
    assert stored(session).start == factories.berlin(2027, 5, 6, 16)
    assert any("Christi Himmelfahrt" in text for text in said(editor.get(answer["Location"]), "warning"))


def test_a_good_date_causes_no_warning(session: CouncilSession, editor: Client) -> None:
    answer = save(editor, session, start="04.05.2027 16:00")
    assert said(editor.get(answer["Location"]), "warning") == []


def test_a_new_session_in_the_past_is_saved_and_said(body: CouncilBody, editor: Client) -> None:
    fields = fields_at(editor, reverse("sessions:add"))
    assert fields["body"] == str(body.pk)
    answer = editor.post(reverse("sessions:add"), {**fields, "number": "1", "start": "28.01.2025 16:00"})
    assert CouncilSession.objects.count() == 1
    assert len(said(editor.get(answer["Location"]), "warning")) == 1


def test_holidays_are_those_of_the_state_in_which_the_body_meets(session: CouncilSession, editor: Client) -> None:
    session.start = factories.berlin(2026, 11, 18, 16)  # the day of repentance, a holiday in Saxony alone
    session.save()
    for state, is_said in (("NW", False), ("SN", True)):
        SiteSettings.objects.update(federal_state=state)
        for address in (edit_address(session), reverse("sessions:index")):
            assert ("Buß- und Bettag" in webpages.html(editor.get(address))) == is_said


def test_the_list_shows_years_dates_and_warnings(session: CouncilSession, body: CouncilBody, editor: Client) -> None:
    factories.session(body, 3, SECOND)
    factories.session(body, 1, factories.berlin(2025, 1, 28, 16), status="withdrawn", is_public=False)
    shown = webpages.read(editor.get(reverse("sessions:index")))
    assert [webpages.text(year) for year in shown.select(".nice-padding > h2")] == ["2027", "2025"]
    rows = [[webpages.text(cell) for cell in row.select("th, td")] for row in shown.select("tbody tr")]
    assert [row[0] for row in rows] == ["1/2027", "3/2027", "1/2025"]
    assert rows[0][1].startswith("Dienstag, 2. Februar 2027")
    assert [bool(row[4]) for row in rows] == [False, True, False]


def test_the_list_can_be_narrowed_to_a_body(session: CouncilSession, editor: Client) -> None:
    other = factories.council_body("anderer", de="Anderer Rat")
    factories.session(other, 7, SECOND)
    shown = webpages.html(editor.get(reverse("sessions:index"), {"body": other.pk}))
    assert ("7/2027" in shown, "1/2027" in shown) == (True, False)


def test_thirty_sessions_need_as_many_queries_as_three(body: CouncilBody, editor: Client) -> None:
    def queries(numbers: range) -> int:
        for number in numbers:
            factories.session(body, number, factories.berlin(2027, 1, number, 16), place=factories.place(f"o-{number}"))
        editor.get(reverse("sessions:index"))
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(reverse("sessions:index")).status_code == 200
        return len(captured)

    assert queries(range(1, 4)) == queries(range(4, 31))


# Deleting


def test_what_visitors_have_seen_is_not_deleted(session: CouncilSession, editor: Client) -> None:
    address = reverse("sessions:delete", args=[session.pk])
    for answer in (editor.get(address), editor.post(address)):
        assert answer["Location"] == edit_address(session)
    assert stored(session)
    assert said(editor.get(edit_address(session)), "error")


@pytest.mark.parametrize("fields", [{"is_public": False}, {"is_example": True}], ids=["hidden", "example"])
def test_what_nobody_relies_on_is_deleted_after_asking(
    body: CouncilBody, editor: Client, fields: dict[str, bool]
) -> None:
    session = factories.session(body, 1, FIRST, **fields)
    address = reverse("sessions:delete", args=[session.pk])
    assert editor.get(address).status_code == 200
    assert CouncilSession.objects.count() == 1
    editor.post(address)
    assert not CouncilSession.objects.exists()


def test_a_body_with_sessions_is_not_deleted(session: CouncilSession, editor: Client) -> None:
    assert editor.post(reverse("bodies:delete", args=[session.body_id])).status_code in (302, 403)
    assert CouncilBody.objects.filter(pk=session.body_id).exists()


def test_a_body_is_not_deleted_before_the_index_of_references_knows_its_sessions(
    session: CouncilSession, editor: Client
) -> None:
    ReferenceIndex.objects.all().delete()
    address = reverse("bodies:delete", args=[session.body_id])
    assert "Ja, löschen" not in webpages.html(editor.get(address))
    editor.post(address)
    assert CouncilBody.objects.filter(pk=session.body_id).exists()


def test_a_body_without_sessions_is_deleted(body: CouncilBody, editor: Client) -> None:
    address = reverse("bodies:delete", args=[body.pk])
    assert "Ja, löschen" in webpages.html(editor.get(address))
    assert editor.post(address).status_code == 302
    assert not CouncilBody.objects.filter(pk=body.pk).exists()


# Bodies


def test_a_body_gets_legal_names_with_their_days(body: CouncilBody, editor: Client) -> None:
    address = reverse("bodies:edit", args=[body.pk])
    shown = fields_at(editor, address)
    row = {"legal_names-TOTAL_FORMS": "1", "legal_names-0-id": "", "legal_names-0-ORDER": "1"}
    row |= {"legal_names-0-name_de": "Ausschuss", "legal_names-0-valid_from": "01.11.2025"}
    answer = editor.post(address, {**shown, **row, "legal_names-0-valid_until": "31.10.2025"})
    assert answer.status_code == 200
    assert complaints(answer)
    assert editor.post(address, {**shown, **row, "legal_names-0-valid_until": ""}).status_code == 302
    assert str(BodyName.objects.get().valid_from) == "2025-11-01"


# A year copied


def copy_address(**query: Any) -> str:
    return reverse("sessions:copy_year", query=query) if query else reverse("sessions:copy_year")


@pytest.fixture
def year(body: CouncilBody) -> list[CouncilSession]:
    place = factories.place()
    days = ((1, 2, 4), (2, 3, 18), (3, 5, 13))
    return [
        factories.session(
            body,
            number,
            factories.berlin(2025, month, day, 16),
            end=factories.berlin(2025, month, day, 18),
            place=place,
            interpreters="yes",
            livestream_url="https://live.example/",
        )
        for number, month, day in days
    ]


def proposed(client: Client, **query: Any) -> dict[str, str]:
    """What the browser would send when nothing is corrected."""
    return fields_at(client, copy_address(**query), ".year-copy-form")


def test_the_same_weekday_of_the_same_week_is_proposed_and_taken_over_unseen(
    year: list[CouncilSession], editor: Client
) -> None:
    assert editor.post(copy_address(), proposed(editor)).status_code == 302
    made = list(CouncilSession.objects.in_year(2026))
    assert [(each.number, f"{each.start:%A %d.%m.%Y %H:%M}") for each in made] == [
        (1, "Tuesday 03.02.2026 15:00"),
        (2, "Tuesday 17.03.2026 15:00"),
        (3, "Tuesday 12.05.2026 14:00"),  # summer time; printed in UTC
    ]
    for each, model in zip(made, year, strict=True):
        assert (each.status, each.is_public, each.livestream_url) == ("planned", False, "")
        assert (each.place, each.interpreters) == (model.place, "yes")
        assert each.end - each.start == model.end - model.start
        assert each.uid != model.uid
    assert ModelLogEntry.objects.filter(action="wagtail.create").count() == 3


def test_cancelled_sessions_are_offered_but_not_ticked(year: list[CouncilSession], editor: Client) -> None:
    CouncilSession.objects.filter(pk=year[1].pk).update(status="cancelled")
    fields = proposed(editor)
    assert f"session-{year[1].pk}-number" in fields
    assert f"session-{year[1].pk}-is_taken" not in fields
    editor.post(copy_address(), fields)
    assert [each.number for each in CouncilSession.objects.in_year(2026)] == [1, 3]


def test_only_ticked_rows_are_taken_over(year: list[CouncilSession], editor: Client) -> None:
    fields = proposed(editor)
    del fields[f"session-{year[1].pk}-is_taken"]
    fields[f"session-{year[1].pk}-start"] = "Unsinn"
    editor.post(copy_address(), {**fields, f"session-{year[2].pk}-is_public": "on"})
    made = CouncilSession.objects.in_year(2026)
    assert [(each.number, each.is_public) for each in made] == [(1, False), (3, True)]


def test_corrected_rows_keep_their_length(year: list[CouncilSession], editor: Client) -> None:
    fields = proposed(editor)
    fields[f"session-{year[0].pk}-start"] = "10.02.2026 17:00"
    editor.post(copy_address(), fields)
    first = CouncilSession.objects.in_year(2026)[0]
    assert (first.start, first.end) == (factories.berlin(2026, 2, 10, 17), factories.berlin(2026, 2, 10, 19))


@pytest.mark.parametrize(
    ("field", "value"),
    [("start", "bald"), ("start", ""), ("number", "2"), ("number", "0"), ("start", "01.01.0001 00:00")],
)
def test_one_wrong_row_stops_all_and_nothing_typed_is_lost(
    year: list[CouncilSession], editor: Client, field: str, value: str
) -> None:
    fields = {**proposed(editor), f"session-{year[2].pk}-start": "19.05.2026 16:30"}
    answer = editor.post(copy_address(), {**fields, f"session-{year[0].pk}-{field}": value})
    assert answer.status_code == 200
    shown = webpages.read(answer)
    assert shown.select(".error-message")
    assert shown.select_one(f"[name=session-{year[2].pk}-start]")["value"] == "19.05.2026 16:30"
    assert not CouncilSession.objects.in_year(2026)


def test_numbers_that_the_new_year_has_are_not_ticked(
    year: list[CouncilSession], body: CouncilBody, editor: Client
) -> None:
    factories.session(body, 2, factories.berlin(2026, 3, 3, 16))
    fields = proposed(editor, body=body.pk, old_year=2025, new_year=2026)
    ticked = [name for name in fields if name.endswith("is_taken")]
    assert len(ticked) == 2
    answer = editor.post(
        copy_address(body=body.pk, old_year=2025, new_year=2026), {**fields, f"session-{year[1].pk}-is_taken": "on"}
    )
    assert webpages.read(answer).select(".error-message")
    assert CouncilSession.objects.in_year(2026).count() == 1


def test_holidays_are_named_beside_the_proposal(body: CouncilBody, editor: Client) -> None:
    factories.session(body, 1, factories.berlin(2025, 5, 15, 16))  # Thursday of week 20: Ascension Day of 2026
    query = {"body": body.pk, "old_year": 2025, "new_year": 2026}
    assert "Christi Himmelfahrt" in webpages.html(editor.get(copy_address(**query)))
    assert "Christi Himmelfahrt" not in webpages.html(editor.get(copy_address(**{**query, "new_year": 2027})))


@pytest.mark.parametrize(
    "query",
    [
        {"body": "x", "old_year": "2025", "new_year": "2026"},
        {"body": "1", "old_year": "", "new_year": "0"},
        {"body": "999", "old_year": "99999999999", "new_year": "-1"},
    ],
)
def test_a_choice_that_makes_no_sense_is_explained(body: CouncilBody, editor: Client, query: dict[str, str]) -> None:
    for answer in (editor.get(copy_address(**query)), editor.post(copy_address(**query))):
        assert answer.status_code == 200
        assert webpages.read(answer).select(".error-message")


def test_without_any_body_there_is_nothing_to_copy(editor: Client) -> None:
    factories.municipality()
    assert editor.get(copy_address()).status_code == 200


@pytest.mark.parametrize("role", ["ki", "member"])
def test_only_who_keeps_sessions_copies_them(year: list[CouncilSession], client: Client, role: str) -> None:
    if role == "member":
        site = factories.municipality("B", hostname="b.localhost")
        client.force_login(factories.member(factories.organisation(factories.directory(site))))
    else:
        client.force_login(factories.ki())
    assert client.post(copy_address(), {f"session-{year[0].pk}-is_taken": "on"}).status_code in (302, 403)
    assert CouncilSession.objects.count() == 3
