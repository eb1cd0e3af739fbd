"""Whole addresses for mails, which are written where no request tells under which name the site is reached."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from wagtail.models import Site


def whole(path: str, site: Site | None = None) -> str:
    """``path`` with the name of ``site`` before it; that of the default site is ``BASE_URL``.

    Never taken from a request: whoever forges its ``Host`` would have secret links sent to a place of their own.
    """
    base = settings.WAGTAILADMIN_BASE_URL if site is None or site.is_default_site else site.root_url
    return f"{base.rstrip('/')}{path}"


def link(name: str, *args: object, site: Site | None = None) -> str:
    """The whole address of a view, in the language of the words around it: a mail in two languages has two."""
    return lazy(lambda: whole(reverse(name, args=args), site), str)()
