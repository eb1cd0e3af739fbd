"""The house rules that a machine can check: who may import whom, names, sizes, templates, the stylesheet."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
import tinycss2
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).parent.parent
APPS = ("cms", "translations", "news", "directory", "dates", "home")
MAY_IMPORT = {
    "cms": set(),
    "translations": {"cms"},
    "directory": {"translations", "cms"},
    "dates": {"directory", "translations", "cms"},
    "news": {"dates", "directory", "translations", "cms"},
    "home": {"news", "directory", "dates", "translations", "cms"},
}
SAY_NOTHING = {"utils", "util", "core", "helpers", "helper", "common", "misc", "tools", "functions"}
LONGEST = 250
MODULES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(path for app in APPS for path in (ROOT / app).rglob("templates/**/*.html"))
STYLESHEETS = sorted(path for app in APPS for path in (ROOT / app).rglob("static/**/*.css"))
PHYSICAL = re.compile(
    r"^(margin|padding|border)-(left|right)(-|$)|^(left|right)$|^border-(top|bottom)-(left|right)-radius$|"
    r"^scroll-(margin|padding)-(left|right)$"
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported_apps(source: str) -> set[str]:
    """Our apps that a module imports, at its top or anywhere inside."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found & set(APPS)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_down_only(path: Path) -> None:
    app = path.relative_to(ROOT).parts[0]
    assert imported_apps(path.read_text()) - {app} <= MAY_IMPORT[app]


def test_an_import_upwards_would_be_found() -> None:
    assert imported_apps("def f():\n    from home.models import HomePage\n") == {"home"}
    assert imported_apps("import news.models as m") == {"news"}


def imported_modules(source: str, known: set[str]) -> set[str]:
    """Our modules that a module imports, at its top or anywhere inside."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inside & known if inside <= known else inside | {node.module}
    return found & known


def test_no_modules_import_each_other() -> None:
    """Neither one the other nor round a longer way, also not inside of a function or for types."""
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES
    }
    graph = {module: imported_modules(path.read_text(), {*modules} - {module}) for module, path in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" ← ".join(circle.args[1]))


def test_a_circle_would_be_found() -> None:
    known = {"cms.localization.localized_text", "cms.mail", "cms.mail.posting"}
    assert imported_modules("def f():\n    from cms.mail import posting, post\n", known) == {
        "cms.mail.posting",
        "cms.mail",
    }
    assert imported_modules(
        "from cms.mail import posting\nfrom cms.localization.localized_text import Words\n", known
    ) == {
        "cms.mail.posting",
        "cms.localization.localized_text",
    }


REFERENCE = re.compile(rf"({'|'.join(APPS)})(\.\*|[./][\w./-]+)")
"""A model, a module or a permission ("app.Model", "app.*" for all), or a template ("app/name.html")."""
PUTS_THE_APPS_TOGETHER = {"cms/urls.py", *(name(path) for path in (ROOT / "cms/settings").glob("*.py"))}


def strings_of(source: str) -> Iterator[str]:
    """All texts of a module, and the app of ``get_model("app", "Model")``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in {"get_model", "all_of"}:
            yield from (f"{each.value}.*" for each in node.args[:1] if isinstance(each, ast.Constant))


def strings_in_tags(template: str) -> Iterator[str]:
    for tag in re.findall(r"{%.*?%}|{{.*?}}", template, re.DOTALL):
        yield from re.findall(r"(?<=[\"'])[^\"']+(?=[\"'])", tag)


@cache
def apps_of_addresses() -> dict[str, str]:
    """Our names of addresses, each with the app whose view it leads to."""
    found: dict[str, str] = {}

    def walk(patterns: list, spaces: list[str]) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, [*spaces, each.namespace] if each.namespace else spaces)
            elif each.name:
                view = getattr(each.callback, "view_class", each.callback)
                app = getattr(view, "__module__", "").partition(".")[0]
                found[":".join([*spaces, each.name])] = app

    walk(get_resolver().url_patterns, [])
    return {address: app for address, app in found.items() if app in APPS}


def named_apps(strings: Iterator[str]) -> set[str]:
    """Our apps of which a model, a module, a permission, a template or an address is named."""
    found = set()
    for text in strings:
        if text in apps_of_addresses():
            found.add(apps_of_addresses()[text])
        elif reference := REFERENCE.fullmatch(text):
            found.add(reference[1])
    return found


