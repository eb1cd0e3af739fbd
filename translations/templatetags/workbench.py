"""Sentences in the fields of the workbench: ``{% load workbench %}``."""

from django import template

from cms.localization.languages import Language
from translations.workbench.codes import readable

register = template.Library()


@register.filter
def in_field(written: str, target: Language) -> str:
    """``{{ entry.written|in_field:target }}``: with codes, numbers and names in order, whichever way the text runs."""
    return readable(written) if target.direction == "rtl" else written
