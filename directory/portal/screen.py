"""A screen of "My organisation": what every one of them shows around its own content."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from directory.portal.parts import Text
from directory.profiles.organisation import OrganisationPage


def show(
    request: HttpRequest,
    template: str,
    *,
    title: Text,
    organisation: OrganisationPage | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Renders ``template``, which extends ``directory/portal/base.html``, with a way back to the first screen."""
    if organisation is not None:
        context |= {
            "organisation": organisation,
            "parent_href": reverse("my_organisation", kwargs={"key": organisation.translation_key}),
            "parent_title": organisation.name,
        }
    return render(request, template, {**context, "title": title}, status=status)
