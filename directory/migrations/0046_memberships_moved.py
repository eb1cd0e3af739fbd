"""Members were the people in a group that was found by its name. Each of them becomes a row, and the groups go.

A group is known by that name, or, where somebody has renamed it, by what only these groups were given: to add and to
change below one organisation, to add and to choose pictures of one collection, and nothing else. Without the rights on
pictures (as after the way back, where there were none) it is one of these only if its people are in no other group.
"""

from uuid import UUID

from django.db import migrations

NAME = "Organisation "
PAGES = {"add_page", "change_page"}
PICTURES = {"add_image", "choose_image"}


def forwards(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(role=None).order_by("pk"):
        collections = {each.collection_id for each in collection_permissions(apps, group)}
        if group.name.startswith(NAME) and (key := key_in(group.name)) is not None:
            organisation = sources(apps).filter(translation_key=key).first()
        elif (organisation := organisation_of_rights(apps, group)) is None:
            continue
        if organisation is not None:
            move_people(apps, group, organisation)
        for collection in sorted(collections):
            move_collection(apps, collection, organisation)
        take_away(apps, group)


def key_in(name):
    try:
        return UUID(name.removeprefix(NAME))
    except ValueError:
        return None


def sources(apps):
    return apps.get_model("directory", "OrganisationPage").objects.filter(locale__language_code="de")


def page_permissions(apps, group):
    return apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group=group)


def collection_permissions(apps, group):
    return apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group)


def organisation_of_rights(apps, group):
    pages = list(page_permissions(apps, group).select_related("permission"))
    pictures = list(collection_permissions(apps, group).select_related("permission"))
    is_one_of_ours = (
        not group.permissions.exists()
        and {each.permission.codename for each in pages} == PAGES
        and len({each.page_id for each in pages}) == 1
        and is_like_ours(apps, group, pictures)
    )
    return sources(apps).filter(pk=pages[0].page_id).first() if is_one_of_ours else None


def is_like_ours(apps, group, pictures):
    if pictures:
        is_one = len({each.collection_id for each in pictures}) == 1
        return is_one and {each.permission.codename for each in pictures} == PICTURES
    people = apps.get_model("cms", "User").objects.filter(groups=group)
    others = apps.get_model("auth", "Group").objects.exclude(pk=group.pk)
    return not people.filter(is_superuser=True).exists() and not others.filter(user__in=people).exists()


def move_people(apps, group, organisation):
    memberships = apps.get_model("directory", "Membership").objects
    accepted = apps.get_model("directory", "Invitation").objects.exclude(accepted_at=None)
    for user in apps.get_model("cms", "User").objects.filter(groups=group):
        came = accepted.filter(organisation=organisation, accepted_by=user).order_by("-accepted_at").first()
        values = {"since": came.accepted_at, "by": came.invited_by} if came else {"since": user.date_joined}
        memberships.get_or_create(user=user, organisation=organisation, defaults=values)


def move_collection(apps, collection, organisation):
    """Where an organisation has had two, because its group was renamed, the pictures come together again."""
    if apps.get_model("wagtailcore", "Collection").objects.get(pk=collection).depth == 1:
        return
    own = apps.get_model("directory", "OwnCollection").objects
    first = own.filter(organisation=organisation).first() if organisation is not None else None
    if first is not None and first.collection_id != collection:
        images = apps.get_model("cms", "Image").objects.filter(collection_id=collection)
        images.update(collection_id=first.collection_id)
    elif not own.filter(collection_id=collection).exists():
        own.create(collection_id=collection, organisation=organisation)


def take_away(apps, group):
    """A group that the city uses for something else as well stays, without these rights."""
    page_permissions(apps, group).delete()
    collection_permissions(apps, group).delete()
    used = ("PageViewRestriction", "CollectionViewRestriction", "GroupApprovalTask")
    if not any(apps.get_model("wagtailcore", model).objects.filter(groups=group).exists() for model in used):
        group.delete()


def backwards(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    for membership in apps.get_model("directory", "Membership").objects.select_related("organisation", "user"):
        key = membership.organisation.translation_key
        group, _created = groups.get_or_create(name=f"{NAME}{key}")
        give_back(apps, group, membership.organisation)
        membership.user.groups.add(group)


def give_back(apps, group, organisation):
    permissions = apps.get_model("auth", "Permission").objects
    own = apps.get_model("directory", "OwnCollection").objects.filter(organisation=organisation).first()
    for permission in permissions.filter(content_type__app_label="wagtailcore", codename__in=PAGES):
        page_permissions(apps, group).get_or_create(group=group, page_id=organisation.pk, permission=permission)
    for permission in permissions.filter(content_type__app_label="cms", codename__in=PICTURES if own else ()):
        collection_permissions(apps, group).get_or_create(
            group=group, collection_id=own.collection_id, permission=permission
        )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0045_memberships"),
        ("cms", "0028_group_names"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
