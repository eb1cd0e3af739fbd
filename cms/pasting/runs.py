"""Pieces of running text with what rich text can say of them: bold, and where they lead."""

import re
from dataclasses import dataclass, replace

from django.utils.html import escape

SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")


@dataclass(frozen=True)
class Run:
    text: str
    is_bold: bool = False
    href: str = ""


BREAK = Run("\n")
Runs = list[Run]


def text_of(runs: Runs) -> str:
    """In one line."""
    return " ".join("".join(" " if run is BREAK else run.text for run in runs).split())


def tidy(runs: Runs) -> Runs:
    """One space between words, none at the ends of lines, no break at the ends; neighbours of one kind are one run.

    Spaces that do not break stay where they stand alone between words ("16 Uhr").
    """
    found: Runs = []
    after_space = True
    for run in runs:
        if run is BREAK:
            if found and found[-1] is not BREAK:
                found[-1] = replace(found[-1], text=found[-1].text.rstrip())
            found.append(BREAK)
            after_space = True
            continue
        text = SPACES.sub(lambda space: "\xa0" if space[0] == "\xa0" else " ", run.text)
        if after_space:
            text = text.lstrip(" \xa0")
        if not text:
            continue
        after_space = text[-1] in " \xa0"
        last = found[-1] if found else BREAK
        if last is not BREAK and (last.is_bold, last.href) == (run.is_bold, run.href):
            found[-1] = replace(last, text=last.text + text)
        else:
            found.append(replace(run, text=text))
    found = [run for run in found if run is BREAK or run.text]
    while found and (found[0] is BREAK or not found[0].text.strip()):
        found.pop(0)
    while found and (found[-1] is BREAK or not found[-1].text.strip()):
        found.pop()
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip())
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return found


def lines_of(runs: Runs) -> list[Runs]:
    lines: list[Runs] = [[]]
    for run in runs:
        if run is BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return [tidy(line) for line in lines]


def rich(runs: Runs) -> str:
    """As HTML of the editor's rich text."""
    return "".join(_rich(run) for run in runs)


def _rich(run: Run) -> str:
    if run is BREAK:
        return "<br/>"
    text = escape(run.text)
    if run.is_bold:
        text = f"<b>{text}</b>"
    return f'<a href="{escape(run.href)}">{text}</a>' if run.href else text
