"""People who log in: staff in the Wagtail admin and members of organisations. E-mail is the log-in."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.localization import languages


class LastSuperuser(Exception):
    """Says in a sentence that somebody must be left who may do everything."""


def keep_a_superuser(*, without: Iterable[int]) -> None:
    """Raises LastSuperuser when no active superuser is left without these accounts.

    Locks the others until the transaction ends: two who switch each other off do not both succeed.
    """
    superusers = User.objects.filter(is_superuser=True, is_active=True)
    numbers = set(superusers.select_for_update().values_list("pk", flat=True))
    if numbers and numbers <= set(without):
        raise LastSuperuser(_("This is the last superuser. Make somebody else a superuser first."))


class UserQuerySet(models.QuerySet["User"]):
    """Whoever writes past the model's ``save`` leaves a superuser as well."""

    @transaction.atomic
    def update(self, **values: Any) -> int:
        if not (values.get("is_superuser", True) and values.get("is_active", True)):
            keep_a_superuser(without=list(self.values_list("pk", flat=True)))
        return super().update(**values)

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        keep_a_superuser(without=list(self.values_list("pk", flat=True)))
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):  # type: ignore[misc]
    """Finds and creates people by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with an account; ``preferred_language`` is that of mails and of the admin where it exists."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("email address"), unique=True)
    preferred_language = models.CharField(
        _("preferred language"), max_length=16, choices=languages.django_languages(), default=languages.SOURCE
    )
    is_demo = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        verbose_name = pgettext_lazy("account", "user")
        verbose_name_plural = pgettext_lazy("account", "users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("There is already an account with this email address."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises LastSuperuser."""
        self.email = self.email.strip().lower()
        concerned = kwargs.get("update_fields") is None or {"is_superuser", "is_active"} & set(kwargs["update_fields"])
        if self.pk and concerned and not (self.is_superuser and self.is_active):
            keep_a_superuser(without=[self.pk])
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises LastSuperuser."""
        if self.pk:
            keep_a_superuser(without=[self.pk])
        return super().delete(*args, **kwargs)

    @property
    def admin_language(self) -> str:
        """The preferred language where the admin speaks it, else that of the city's editors."""
        spoken = dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)
        return self.preferred_language if self.preferred_language in spoken else languages.SOURCE


def person_of(request: HttpRequest) -> User:
    """Who is logged in; for views that let nobody else in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
