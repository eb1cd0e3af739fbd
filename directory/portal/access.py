"""Who comes into "My organisation": every view of it begins here."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms.accounts import User
from cms.forms import kept
from directory.members.models import looked_after_by
from directory.profiles.organisation import OrganisationPage

View = Callable[..., HttpResponseBase]


def member_required(view: View) -> View:
    """Asks people without log-in for it in their language, and leads back to where they were, with what they typed."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST":
                kept.keep(request, partial(_is_theirs, kwargs.get("key")))
            return redirect_to_login(request.get_full_path(), reverse("my_login"))
        response = view(request, *args, **kwargs)
        kept.remember(request, response)
        return response

    return guarded


def organisation_or_404(user: Any, key: UUID) -> OrganisationPage:
    """The source page of the organisation with that translation key; 404 unless ``user`` is a member of it.

    404, not 403: whether another organisation has an account is nobody's business.
    """
    found = looked_after_by(user).filter(translation_key=key).first()
    if found is None or not found.permissions_for_user(user).can_edit():
        raise Http404
    return found


def _is_theirs(key: UUID | None, user: User) -> bool:
    """Whether the screen with that key in its address, or none, is one of this person's."""
    if key is None:
        return True
    return bool(looked_after_by(user).filter(translation_key=key).exists())
