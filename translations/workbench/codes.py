"""Bold, links and line breaks as codes that a translator sees and moves, in place of HTML.

``Der <b>Eintritt</b> ist <a id="a1">frei</a>.`` is written ``Der {b}Eintritt{/b} ist {link1}frei{/link1}.``
Every other character means itself; a brace of the text is doubled.
"""

import re
from collections import Counter
from html import escape, unescape

from django.utils.translation import gettext as _

from cms.localization.reading_order import in_text, isolated

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)\s*(/?)>", re.IGNORECASE)
_ID = re.compile(r"""\bid\s*=\s*["']([\w-]+)["']""")
_CODE = re.compile(r"\{\{|\}\}|\{(/?)([a-z]+)(?:(\d+)|#([\w-]+))?\}")
_LINK_ID = re.compile(r"a(\d+)")
VOID = frozenset({"br", "hr", "img", "wbr"})


class BadCodes(ValueError):
    """Says in a sentence which code is lost, doubled or not closed."""


def to_codes(fragment: str) -> str:
    """What a translator sees of an HTML fragment with inline tags."""
    written: list[str] = []
    opened: list[str] = []
    end = 0
    for tag in _TAG.finditer(fragment):
        written.append(_text(fragment[end : tag.start()]))
        end = tag.end()
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if name == "br":
            written.append("\n")
        elif closing:
            written.append(f"{{/{opened.pop() if opened else name}}}")
        else:
            found = _ID.search(attributes)
            code = _code(name, found[1] if found else "")
            written.append(f"{{{code}}}")
            if name not in VOID and not tag[4]:
                opened.append(code)
    return "".join([*written, _text(fragment[end:])])


def _text(fragment: str) -> str:
    return unescape(fragment).replace("{", "{{").replace("}", "}}")


def _code(name: str, identifier: str) -> str:
    link = _LINK_ID.fullmatch(identifier) if name == "a" else None
    if link:
        return f"link{link[1]}"
    return f"{name}#{identifier}" if identifier else name


def readable(written: str) -> str:
    """``written`` in a field that runs from right to left: each code, number and name in isolates.

    They are gone when the form comes back (``cms.localization.clean_text``), so nothing is stored of them.
    """
    parts, end = [], 0
    for code in _CODE.finditer(written):
        parts += [in_text(written[end : code.start()]), isolated(code[0])]
        end = code.end()
    return "".join([*parts, in_text(written[end:])])


def codes_in(written: str) -> list[str]:
    """The opening codes in their order, such as ``b`` and ``link1``."""
    return [_name(code) for code in _CODE.finditer(written) if code[2] and not code[1]]


def _name(code: re.Match[str]) -> str:
    return code[2] + (code[3] or "") + (f"#{code[4]}" if code[4] else "")


def from_codes(written: str, source: str) -> str:
    """The HTML fragment for what was typed; ``source`` is the German fragment.

    Raises BadCodes unless every link of the German text stands once, and every code is one of its own and closed.
    """
    known = set(codes_in(to_codes(source)))
    fragment: list[str] = []
    opened: list[str] = []
    end = 0
    for code in _CODE.finditer(written):
        fragment.append(_html(written[end : code.start()]))
        end = code.end()
        if not code[2]:
            fragment.append(code[0][0])
            continue
        name = _name(code)
        if name not in known:
            raise BadCodes(
                _("The German text has no {%(code)s}. Write the braces twice to mean braces.") % {"code": name}
            )
        if code[1]:
            if not opened or opened.pop() != name:
                raise BadCodes(_("{/%(code)s} closes nothing here.") % {"code": name})
            fragment.append(f"</{_tag(name)[0]}>")
        else:
            tag, identifier = _tag(name)
            fragment.append(f'<{tag} id="{identifier}">' if identifier else f"<{tag}>")
            opened.append(name)
    if opened:
        raise BadCodes(_("{%(code)s} is not closed: write {/%(code)s} where it ends.") % {"code": opened[-1]})
    _require_links(written, source)
    return "".join([*fragment, _html(written[end:])])


def _html(text: str) -> str:
    return escape(text.replace("\r\n", "\n"), quote=False).replace("\n", "<br/>")


def _tag(name: str) -> tuple[str, str]:
    link = re.fullmatch(r"link(\d+)", name)
    if link:
        return "a", f"a{link[1]}"
    tag, _separator, identifier = name.partition("#")
    return tag, identifier


def _require_links(written: str, source: str) -> None:
    wanted = Counter(code for code in codes_in(to_codes(source)) if code.startswith("link") or "#" in code)
    found = Counter(code for code in codes_in(written) if code.startswith("link") or "#" in code)
    for code in wanted | found:
        if found[code] < wanted[code]:
            raise BadCodes(_("The link {%(code)s} … {/%(code)s} is missing.") % {"code": code})
        if found[code] > wanted[code]:
            raise BadCodes(_("The link {%(code)s} … {/%(code)s} stands there twice.") % {"code": code})
