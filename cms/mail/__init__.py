"""Mails to people: written down with the act that causes them, sent by the worker and the clock, once.

>>> mail.post(template="directory/mail/approved", to="a@example.org", preferred="tr", context={"page": "Fest"})

``posting`` puts letters into the queue, ``sending`` works it off, ``transport`` speaks with the mail server. Whatever
Django or Wagtail send by themselves comes into the same queue through ``backend``; nothing else speaks SMTP.
"""

from cms.mail.composing import compose, languages_for
from cms.mail.posting import PAUSE, SENT_TWICE, cancel, post, post_late
from cms.mail.writers import Writer, register

__all__ = [
    "PAUSE",
    "SENT_TWICE",
    "Writer",
    "cancel",
    "compose",
    "languages_for",
    "post",
    "post_late",
    "register",
]
