"""Answers the editor's script: what was pasted, as blocks and as rich text."""

import uuid

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.pages.blocks import BodyBlock
from cms.pasting import blocks
from cms.pasting.reading import read

BODY = BodyBlock()


@require_POST
def read_pasted(request: HttpRequest) -> JsonResponse:
    """``blocks`` as the script of a stream takes them; ``html`` where there is no stream. Stores nothing."""
    found = read(request.POST.get("html", ""))
    pasted = blocks.body(found)
    stored = [{**block, "id": str(uuid.uuid4())} for block in pasted.blocks]
    is_running_text = all(block["type"] == "paragraph" for block in stored) and len(stored) <= 1
    return JsonResponse(
        {
            "blocks": [] if is_running_text else BODY.get_form_state(BODY.to_python(stored)),
            "html": blocks.rich_text(found),
            "findings": pasted.findings,
            "heading": _("From the pasted text:"),
        }
    )