@pytest.mark.parametrize("path", [*MODULES, *TEMPLATES], ids=name)
def test_references_by_name_go_down_only(path: Path) -> None:
    app, source = path.relative_to(ROOT).parts[0], path.read_text()
    if name(path) not in PUTS_THE_APPS_TOGETHER:
        named = named_apps(strings_of(source) if path.suffix == ".py" else strings_in_tags(source))
        assert named - {app} <= MAY_IMPORT[app]


@pytest.mark.parametrize(
    ("source", "app"),
    [
        ('subpage_types = ["dates.EventPage"]', "dates"),
        ('def f():\n    return import_string("home.models.HomePage")', "home"),
        ('user.has_perm("dates.change_place")', "dates"),
        ('get_model("dates", "Place")', "dates"),
        ('apps.get_model("dates", "Place")', "dates"),
        ('roles.all_of("directory", "topic")', "directory"),
        ('render(request, "news/news_page.html")', "news"),
        ('redirect("my_events", key=key)', "dates"),
        ('reverse("directory_records:index")', "directory"),
        ("{% include 'dates/includes/when.html' %}", "dates"),
        ('{% extends "directory/portal/base.html" %}', "directory"),
        ("<a href=\"{% url 'barrier' %}?page={{ path }}\">", "home"),
    ],
)
def test_a_reference_upwards_would_be_found(source: str, app: str) -> None:
    strings = strings_in_tags(source) if "{%" in source else strings_of(source)
    assert named_apps(strings) == {app}


def test_what_only_looks_like_a_reference_is_none() -> None:
    assert named_apps(strings_of('"dates"; "dates of birth."; "The news. Today"; "directory_name/x"')) == set()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_named_for_what_it_holds(path: Path) -> None:
    assert path.stem not in SAY_NOTHING
    assert path.parent.name not in SAY_NOTHING


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_holds_one_concept(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_production_code_knows_no_tests(path: Path) -> None:
    assert not re.search(r"^\s*(from|import) tests\b", path.read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_leave_dates_and_escaping_to_the_code(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\|\s*(date|time|localize|floatformat|safe)\b(?!\s*%})", without_filters_of_ours(text))
    assert "<script" not in text
    assert not re.search(r"\son[a-z]+=", text)


def without_filters_of_ours(text: str) -> str:
    """``|time`` and ``|number`` of ``{% load formats %}`` are CLDR's, not Django's."""
    return re.sub(r"\|time\b", "", text) if re.search(r"{% load [^%]*\bformats\b", text) else text


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_public_templates_have_no_inline_style(path: Path) -> None:
    if "widgets" not in path.parts and path.name != "second_factor.html":  # these two are the admin's
        assert not re.search(r"\sstyle=|<style", path.read_text())


@pytest.mark.parametrize("path", STYLESHEETS, ids=name)
def test_stylesheets_know_no_left_and_right(path: Path) -> None:
    wrong = [declaration for declaration in declarations(path.read_text()) if is_physical(*declaration)]
    assert wrong == []


@pytest.mark.parametrize(
    ("declaration", "physical"),
    [
        (("margin-left", "1px"), True),
        (("right", "0"), True),
        (("text-align", "left"), True),
        (("float", "right"), True),
        (("margin-inline-start", "1px"), False),
        (("text-align", "start"), False),
    ],
)
def test_physical_properties_would_be_found(declaration: tuple[str, str], physical: bool) -> None:
    assert is_physical(*declaration) is physical


def is_physical(prop: str, value: str) -> bool:
    if prop in {"text-align", "float", "clear"}:
        return bool(re.search(r"\b(left|right)\b", value))
    return bool(PHYSICAL.match(prop))


def declarations(css: str) -> list[tuple[str, str]]:
    """Every property with its value, at any depth of nesting."""
    found: list[tuple[str, str]] = []

    def walk(rules: list) -> None:
        for rule in rules:
            if rule.type == "declaration":
                found.append((rule.lower_name, tinycss2.serialize(rule.value).strip()))
            elif getattr(rule, "content", None) is not None:
                walk(tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True))

    walk(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    return found


def test_stylesheets_are_really_read() -> None:
    assert max(len(declarations(path.read_text())) for path in STYLESHEETS) > 100
