"""Rich text for people who have only a plain text field: paragraphs, and lists whose lines begin with a dash.

What plain text cannot say (bold, links) is kept in every paragraph that stays as it was.
"""

import re

from bs4 import BeautifulSoup, Tag
from django.utils.html import escape

BULLET, NUMBERED = re.compile(r"^[-–—•*·]\s+"), re.compile(r"^\d{1,2}[.)]\s+")
PLAIN_TAGS = {"p", "ul", "ol", "li", "br"}


def plain(rich: str) -> str:
    """``rich`` as it is shown in a text field."""
    return "\n\n".join(_plain_block(tag) for tag in _blocks(rich)).strip()


def says_more(rich: str) -> bool:
    """Whether ``rich`` holds what a text field cannot show."""
    return any(tag.name not in PLAIN_TAGS for tag in BeautifulSoup(rich, "html.parser").find_all(True))


def rich(text: str, before: str = "") -> str:
    """``text`` as rich text; its paragraphs that stand in the rich text ``before`` stay as they are there."""
    known = {_plain_block(tag): str(tag) for tag in _blocks(before)}
    return "".join(known.get(block) or _rich_block(block) for block in _typed_blocks(text))


def _blocks(rich: str) -> list[Tag]:
    """Paragraphs and lists; text that stands outside of them counts as a paragraph."""
    soup = BeautifulSoup(rich, "html.parser")
    blocks = []
    for node in list(soup.children):
        if isinstance(node, Tag):
            blocks.append(node)
        else:
            paragraph = soup.new_tag("p")
            paragraph.string = str(node).strip()
            blocks.append(paragraph)
    return [block for block in blocks if block.get_text(strip=True)]


def _plain_block(tag: Tag) -> str:
    if tag.name in ("ul", "ol"):
        items = enumerate(tag.find_all("li", recursive=False), start=1)
        return "\n".join(f"{f'{number}.' if tag.name == 'ol' else '-'} {_line(item)}" for number, item in items)
    return _line(tag)


def _line(tag: Tag) -> str:
    copy = BeautifulSoup(str(tag), "html.parser")
    for line_break in copy.find_all("br"):
        line_break.replace_with("\n")
    lines = (" ".join(line.split()) for line in copy.get_text().split("\n"))
    return "\n".join(line for line in lines if line)


def _typed_blocks(text: str) -> list[str]:
    """Blocks as they were typed: apart by an empty line, and where a list begins or ends."""
    blocks: list[str] = []
    kind = None
    for line in (" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        here = _kind(line)
        if here and here == kind:
            blocks[-1] += f"\n{line}"
        elif here:
            blocks.append(line)
        kind = here
    return blocks


def _kind(line: str) -> str:
    if not line:
        return ""
    return "ul" if BULLET.match(line) else "ol" if NUMBERED.match(line) else "p"


def _rich_block(block: str) -> str:
    lines, kind = block.split("\n"), _kind(block)
    if kind == "p":
        return f"<p>{'<br/>'.join(escape(line) for line in lines)}</p>"
    mark = BULLET if kind == "ul" else NUMBERED
    items = "".join(f"<li>{escape(mark.sub('', line))}</li>" for line in lines)
    return f"<{kind}>{items}</{kind}>"
