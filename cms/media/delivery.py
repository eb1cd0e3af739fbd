"""How uploaded files reach those who may see them: pictures at ``/media/…``, documents at ``/documents/…``.

There is no other way to a file: the folder and the bucket in which they lie are read by the platform alone. On one
machine it sends them itself, in parts if asked to; from S3-compatible storage it leads to an address that is signed
for a short time, after it has looked whether the file may be seen.
"""

import mimetypes
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served

from cms.media import permissions
from cms.media.models import Image, Rendition
from cms.media.ranges import part_of
from cms.outbound.s3_storage import SIGNED_FOR, SignedStorage

INLINE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/avif", "image/svg+xml"})
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
A_YEAR = 365 * 24 * 60 * 60
"""For browsers: what a person has seen they have seen, and no other picture ever gets its address."""
SHARED_FOR = 300
"""Seconds for which a proxy may keep a public picture: so long it may still be shown when it is private already."""


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Delivers a picture that is known; nothing else that lies in the storage."""
    if not path or "\x00" in path:  # no name, or one that PostgreSQL cannot be asked for
        raise Http404
    rendition = Rendition.objects.filter(file=path).select_related("image__collection").first()
    image = rendition.image if rendition else Image.objects.filter(file=path).select_related("collection").first()
    # Of photographs visitors get copies only; a drawing is its own copy.
    if image is None:
        raise Http404
    is_copy = rendition is not None or image.is_svg()
    if is_copy and permissions.is_public(image):
        response = deliver(request, (rendition or image).file)
        is_redirect = response.status_code == 302
        patch_cache_control(
            response,
            public=True,
            s_maxage=min(SHARED_FOR, SIGNED_FOR // 2) if is_redirect else SHARED_FOR,
            max_age=SIGNED_FOR // 2 if is_redirect else A_YEAR,
            **({} if is_redirect else {"immutable": True}),
        )
        return response
    allowed = permissions.may_see if is_copy else permissions.may_see_original
    if not allowed(request, image):
        raise Http404
    response = deliver(request, (rendition or image).file)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Wagtail's view, with its hooks (one of which asks for the log-in of a private collection), able to send parts.

    The address stays when the file is replaced or its collection becomes private, so that browsers ask each time.
    """
    document = get_object_or_404(get_document_model().objects.select_related("collection"), pk=document_id)
    if document.filename != document_filename:
        raise Http404
    for hook in hooks.get_hooks("before_serve_document"):
        if isinstance(answer := hook(document, request), HttpResponseBase):
            patch_cache_control(answer, private=True, no_store=True)
            return answer
    document_served.send(sender=type(document), instance=document, request=request)
    is_private = bool(permissions.restrictions_of(document.collection))
    response = deliver(
        request,
        document.file,
        content_type=document.content_type,
        name=document.filename,
        attached=document.content_disposition != "inline",
    )
    response["Cache-Control"] = "private, no-store" if is_private or response.status_code == 302 else "no-cache"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def deliver(
    request: HttpRequest, file: FieldFile, *, content_type: str = "", name: str = "", attached: bool | None = None
) -> HttpResponseBase:
    """``file`` as a whole or in the part asked for, or the way to it; without a word about how long it may be kept."""
    content_type = content_type or mimetypes.guess_type(file.name or "")[0] or "application/octet-stream"
    attached = content_type not in INLINE_TYPES if attached is None else attached
    disposition = content_disposition_header(attached, name)
    if isinstance(file.storage, SignedStorage):
        address = file.storage.signed_url(file.name or "", content_type=content_type, disposition=disposition)
        return HttpResponse(status=302, headers={"Location": address})
    try:
        opened: Any = file.storage.open(file.name or "")
        size, modified = opened.size, file.storage.get_modified_time(file.name or "").timestamp()
    except (OSError, SuspiciousFileOperation, ValueError) as error:  # the file is lost, though its row is there
        raise Http404 from error
    etag = f'"{int(modified * 1000):x}-{size:x}"'
    response: Any = part_of(opened, request=request, size=size, etag=etag, modified=modified)
    if response is None:
        response = FileResponse(opened)
        response["Content-Length"] = str(size)
    if response.status_code != 416:
        response["Content-Type"] = content_type
        if disposition:
            response["Content-Disposition"] = disposition
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
