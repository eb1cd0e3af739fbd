"""What a session was before: changes that visitors are told, and addresses that lead on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SessionChange(models.Model):
    """Start, end, place or status of a session became another: what visitors are told, and who did it."""

    class Origin(models.TextChoices):
        PERSON = "person", _("a person")
        IMPORT = "import", _("an import")

    session = models.ForeignKey("dates.CouncilSession", on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=10)
    old = models.CharField(max_length=100, blank=True)
    """Moments in ISO 8601, places by their key; empty for none."""
    new = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(default=timezone.now)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_public = models.BooleanField(default=True)
    """False when visitors never saw the old value, or when it was a typing mistake."""

    class Meta:
        verbose_name = _("change of a session")
        verbose_name_plural = _("changes of sessions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"


class FormerAddress(models.Model):
    """Number and year under which a public session was found before; its page answers there with the new address."""

    session = models.ForeignKey("dates.CouncilSession", on_delete=models.CASCADE, related_name="former_addresses")
    body = models.ForeignKey("dates.CouncilBody", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    uid = models.UUIDField(null=True, editable=False)
    """Under which calendars of the body know the session, where it was another one before they were merged."""

    class Meta:
        verbose_name = _("former address of a session")
        verbose_name_plural = _("former addresses of sessions")
        constraints = [models.UniqueConstraint(fields=["body", "year", "number"], name="former_address_unique")]

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"
