"""What people have agreed to: when, in which words and language (Art. 7 (1) GDPR wants it shown)."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from cms.accounts import User
from cms.localization import languages
from directory.profiles import offices
from directory.profiles.organisation import OrganisationPage


def wording(name: str) -> str:
    """What a person agrees to for the organisation ``name``, in the reader's language."""
    return gettext(
        "I agree that the contact details which we enter for “%(organisation)s” (telephone, email address, postal "
        "address, names) are published on this website. I can withdraw this at any time under “My account”."
    ) % {"organisation": name}


class Consent(models.Model):
    """One consent, with the words that were on the screen."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        OrganisationPage, models.CASCADE, related_name="consents", verbose_name=_("organisation")
    )
    wording = models.TextField(_("wording"))
    language = models.CharField(_("language"), max_length=16)
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return f"{self.organisation.title}: {self.user}"


def give(*, user: User, organisation: OrganisationPage) -> Consent:
    """Records that ``user`` agrees to the words in the reader's language."""
    code = languages.active().code
    return Consent.objects.create(
        user=user, organisation=organisation, wording=wording(organisation.title), language=code
    )


@transaction.atomic
def withdraw(*, consent: Consent) -> None:
    """Holds from now on (Art. 7 (3) GDPR); the offices are told, who take from the page what must not stay."""
    if not Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        return
    log(consent.organisation, "directory.withdraw_consent", user=consent.user, data={"person": consent.user.email})
    offices.tell(
        organisation=consent.organisation,
        template="directory/mail/consent_withdrawn",
        context={"person": consent.user.email},
    )
