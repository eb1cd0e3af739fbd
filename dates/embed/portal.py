"""In "My organisation": the lines to copy into one's own website, and how they will look."""

from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from cms.localization import languages
from dates.embed.embedded import hosts_of
from directory.portal import screen
from directory.portal.access import member_required, organisation_or_404
from directory.portal.parts import PortalPart

PART = PortalPart("embed", _("On your own website"), _("Show your events and offers there"), "my_embed")
HEIGHT = 600


@csp_update({"frame-src": [SELF]})
@member_required
def embed(request: HttpRequest, key: UUID) -> HttpResponse:
    """``?lang=`` chooses the language in which the frame speaks; that of the member at first."""
    organisation = organisation_or_404(request.user, key)
    chosen = languages.get(request.GET.get("lang") or languages.active().code)
    address = f"{reverse('embedded_organisation', kwargs={'key': key})}?lang={chosen.code}"
    with translation.override(chosen.code):
        # Translators: name of a frame on the website of the organisation %(name)s
        name = pgettext("name of a frame", "Events and offers: %(name)s") % {"name": organisation.title}
    source = request.build_absolute_uri(address)
    lines = (
        f'<iframe src="{escape(source)}" title="{escape(name)}" width="100%" height="{HEIGHT}" loading="lazy" '
        'style="border:0"></iframe>'
    )
    return screen.show(
        request,
        "dates/portal/embed.html",
        title=PART.title,
        organisation=organisation,
        address=address,
        frame_name=name,
        lines=lines,
        height=HEIGHT,
        chosen=chosen,
        languages=languages.LANGUAGES,
        hosts=hosts_of(organisation.website) if organisation.live else [],
    )
