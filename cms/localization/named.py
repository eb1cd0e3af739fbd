"""Rows with a name in every language, such as topics and places."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.localization.localized_text import LocalizedText, LocalizedTextField, choose


class Named(models.Model):
    """The ``key`` stands in addresses and files."""

    key = models.SlugField(_("key"), unique=True)
    name = LocalizedTextField(_("name"))

    class Meta:
        abstract = True
        ordering = ["key"]

    def __str__(self) -> str:
        return str(choose(self.name)) or self.key

    @property
    def label(self) -> LocalizedText:
        return choose(self.name)
