"""What a tag says of its words by its name, style and class: bold, heading, item of a list."""

import re
from dataclasses import dataclass

from bs4 import Tag

from cms.pasting.hidden import classes_of, style_of

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BULLETS = re.compile(r"^[•·▪◦‣●○■§o–—-]?$")


@dataclass
class ListLevel:
    level: int
    is_ordered: bool


def is_bold(tag: Tag, inherited: bool) -> bool:
    """Google Docs wraps everything in a ``<b>`` that is not bold."""
    style = style_of(tag)
    if found := re.search(r"(?<![-\w])font-weight:(\w+)", style):
        return found[1] in {"bold", "bolder"} or (found[1].isdigit() and int(found[1]) >= 600)
    if re.search(r"(?<![-\w])font:(italic)?bold", style):
        return True
    return inherited or tag.name in {"b", "strong", "dt"}


def is_heading(tag: Tag) -> bool:
    classes = {name.lower() for name in classes_of(tag)}
    named = any(re.fullmatch(r"mso(title|subtitle|heading\d)|heading\s?\d|title|subtitle", name) for name in classes)
    return tag.name in HEADINGS or tag.get("role") == "heading" or (tag.name == "p" and named)


def is_mark(tag: Tag) -> bool:
    return "mso-list:ignore" in style_of(tag)


def word_item(tag: Tag) -> ListLevel | None:
    """Word writes items as paragraphs: their level in the style, their sign or number as text."""
    mark = tag.find(is_mark)
    level = re.search(r"mso-list:.*?level(\d)", style_of(tag))
    if mark is None and level is None:
        return None  # "mso-list:none", or a second paragraph of the same item
    sign = mark.get_text().strip() if mark else ""
    is_ordered = len(sign) > 1 and not BULLETS.match(sign) and bool(re.search(r"[0-9a-zA-Z]", sign))
    return ListLevel(max(int(level[1]) if level else 1, 1) - 1, is_ordered)
