"""What the buttons of the workbench do with a draft that is saved, and the words in which it is told."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from translations import publishing
from translations.review import acts
from translations.review.models import Act, name_of

SAVE, SUBMIT, PUBLISH, WITHDRAW, RETURN = "save", "submit", "publish", "withdraw", "return"
ACTIONS = (SAVE, SUBMIT, PUBLISH, WITHDRAW, RETURN)


def tell_saved(request: HttpRequest, became: Act | None) -> None:
    """After "Save draft": where the translation stands with it."""
    if became == Act.WITHDRAWN:
        sentence = _(
            "Saved as a draft. With that the translation is withdrawn from review: send it again when it is finished."
        )
        messages.warning(request, sentence)
    elif became == Act.SENT:
        messages.success(request, _("Saved. The translation stays in review; nothing public has changed."))
    else:
        messages.success(request, _("Saved as a draft. Nothing public has changed."))


def do(request: HttpRequest, action: str, page_id: int, revision: Revision) -> bool:
    """Sends, publishes, withdraws or hands back ``revision``, and says so; False when that was not possible."""
    translated = get_object_or_404(Page, pk=page_id).specific
    act: Callable[..., str] = {SUBMIT: _submit, PUBLISH: _publish, WITHDRAW: _withdraw, RETURN: _hand_back}[action]
    try:
        messages.success(request, act(request, translated, revision))
    except PermissionDenied:
        messages.error(request, _denied(action))
        return False
    except (publishing.NotPublishable, publishing.Locked, acts.NotInReview, acts.NoReason) as error:
        messages.error(request, str(error))
        return False
    return True


def _denied(action: str) -> str:
    if action == PUBLISH:
        return _("You may not publish this. Send it for review instead.")
    return _("This is for those who review the translation.")


def _submit(request: HttpRequest, translated: Page, revision: Revision) -> str:
    acts.send(translated=translated, revision=revision, user=request.user)
    return _("The translation has been sent for review. It is not public yet; you get a mail when it is.")


def _publish(request: HttpRequest, translated: Page, revision: Revision) -> str:
    publishing.publish(translated=translated, revision=revision, user=request.user)
    if not Page.objects.filter(pk=translated.pk, live=True).exists():
        return _("The translation is approved. It goes live together with the German page.")
    return _("The translation is reviewed and public now.")


def _withdraw(request: HttpRequest, translated: Page, revision: Revision) -> str:
    acts.withdraw(translated=translated, user=request.user)
    return _("The translation is withdrawn from review. It is a draft again.")


def _hand_back(request: HttpRequest, translated: Page, revision: Revision) -> str:
    reason = request.POST.get("reason", "")
    author = acts.hand_back(translated=translated, revision=revision, user=request.user, reason=reason)
    if author is None or author.pk == request.user.pk:
        return _("The translation is handed back. Your reason stands above it.")
    who = {"who": name_of(author)}
    return _("The translation is handed back to %(who)s, who gets a mail with your reason.") % who
