"""The house rules that a machine can check: who may import whom, names, sizes, templates, the stylesheet."""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
import tinycss2

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
    known = {"cms.words", "cms.mail", "cms.mail.posting"}
    assert imported_modules("def f():\n    from cms.mail import posting, post\n", known) == {
        "cms.mail.posting",
        "cms.mail",
    }
    assert imported_modules("from cms.mail import posting\nfrom cms.words import Words\n", known) == {
        "cms.mail.posting",
        "cms.words",
    }


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
