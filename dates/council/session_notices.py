"""What a session may say about itself: sentences that stand ready in every language, chosen instead of written."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Notice(models.TextChoices):
    """Chosen in the editor by its name; visitors read the sentence of ``NOTICES``."""

    OTHER_PLACE = "other_place", _("another place than usual")
    OTHER_TIME = "other_time", _("another time than usual")
    QUESTION_TIME = "question_time", _("question time for residents")
    EXTRAORDINARY = "extraordinary", _("extra meeting")
    JOINT = "joint", _("joint meeting with another committee")
    REGISTRATION = "registration", _("please register")
    ONLINE = "online", _("online only")


NOTICES: dict[str, str | Promise] = {
    Notice.OTHER_PLACE: _("This meeting is in another place than usual."),
    Notice.OTHER_TIME: _("This meeting begins at another time than usual."),
    Notice.QUESTION_TIME: _("Residents can ask questions at this meeting."),
    Notice.EXTRAORDINARY: _("This is an extra meeting."),
    Notice.JOINT: _("The council meets together with another committee."),
    Notice.REGISTRATION: _("If you want to come, please tell the office beforehand."),
    Notice.ONLINE: _("This meeting takes place on the internet only."),
}


FOR_VISITORS = (Notice.QUESTION_TIME, Notice.REGISTRATION)
"""Notices that only make sense where people may come."""


class Openness(models.TextChoices):
    """Whether people may come and listen."""

    PUBLIC = "public", pgettext_lazy("council session", "public")
    PARTLY = "partly", pgettext_lazy("council session", "partly public")
    CLOSED = "closed", pgettext_lazy("council session", "not public")


OPENNESS: dict[str, str | Promise] = {
    Openness.PUBLIC: _("The meeting is public. Everybody may come and listen."),
    Openness.PARTLY: _("One part of the meeting is public. Everybody may come and listen then."),
    Openness.CLOSED: _("The meeting is not public."),
}


class Offered(models.TextChoices):
    """Whether there is interpreting, or sign language; empty means that it is not known yet."""

    YES = "yes", _("yes")
    ON_REQUEST = "on_request", _("on request")
    NO = "no", _("no")


INTERPRETERS: dict[str, str | Promise] = {
    Offered.YES: _("There are interpreters."),
    Offered.ON_REQUEST: _("Interpreters come if you ask the office early enough."),
    Offered.NO: _("There are no interpreters."),
}

SIGN_LANGUAGE: dict[str, str | Promise] = {
    Offered.YES: _("There is German sign language."),
    Offered.ON_REQUEST: _("German sign language is offered if you ask the office early enough."),
    Offered.NO: _("There is no sign language."),
}
