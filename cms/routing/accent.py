"""The accent colour of a municipality as a stylesheet of its own, readable in light and dark whatever was chosen.

The pages allow no inline style, so the colours that derive from the accent are calculated here and served as
``/accent/0b4f8a.css``. A site with the default colour has no such file: ``site.css`` holds the same values.
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.routing.site_settings import DEFAULT_ACCENT, MINIMUM_CONTRAST, contrast

WHITE, BLACK = "#ffffff", "#000000"
DARK_PAPER, DARK_SURFACE = "#10161d", "#1a232d"
"""Backgrounds of dark mode, as ``--paper`` and ``--surface`` in ``site.css``."""
KEPT_FOR = 7 * 24 * 60 * 60  # seconds

STYLESHEET = """\
:root{{--accent:{accent};--band:{band};--tint:{tint}}}
@media (prefers-color-scheme:dark){{:root{{--accent:{dark_accent};--band:{dark_band};--tint:{dark_tint}}}}}
"""


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it, as ``#rrggbb``."""
    channels = ((int(colour[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in channels)


def towards(colour: str, other: str, *, on: tuple[str, ...], ratio: float = MINIMUM_CONTRAST) -> str:
    """The first mixture of ``colour`` with ``other`` that is readable on all backgrounds ``on``."""
    mixtures = (mixed(colour, other, percent / 100) for percent in range(0, 101, 2))
    return next((mix for mix in mixtures if all(contrast(mix, ground) >= ratio for ground in on)), other)


def palette(colour: str) -> dict[str, str]:
    """The colours that derive from an accent: text and buttons, bands with white text, a pale background."""
    tint, dark_tint = mixed(WHITE, colour, 0.1), mixed(DARK_PAPER, colour, 0.3)
    return {
        "accent": towards(colour, BLACK, on=(WHITE, tint)),
        "band": towards(colour, BLACK, on=(WHITE,)),
        "tint": tint,
        # Buttons of dark mode carry the dark paper's colour as text, hence the higher ratio.
        "dark_accent": towards(colour, WHITE, on=(DARK_PAPER, DARK_SURFACE, dark_tint), ratio=6),
        "dark_band": towards(mixed(colour, BLACK, 0.35), BLACK, on=(WHITE,), ratio=7),
        "dark_tint": dark_tint,
    }


def address(colour: str) -> str:
    """Path of the stylesheet for ``colour``; "" when the colour is the default, or none at all."""
    colour = colour.lower()
    is_chosen = colour != DEFAULT_ACCENT and re.fullmatch("#[0-9a-f]{6}", colour)
    return reverse("accent", args=[colour.removeprefix("#")]) if is_chosen else ""


@require_safe
def stylesheet(request: HttpRequest, digits: str) -> HttpResponse:
    """``/accent/<six hexadecimal digits>.css``; 404 for colours that no site can choose."""
    colour = f"#{digits}"
    if contrast(colour, WHITE) < MINIMUM_CONTRAST:
        raise Http404
    response = HttpResponse(STYLESHEET.format(**palette(colour)), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    return response
