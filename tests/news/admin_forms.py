"""Fills in the forms of the admin as a person would: what the form shows is sent back, with what was changed."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html

from tests import webpages

PAGE_FORM = "page-edit-form"


def add_address(parent: Page, model: type[Page]) -> str:
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def fields_at(client: Client, address: str) -> dict[str, Any]:
    """The fields of the page form at ``address`` as the browser would send them; blocks are drawn by script: none."""
    answer = client.get(address)
    assert answer.status_code == 200
    fields = querydict_from_html(webpages.html(answer), form_id=PAGE_FORM)
    unchosen = {
        select["name"]
        for select in webpages.read(answer).select("select[multiple]")
        if not select.select("option[selected]")
    }
    sent = {
        name: values if len(values) > 1 else values[0]
        for name, values in fields.lists()
        if values and name not in unchosen and "__prefix__" not in name
    }
    blocks = dict.fromkeys(("body-count", "text-count", "pictures-count", "social_links-count"), "0")
    return {**blocks, **sent}


def send(client: Client, address: str, action: str = "", **changes: Any) -> HttpResponse:
    """Saves the page form at ``address`` as a draft, or does what ``action`` says ("action-publish")."""
    fields = {**fields_at(client, address), **nested_form_data(changes)}
    return client.post(address, {**fields, action: "1"} if action else fields)


def complaints(response: HttpResponse) -> str:
    """What the form says is wrong, also where blocks are drawn by script."""
    page = webpages.read(response)
    said = [webpages.text(error) for error in page.select(".error-message, .messages .error")]
    for block in page.select("[data-w-block-arguments-value]"):
        _value, error = json.loads(str(block["data-w-block-arguments-value"]))
        said += (error or {}).get("messages", [])
    return " ".join(said)
