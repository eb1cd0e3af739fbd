"""Answers in one query whoever asks again for a file that has not changed.

Calendar programs and readers of feeds come many times a day with the mark (ETag) of what they have. A file follows from
the content, the day, its address and the program alone, and so does its mark: to compare it, nothing is rendered.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import has_vary_header, patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags

from cms.routing import content_version
from cms.routing.query_parameters import query_of

ENDINGS = ("/feed/", ".ics", ".xml", ".json", ".geojson", ".csv")
FOLDER = "/data/hsds/"
"""Whose addresses have no ending, as another specification wants it."""
SOURCES = ("*.py", "*.html", "*.mo")


class FileOfContent(HttpResponse):
    """A calendar, a feed, open data: the same for everybody, at any time of a day."""


class UnchangedMiddleware:
    """Marks files of content and answers 304 to those who have them; who is logged in is answered without a mark."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        mark = _mark(request)
        if mark and mark.removeprefix("W/") in _known_to(request):
            return _unchanged(mark)
        response = self.get_response(request)
        if mark and isinstance(response, FileOfContent) and not has_vary_header(response, "Cookie"):
            response["ETag"] = mark
            if "*" in _known_to(request):
                return _unchanged(mark)
        return response


def _mark(request: HttpRequest) -> str:
    """Of what would be answered now; read before anything of the answer. "" where it is not to be marked.

    Nobody else can make it: whoever brings it was given the file that it stands for. It is a weak one, the same for
    all ways to compress the file.
    """
    if request.method not in ("GET", "HEAD") or not (request.path.endswith(ENDINGS) or FOLDER in request.path):
        return ""
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers:
        return ""
    day = timezone.localdate(timezone=timezone.get_default_timezone())
    version = content_version.current()
    if version is None:
        return ""
    address = request.build_absolute_uri(f"{request.path}{query_of(request)}")
    said = "\n".join((version, day.isoformat(), address, settings.TIME_ZONE, program()))
    return f'W/"{salted_hmac("cms.routing.unchanged", said, algorithm="sha256").hexdigest()[:32]}"'


def _known_to(request: HttpRequest) -> list[str]:
    return [mark.removeprefix("W/") for mark in parse_etags(request.headers.get("If-None-Match", ""))]


def _unchanged(mark: str) -> HttpResponseNotModified:
    # Pages of other origins may read open data, and that it has not changed.
    response = HttpResponseNotModified(headers={"ETag": mark, "Access-Control-Allow-Origin": "*"})
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@cache
def program() -> str:
    """What would say the same content in other words: code, templates, catalogues and libraries."""
    contents = sha256()
    root = Path(settings.BASE_DIR)
    own = [folder for config in apps.get_app_configs() if (folder := Path(config.path)).parent == root]
    for folder in (*own, *map(Path, settings.LOCALE_PATHS)):
        for path in sorted(path for pattern in SOURCES for path in folder.rglob(pattern)):
            contents.update(path.read_bytes())
    contents.update((root / "requirements.txt").read_bytes())
    return contents.hexdigest()
