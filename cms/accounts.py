"""People who log in: staff in the Wagtail admin and members of organisations. E-mail is the log-in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms import languages


class UserManager(BaseUserManager["User"]):
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
        verbose_name = _("user")
        verbose_name_plural = _("users")
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

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
