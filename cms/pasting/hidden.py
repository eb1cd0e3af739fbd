"""What stands in pasted HTML and not in the text: deleted words, comments and their marks, styles and scripts."""

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

UNSEEN = ("script", "style", "title", "meta", "link", "xml", "template", "noscript", "base", "o:officedocumentsettings")
DELETED = "deleted"
CROSSED_OUT = "crossed out"

_HIDDEN_STYLE = re.compile(
    r"(?<![-\w])display:none|visibility:hidden|mso-hide:all|mso-element:comment|mso-special-character:comment"
)
_CROSSED_STYLE = re.compile(r"text-decoration(-line)?:[^;]*line-through")
_COMMENT_CLASSES = re.compile(r"^(msocom\w*|MsoComment\w*|CommentReference|comment-(anchor|reference))$", re.I)
_COMMENT_ADDRESS = re.compile(r"^#?_?(msocom|cmnt)", re.I)


@dataclass
class Hidden:
    """What was taken away and concerns the meaning: words, by reason."""

    words: dict[str, list[str]] = field(default_factory=dict)

    def add(self, reason: str, tag: Tag) -> None:
        if words := " ".join(tag.get_text(" ").split()):
            self.words.setdefault(reason, []).append(words)


def style_of(tag: Tag) -> str:
    """The inline style without spaces and in small letters."""
    return re.sub(r"\s+", "", str(tag.get("style") or "")).lower()


def classes_of(tag: Tag) -> list[str]:
    found = tag.get("class") or []
    return found.split() if isinstance(found, str) else [str(each) for each in found]


def take_away(soup: BeautifulSoup) -> Hidden:
    """Removes from ``soup`` what its author does not show."""
    hidden, waiting = Hidden(), list(soup.contents)
    while waiting:
        node = waiting.pop()
        if isinstance(node, PreformattedString):  # comments, declarations
            node.extract()
        if not isinstance(node, Tag):
            continue
        reason = _reason(node)
        if reason:
            hidden.add(reason, node)
        if reason or _is_unseen(node):
            node.extract()
        else:
            waiting += node.contents
    for words in hidden.words.values():
        words.reverse()  # as they stood
    return hidden


def _is_unseen(tag: Tag) -> bool:
    return bool(tag.name in UNSEEN or tag.has_attr("hidden") or _HIDDEN_STYLE.search(style_of(tag)) or _is_comment(tag))


def _reason(tag: Tag) -> str:
    classes = {name.lower() for name in classes_of(tag)}
    if tag.name == "del" or classes & {"msodel", "msochangeprop-deleted"} or tag.get("data-track-change") == "del":
        return DELETED
    if tag.name in {"s", "strike"} or _CROSSED_STYLE.search(style_of(tag)):
        return CROSSED_OUT
    return ""


def _is_comment(tag: Tag) -> bool:
    if any(_COMMENT_CLASSES.match(name) for name in classes_of(tag)):
        return tag.name != "body"
    address = str(tag.get("href") or "")
    name = str(tag.get("id") or tag.get("name") or "")
    if tag.name == "a" and _COMMENT_ADDRESS.match(address.lstrip("#")) and address.startswith("#"):
        return True
    if tag.name in {"div", "p"} and _COMMENT_ADDRESS.match(name):
        return True
    # Google Docs: the comment itself is a paragraph that begins with an anchor back to its mark.
    first = tag.find("a") if tag.name in {"p"} else None
    return isinstance(first, Tag) and str(first.get("href") or "").startswith("#cmnt_ref")
