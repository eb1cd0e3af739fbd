"""Rows with a name in every language, such as topics and places."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.localization.localized_text import Words, WordsField, choose


class Named(models.Model):
    """The ``key`` stands in addresses and files."""

    key = models.SlugField(_("key"), unique=True)
    name = WordsField(_("name"))

    class Meta:
        abstract = True
        ordering = ["key"]

    def __str__(self) -> str:
        return str(choose(self.name)) or self.key

    @property
    def label(self) -> Words:
        return choose(self.name)
