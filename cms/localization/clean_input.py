"""Where text comes in: what a form sends is clean before any code reads it, what is saved is clean whoever saves it.

The first lets every form judge what will be stored: a title of nothing but invisible signs is an empty title. The
second is the one that no import, machine or command goes round.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from wagtail.blocks import StreamValue

from cms.localization.clean_text import UNWANTED, clean, clean_value

APART = {"axes", "contenttypes", "django_tasks_db", "otp_totp", "sessions"}
"""Apps whose rows hold no text for people: log-in attempts, jobs and the like."""
DERIVED = {
    "wagtail_localize.string",
    "wagtail_localize.translationcontext",
    "wagtail_localize.translationsource",
}
"""What is cut out of pages, by whose hash it is found again."""
SECRET = "password"  # noqa: S105 (a part of the names of fields)


class CleanInputMiddleware:
    """Cleans the fields and the query of a request. Passwords stay as they were typed: they are never shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """After the checks of the other middlewares, none of which reads text for people."""
        request.GET = cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            sent = request.POST
            request.POST = cleaned(sent)  # type: ignore[assignment]
            if request.POST is not sent:
                request.as_sent = sent  # type: ignore[attr-defined]


def removed(request: HttpRequest, name: str) -> list[str]:
    """Which signs were left out of a field of the request, such as ``U+202E``, for a view that tells people."""
    sent: QueryDict | None = getattr(request, "as_sent", None)
    found = sorted(set(UNWANTED.findall(sent.get(name, "")))) if sent is not None else []
    return [f"U+{ord(sign):04X}" for sign in found]


def cleaned(sent: QueryDict) -> QueryDict:
    """``sent`` itself if all of it is clean."""
    differing = {}
    for name, values in sent.lists():
        wanted = values if SECRET in name else [clean_value(value) for value in values]
        if wanted != values:
            differing[name] = wanted
    if not differing:
        return sent
    made = sent.copy()
    for name, values in differing.items():
        made.setlist(name, values)
    made._mutable = False
    return made


def on_save(sender: type[models.Model], instance: models.Model, **_signal: Any) -> None:
    """Before any row is saved."""
    if sender._meta.app_label not in APART and sender._meta.label_lower not in DERIVED:
        clean_row(instance)


def clean_row(row: models.Model) -> None:
    """Cleans what is loaded of ``row``: texts, JSON and streams of blocks; names and titles become one line."""
    for field in row._meta.concrete_fields:
        value = row.__dict__.get(field.attname)
        if not value:
            continue
        if isinstance(value, StreamValue):
            _clean_stream(row, field.attname, value)
        elif isinstance(field, models.FileField):
            continue  # where a file is, which its storage has named
        elif isinstance(field, models.JSONField):
            _set(row, field.attname, value, clean_value(value))
        elif isinstance(value, str):
            one_line = isinstance(field, models.CharField)
            _set(row, field.attname, value, clean(value).replace("\n", " ") if one_line else clean(value))


def _set(row: models.Model, name: str, value: Any, wanted: Any) -> None:
    if wanted != value:
        setattr(row, name, wanted)


def _clean_stream(row: models.Model, name: str, value: StreamValue) -> None:
    raw = value.get_prep_value()
    wanted = clean_value(raw)
    if wanted != raw:
        setattr(row, name, value.stream_block.to_python(wanted))
