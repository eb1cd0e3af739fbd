"""Accounts in the admin: each way to change one asks ``permissions`` first, by form, list and bulk action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django_filters import Filter
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm
from wagtail.users.utils import user_can_delete_user
from wagtail.users.views import bulk_actions, users

from cms.accounts import LastSuperuser, User, keep_a_superuser, permissions, person_of


@dataclass(frozen=True)
class Shown:
    """What a higher floor says of people in their list: a column, read ahead, and a filter by it under ``name``."""

    column: Column
    prefetch: Prefetch
    name: str
    filter: Callable[[bool], Filter]
    """Given whether the list is searched as well."""


_shown: dict[str, Shown] = {}


def register(shown: Shown) -> None:
    _shown[shown.name] = shown


class ActorMixin:
    """A form that offers only what ``actor`` may give."""

    def limit(self, actor: User) -> None:
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        if not permissions.may_make_superusers(actor):
            fields.pop("is_superuser", None)
        numbers = [group.pk for group in permissions.groups_to_give(actor)]
        fields["groups"].queryset = Group.objects.filter(pk__in=numbers)


class UserCreationForm(ActorMixin, WagtailUserCreationForm):
    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit(actor)


class UserEditForm(ActorMixin, WagtailUserEditForm):
    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit(actor)

    def clean(self) -> dict[str, Any]:
        """The last superuser stays one, and active."""
        cleaned: dict[str, Any] = super().clean()
        stays = all(cleaned.get(name, True) for name in ("is_superuser", "is_active") if name in self.fields)
        if not stays:
            try:
                keep_a_superuser(without=[self.instance.pk])
            except LastSuperuser as error:
                raise forms.ValidationError(str(error)) from error
        return cleaned


class ForgedMixin:
    """Whatever the form was made to say: nobody has more rights in the end than who has given them."""

    request: HttpRequest

    @transaction.atomic
    def save_instance(self) -> User:
        mine = permissions.rights_of(person_of(self.request))  # before: it may be one's own account
        saved: User = super().save_instance()  # type: ignore[misc]
        if not mine.covers(permissions.rights_of(User.objects.get(pk=saved.pk))):
            raise PermissionDenied
        return saved

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.request.user}  # type: ignore[misc]


class CreateView(ForgedMixin, users.CreateView):
    pass


class EditView(ForgedMixin, users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_manage(person_of(request), self.object):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


def may_delete(actor: Any, person: User) -> bool:
    return bool(user_can_delete_user(actor, person) and permissions.may_manage(actor, person))


class DeleteView(users.DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_delete(request.user, self.get_object()):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class UserFilterSet(users.UserFilterSet):
    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, is_searching=is_searching, **kwargs)
        for name, shown in _shown.items():
            self.filters[name] = shown.filter(is_searching)


class IndexView(users.IndexView):
    """Offers no button that would be refused."""

    @property
    def columns(self) -> list[Column]:
        found = super().columns
        for column in found:
            if column.name == "name":
                column.width = "22%"  # beside one column more
        return [*found, *(shown.column for shown in _shown.values())]

    def get_base_queryset(self) -> QuerySet[User]:
        found: QuerySet[User] = super().get_base_queryset()
        return found.prefetch_related("groups", "user_permissions", *(shown.prefetch for shown in _shown.values()))

    def get_edit_url(self, instance: User) -> str | None:
        found: str | None = super().get_edit_url(instance)
        return found if permissions.may_manage(self.request.user, instance) else None

    def get_delete_url(self, instance: User) -> str | None:
        found: str | None = super().get_delete_url(instance)
        return found if may_delete(self.request.user, instance) else None


class UserViewSet(users.UserViewSet):
    copy_view_enabled = False  # what is sent to Wagtail's view of copying changes the account that is copied
    index_view_class = IndexView
    filterset_class = UserFilterSet
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return UserEditForm if for_update else UserCreationForm


# Many at once


class RefusingLastMixin(BulkAction):
    """The last superuser is left out, like those whom the actor may not manage."""

    def spares(self, people: list[User]) -> tuple[list[User], list[User]]:
        """Who can be acted on, and the superusers that must stay."""
        try:
            keep_a_superuser(without=[person.pk for person in people])
        except LastSuperuser:
            return [person for person in people if not person.is_superuser], [
                person for person in people if person.is_superuser
            ]
        return people, []


class AssignRoleBulkAction(bulk_actions.AssignRoleBulkAction):
    def check_perm(self, obj: User) -> bool:
        return bool(super().check_perm(obj) and permissions.may_manage(self.request.user, obj))

    def get_form(self, form_class: Any = None) -> forms.Form:
        form: forms.Form = super().get_form(form_class)
        numbers = [group.pk for group in permissions.groups_to_give(self.request.user)]
        form.fields["role"].queryset = Group.objects.filter(pk__in=numbers)  # type: ignore[attr-defined]
        return form


class DeleteBulkAction(RefusingLastMixin, bulk_actions.DeleteBulkAction):
    def check_perm(self, obj: User) -> bool:
        return bool(super().check_perm(obj) and may_delete(self.request.user, obj))

    def get_actionable_objects(self) -> tuple[list[User], dict[str, list[User]]]:
        people, without_access = super().get_actionable_objects()
        people, spared = self.spares(people)
        without_access["items_with_no_access"] = [*without_access.get("items_with_no_access", []), *spared]
        return people, without_access


class SetActiveStateBulkAction(RefusingLastMixin, bulk_actions.SetActiveStateBulkAction):
    def check_perm(self, obj: User) -> bool:
        return bool(super().check_perm(obj) and permissions.may_manage(self.request.user, obj))

    def get_actionable_objects(self) -> tuple[list[User], dict[str, list[User]]]:
        people, without_access = super().get_actionable_objects()
        if self.request.POST.get("mark_as_active") != "True":
            people, spared = self.spares(people)
            without_access["items_with_no_access"] = [*without_access.get("items_with_no_access", []), *spared]
        return people, without_access


BULK_ACTIONS = (AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction)
