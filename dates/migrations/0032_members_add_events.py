"""Members of organisations that have a group already may write events below their organisation."""

from typing import Any

from django.db import migrations

MEMBERS_OF = "Organisation "


def page_permissions(apps: Any) -> Any:
    return apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group__name__startswith=MEMBERS_OF)


def grant(apps: Any, _schema_editor: Any) -> None:
    changing = list(page_permissions(apps).filter(permission__codename="change_page"))
    if changing:
        adding = apps.get_model("auth", "Permission").objects.get(
            content_type__app_label="wagtailcore", codename="add_page"
        )
        for right in changing:
            page_permissions(apps).model.objects.get_or_create(
                group_id=right.group_id, page_id=right.page_id, permission_id=adding.pk
            )


def take(apps: Any, _schema_editor: Any) -> None:
    page_permissions(apps).filter(permission__codename="add_page").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("dates", "0031_existing_events"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0091_remove_revision_submitted_for_moderation"),
    ]

    operations = [migrations.RunPython(grant, take, elidable=True)]
