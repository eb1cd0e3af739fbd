"""Under which names this site is reached: a calendar there is one of ours."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

USUAL_PORTS = (80, 443)


def is_own_host(name: str) -> bool:
    """``name``: host, and port where it is not the usual one, as ``cms.outbound.host_of`` gives it."""
    return _plain(name) in {_plain(urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc), *_of_sites()}


def _of_sites() -> set[str]:
    return {
        _plain(host if port in USUAL_PORTS else f"{host}:{port}")
        for host, port in Site.objects.values_list("hostname", "port")
    }


def _plain(name: str) -> str:
    return name.lower().removesuffix(":443").removesuffix(":80").rstrip(".").removeprefix("www.")
