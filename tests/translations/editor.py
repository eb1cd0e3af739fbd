"""The page editor as the browser sends it."""

from typing import Any

from django.test import Client
from wagtail.test.utils.form_data import rich_text

from news.models import NewsPage
from tests.dates.council.test_admin import fields_at


def fields_of(client: Client, page: NewsPage) -> dict[str, Any]:
    """Every field of the editor of ``page``, untouched; paragraphs only in its body."""
    draft = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    fields: dict[str, Any] = {
        **fields_at(client, f"/admin/pages/{page.pk}/edit/", "#page-edit-form"),
        "body-count": str(len(draft.body)),
    }
    for number, block in enumerate(draft.body):
        fields |= {
            f"body-{number}-type": block.block_type,
            f"body-{number}-id": block.id,
            f"body-{number}-order": str(number),
            f"body-{number}-deleted": "",
            f"body-{number}-value": rich_text(block.value.source, features=block.block.features),
        }
    return fields


def send(client: Client, page: NewsPage, *, without: tuple[int, ...] = (), **changes: str) -> NewsPage:
    """Posts the editor with these ``changes``, without the blocks of these numbers; the page as it is then."""
    fields = {**fields_of(client, page), **changes}
    for number in without:
        fields[f"body-{number}-deleted"] = "1"
    answer = client.post(f"/admin/pages/{page.pk}/edit/", fields)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    return NewsPage.objects.get(pk=page.pk)
