"""What the city notes about an organisation: outside the revisions of its page, so no old draft brings it back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.profiles.organisation import OrganisationPage


class OrganisationRecord(models.Model):
    """One row an organisation, written by the city's offices and by acts of the platform, never by a member's form."""

    organisation = models.OneToOneField(
        OrganisationPage, on_delete=models.CASCADE, related_name="record", verbose_name=_("organisation")
    )
    is_verified = models.BooleanField(_("verified by the city"), default=False)
    is_trusted = models.BooleanField(
        _("trusted"), default=False, help_text=_("Facts such as telephone, hours and offers go live at once.")
    )
    internal_notes = models.TextField(_("internal notes"), blank=True)
    contact_email = models.EmailField(
        _("email address for invitations"), blank=True, help_text=_("Only for the offices; never shown to visitors.")
    )
    contact_language = models.CharField(_("language of that contact"), max_length=16, default="de")
    import_key = models.CharField(_("key in the imported list"), max_length=100, blank=True, db_index=True)
    imported = models.JSONField(_("values of the last import"), default=dict, blank=True, editable=False)
    own_words = models.JSONField(_("own words that were published"), default=dict, blank=True, editable=False)
    last_confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("last reminder"), null=True, blank=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders since then"), default=0, editable=False)
    offline_since = models.DateTimeField(_("taken offline"), null=True, blank=True, editable=False)
    offline_reason = models.TextField(_("reason for taking it offline"), blank=True)

    class Meta:
        verbose_name = _("record of an organisation")
        verbose_name_plural = _("records of organisations")

    def __str__(self) -> str:
        return self.organisation.title


def record_of(organisation: OrganisationPage) -> OrganisationRecord:
    """The record of an organisation (of its source page), made empty when there is none yet."""
    record, _created = OrganisationRecord.objects.get_or_create(organisation=organisation.facts)
    return record
