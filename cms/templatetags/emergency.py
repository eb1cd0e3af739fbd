"""Whom to call in an emergency: ``{% load emergency %}``."""

from typing import Any

from django import template

from cms.routing import emergency_numbers

register = template.Library()


@register.inclusion_tag("cms/includes/emergency.html", takes_context=True)
def emergency(context: dict[str, Any]) -> dict[str, Any]:
    """``{% emergency %}``: the numbers of the Site that is being read; nothing where it has none."""
    request = context.get("request")
    return {"numbers": emergency_numbers.of_request(request) if request else []}
