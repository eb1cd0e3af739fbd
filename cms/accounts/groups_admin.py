"""Groups in the admin: nobody makes one, or makes of one, what may do more than they may themselves."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.users.views import groups

from cms.accounts import permissions, person_of


class WithinOnesOwnRightsMixin:
    """Saves once on trial: whatever panels of rights the form has, what counts is what the group could do then."""

    request: HttpRequest
    object: Group
    permission_panel_forms: list[Any]

    def is_valid(self, form: forms.ModelForm) -> bool:
        if not super().is_valid(form):  # type: ignore[misc]
            return False
        if self._stays_within(form):
            return True
        form.add_error(None, _("You can give a group only rights that you have yourself."))
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        return False

    def _stays_within(self, form: forms.ModelForm) -> bool:
        is_new = form.instance.pk is None
        mine = permissions.rights_of(person_of(self.request))  # before: it may be one's own group
        with transaction.atomic():
            group = form.save()
            for panel in self.permission_panel_forms:
                panel.instance = group
                panel.save()
            stays = mine.covers(permissions.rights_of_groups([group]))
            transaction.set_rollback(True)
        if is_new:
            form.instance.pk, form.instance._state.adding = None, True
        return stays


class CreateView(WithinOnesOwnRightsMixin, groups.CreateView):
    pass


class EditView(WithinOnesOwnRightsMixin, groups.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_give(person_of(request), self.get_object()):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class DeleteView(groups.DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_give(person_of(request), self.get_object()):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class GroupViewSet(groups.GroupViewSet):
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
