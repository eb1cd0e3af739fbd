"""Files go out and come back through the admin; what they bring is a draft."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.accounts import roles
from tests import factories
from tests.translations import content
from tests.translations.machine import provider_stub
from translations import publishing
from translations.exchange import document as exchanged
from translations.exchange import files, store
from translations.exchange.merging import Verdict

pytestmark = pytest.mark.django_db
FORMATS = ("po", "xliff-1.2", "xliff-2.0")


def logged_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def arabic(source: str, mark: str = "") -> str:
    """Arabic letters with the tags and numbers of the German text."""
    return provider_stub.translation(source, "ar") + mark


def stored(page: object, code: str = "ar") -> dict[str, tuple[str, str]]:
    return {segment.source: (segment.target, segment.made_by) for segment in content.segments(page, code)}


def file_of(page: object, words: dict[str, str], state: str = exchanged.TRANSLATED, fmt: str = "po") -> bytes:
    """A file that came back with these words by German text; it says when it was taken away."""
    document = store.to_document(store.read_pages([page], "ar"), "ar")
    segments = tuple(
        exchanged.Segment(s.page, s.context, s.source, words[s.source], state)
        for s in document.segments
        if s.source in words
    )
    return files.write(exchanged.Document("ar", segments, {}, document.made_at), format=fmt)


def decide(client: Client, answer: object, *numbers: int) -> object:
    """Ticks rows of the page that an upload has led to, and presses the button."""
    form = {"decided": answer.context["token"], "take": [str(number) for number in numbers]}
    return client.post("/admin/translations/ar/file/", form)


def verdicts(answer: object) -> list[str]:
    return [str(finding.verdict) for finding in answer.context["report"].findings]


def out(client: Client, page: object, fmt: str, code: str = "ar") -> bytes:
    answer = client.get(f"/admin/translations/{code}/file/out/?format={fmt}&page={page.pk}")
    assert answer.status_code == 200
    return answer.content


def back(client: Client, file: bytes, code: str = "ar", **fields: str) -> object:
    upload = SimpleUploadedFile("back.po", file)
    return client.post(f"/admin/translations/{code}/file/", {"file": upload, **fields})


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_page_goes_out_is_translated_and_comes_back_as_a_draft(fmt):
    page = content.article()
    client = logged_in(factories.press())
    document = files.read(out(client, page, fmt))
    assert [segment.source for segment in document.segments] == [segment.source for segment in content.segments(page)]
    filled = exchanged.Document(
        "ar",
        tuple(
            exchanged.Segment(s.page, s.context, s.source, arabic(s.source), exchanged.TRANSLATED)
            for s in document.segments
        ),
        document.titles,
        document.made_at,
    )
    answer = back(client, files.write(filled, format=fmt))
    assert answer.context["problems"] == []
    assert [s.target for s in content.segments(page)] == [arabic(s.source) for s in document.segments]
    twin = content.translation(page)
    assert not twin.live
    assert twin.get_latest_revision_as_object().title == arabic("Ein Fest")


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_goes_out_and_comes_back_untouched_changes_nothing(fmt):
    page = content.article()
    content.published(page)
    client = logged_in(content.reviewer())
    before = [(s.place, s.target, s.made_by) for s in content.segments(page)]
    latest = content.translation(page).latest_revision_id
    answer = back(client, out(client, page, fmt))
    assert answer.context["problems"] == []
    assert [(s.place, s.target, s.made_by) for s in content.segments(page)] == before
    assert content.translation(page).latest_revision_id == latest


def test_everything_there_is_to_do_goes_out_together():
    page = content.article()
    content.published(page, "ar")
    client = logged_in(content.reviewer())
    document = files.read(client.get("/admin/translations/tr/file/out/?format=po").content)
    assert str(page.translation_key) in {segment.page for segment in document.segments}
    assert document.language == "tr"


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04", b"<html></html>", "übrig".encode("latin-1"), b"{}"])
def test_a_file_that_is_none_is_refused_in_words(file):
    client = logged_in(factories.press())
    content.article()
    answer = back(client, file)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_a_file_of_another_language_is_refused():
    page = content.article()
    client = logged_in(factories.press())
    answer = back(client, out(client, page, "po", "tr"), "ar")
    assert answer.context["form"].errors["file"]


def test_a_lost_link_is_named_and_the_rest_is_stored():
    page = content.article()
    content.publish_german(page, body=[("paragraph", '<p>Mehr <a href="https://example.org">hier</a>.</p>')])
    client = logged_in(factories.press())
    document = store.to_document(store.read_pages([page], "ar"), "ar")
    broken = tuple(
        exchanged.Segment(s.page, s.context, s.source, arabic(s.source.replace('<a id="a1">hier</a>', "hier")))
        for s in document.segments
    )
    file = files.write(exchanged.Document("ar", broken, {}, document.made_at), format="xliff-1.2")
    answer = back(client, file)
    (problem,) = answer.context["problems"]
    assert "a1" in problem.sentence
    assert sum(s.is_missing for s in content.segments(page)) == 1


@pytest.mark.parametrize(
    ("group", "allowed"),
    [(roles.PRESS, True), (roles.translators("ar"), True), (roles.translators("tr"), False), (roles.KI, False)],
)
def test_who_may_take_files_out_and_bring_them_back(group, allowed):
    page = content.article()
    content.save(page)
    content.save(page, "tr")
    client = logged_in(factories.person("", group))
    assert (client.get(f"/admin/translations/ar/file/out/?page={page.pk}").status_code == 200) == allowed
    assert (client.get("/admin/translations/ar/file/").status_code == 200) == allowed


def test_a_german_draft_does_not_go_out_to_translators():
    page = content.article()
    content.save(page)
    draft = factories.article(page.get_parent(), "Geheimer Entwurf", live=False)
    address = f"/admin/translations/ar/file/out/?page={draft.pk}"
    assert logged_in(factories.translator("ar")).get(address).status_code in (302, 404)
    assert logged_in(factories.press()).get(address).status_code == 200


# What is reported is what is stored


@pytest.mark.parametrize("fmt", FORMATS)
def test_unchecked_words_where_a_person_has_written_are_reported_as_not_stored(fmt):
    page = content.article()
    words = {s.place: arabic(s.source) for s in content.segments(page)}
    publishing.save_words(page=page, language="ar", words=words, user=factories.translator("ar"))
    before = stored(page)
    file = file_of(page, {s: arabic(s, "ن") for s in before}, exchanged.MACHINE, fmt)
    answer = back(logged_in(factories.press()), file)
    assert verdicts(answer) == ["kept"] * 4
    assert stored(page) == before


def test_a_title_too_long_costs_itself_only():
    page = content.article()
    words = {s.source: arabic(s.source) for s in content.segments(page)}
    words["Ein Fest"] = "مهرجان " * 60
    answer = back(logged_in(factories.press()), file_of(page, words))
    assert sorted(verdicts(answer)) == ["accepted"] * 3 + ["damaged"]
    assert [source for source, (target, _by) in stored(page).items() if not target] == ["Ein Fest"]


def test_words_that_the_page_refuses_cost_themselves_only(monkeypatch):
    from django.core.exceptions import ValidationError

    from news.models import NewsPage

    page = content.article()
    words = {s.source: arabic(s.source) for s in content.segments(page)}
    bad = words["Alle sind eingeladen."]

    def clean(self):
        if self.lead == bad:
            raise ValidationError({"lead": "Not this."})

    monkeypatch.setattr(NewsPage, "clean", clean)
    answer = back(logged_in(factories.press()), file_of(page, words))
    (refused,) = [f for f in answer.context["report"].findings if f.verdict == Verdict.REFUSED]
    assert (refused.segment.target, refused.sentence) == (bad, "Not this.")
    assert verdicts(answer).count("accepted") == 3


def test_a_second_upload_of_ones_own_file_is_no_conflict():
    page = content.article()
    client = logged_in(factories.press())
    first = {s.source: arabic(s.source) for s in content.segments(page)}
    taken = file_of(page, first)
    assert set(verdicts(back(client, taken))) == {"accepted"}
    assert set(verdicts(back(client, taken))) == {"unchanged"}
    document = files.read(taken)
    segments = tuple(
        exchanged.Segment(s.page, s.context, s.source, arabic(s.source, "ن"), s.state) for s in document.segments
    )
    corrected = files.write(exchanged.Document("ar", segments, {}, document.made_at), format="po")
    assert set(verdicts(back(client, corrected))) == {"accepted"}
    assert set(verdicts(back(logged_in(factories.translator("ar")), taken))) == {"conflict"}


def test_only_what_was_shown_and_ticked_is_replaced():
    page = content.article()
    words = {s.source: arabic(s.source) for s in content.segments(page)}
    file = file_of(page, {source: arabic(source, "ن") for source in words})
    other = factories.translator("ar")
    places = {s.source: s.place for s in content.segments(page)}
    publishing.save_words(page=page, language="ar", words={places[s]: words[s] for s in words}, user=other)
    client = logged_in(factories.press())
    answer = back(client, file)
    assert verdicts(answer) == ["conflict"] * 4
    sources = [finding.segment.source for finding in answer.context["to_decide"]]
    meanwhile = sources[1]
    publishing.save_words(page=page, language="ar", words={places[meanwhile]: "كلمات جديدة"}, user=other)
    again = decide(client, answer, 0, 1)
    assert sorted(verdicts(again)) == ["accepted", "conflict"]
    now = stored(page)
    assert now[sources[0]][0] == arabic(sources[0], "ن")
    assert now[meanwhile][0] == "كلمات جديدة"
    assert [now[source][0] for source in sources[2:]] == [words[source] for source in sources[2:]]


def test_a_doubt_is_stored_by_the_second_press():
    page = content.article()
    client = logged_in(factories.press())
    answer = back(client, file_of(page, {"Ein Fest": "مهرجان (كبير"}))
    assert verdicts(answer) == ["asked"]
    assert not stored(page)["Ein Fest"][0]
    assert verdicts(decide(client, answer, 0)) == ["accepted"]
    assert stored(page)["Ein Fest"] == ("مهرجان (كبير", "manual")


def test_what_turns_the_order_of_signs_is_named():
    page = content.article()
    file = file_of(page, {"Ein Fest": "مهرجان\u202e كبير"})
    answer = back(logged_in(factories.press()), file)
    (problem,) = answer.context["problems"]
    assert "U+202E" in problem.sentence
    assert not stored(page)["Ein Fest"][0]


@pytest.mark.parametrize("token", ["", "x", "x:y:z"])
def test_a_forged_decision_stores_nothing(token):
    page = content.article()
    content.save(page)
    before = stored(page)
    answer = logged_in(factories.press()).post("/admin/translations/ar/file/", {"decided": token, "take": "0"})
    assert answer.status_code == 200
    assert stored(page) == before


@pytest.mark.parametrize("seed", range(12))
def test_what_is_reported_is_what_stands_in_the_database(seed):
    """Any mixture of entries, whatever stood there before: each says truly whether it was stored."""
    import random

    chance = random.Random(seed)  # noqa: S311 (a mixture, no secret)
    page, client = content.article(), logged_in(factories.press())
    segments = content.segments(page)
    file_made = store.to_document(store.read_pages([page], "ar"), "ar")
    for segment in segments:
        before = chance.choice(["", "person", "machine"])
        if before:
            tool = "deepl" if before == "machine" else ""
            words = {segment.place: arabic(segment.source, chance.choice(["", "ن"]))}
            publishing.save_words(page=page, language="ar", words=words, tool=tool)
    entries = [
        exchanged.Segment(
            s.page if chance.random() > 0.1 else "00000000-0000-0000-0000-000000000000",
            s.context,
            s.source if chance.random() > 0.1 else "Altes Deutsch",
            chance.choice([arabic(s.source), arabic(s.source, "ن"), "", "م" * 300, s.source, arabic(s.source, " (")]),
            chance.choice([exchanged.TRANSLATED, exchanged.MACHINE, exchanged.OUTDATED]),
        )
        for s in [*file_made.segments, *chance.sample(file_made.segments, 2)]
    ]
    made_at = file_made.made_at if chance.random() > 0.5 else None
    file = files.write(exchanged.Document("ar", tuple(entries), {}, made_at), format=chance.choice(FORMATS))
    before = stored(page)
    answer = back(client, file)
    after = stored(page)
    changed = {source for source in after if after[source] != before[source]}
    report = answer.context["report"]
    told = {f.segment.source for f in report.findings if f.verdict in (Verdict.ACCEPTED, Verdict.CONFIRMED)}
    assert changed == told
    assert len(told) == report.counts[Verdict.ACCEPTED] + report.counts[Verdict.CONFIRMED]
    for finding in report.findings:
        if finding.verdict in (Verdict.ACCEPTED, Verdict.CONFIRMED):
            made_by = "machine" if finding.segment.state in (exchanged.MACHINE, exchanged.OUTDATED) else "manual"
            assert after[finding.segment.source] == (finding.segment.target, made_by)
    assert len(report.findings) == len(files.read(file).segments)
