"""The tools that build, check and run the platform."""

import ast
import contextlib
import gettext
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cms.localization import languages
from cms.management.commands import messages
from cms.management.commands.serve import ServePart

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = sorted(path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests")

TEMPLATE = """{% load i18n %}
    {# Translators: above the list #}
    <h1 title="{% trans "50% off" %}">{% translate "Heading" %}</h1>
  <p>{% translate "May" context "month" as month %}{% comment %}{% translate "no longer used" %}{% endcomment %}</p>
  {% blocktranslate trimmed count n=items|length context "list" with place=page.place|default:_("nowhere") %}
     One event in {{ place }}
    {% plural %}
     {{ n }} events in {{ place }}
  {% endblocktranslate %}
{% include "card.html" with label=_("Close") %}
"""
CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext_lazy, pgettext_lazy
# Translators: short
a = _("Plain")
b = gettext_lazy("In two "
    "parts")
c = ngettext_lazy("%(count)d page", "%(count)d pages", "count")
d = pgettext_lazy("month", "March")
"""


@pytest.fixture
def project(tmp_path, settings):
    """A project of one app with its catalogues, apart from ours."""
    (tmp_path / "app" / "templates").mkdir(parents=True)
    (tmp_path / "app" / "__init__.py").touch()
    (tmp_path / "app" / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "app" / "pages.py").write_text(CODE)
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path


def catalogue(project, folder):
    return project / "locale" / folder / "LC_MESSAGES" / "django.po"


def translate(project, folder, string, *words):
    """Writes a translation into the catalogue as a person would, by an editor."""
    path = catalogue(project, folder)
    forms = "".join(f'msgstr[{i}] "{word}"\n' for i, word in enumerate(words)) if len(words) > 1 else ""
    pattern = rf'(msgid "{re.escape(string)}"\n(?:msgid_plural ".*"\n)?)(?:msgstr.*\n)+'
    text, count = re.subn(pattern, lambda m: m[1] + (forms or f'msgstr "{words[0]}"\n'), path.read_text())
    assert count == 1
    path.write_text(text)


def faults(capsys):
    """What ``messages --check`` says."""
    with pytest.raises(CommandError):
        call_command("messages", "--check")
    return capsys.readouterr().err


def test_every_kind_of_marked_string_is_extracted(project):
    strings = messages.extract_strings(project)
    found = {(message.id, message.context) for message in strings if message.id}
    assert found == {
        ("50%% off", None),
        ("Heading", None),
        ("May", "month"),
        ("nowhere", None),
        (("One event in %(place)s", "%(n)s events in %(place)s"), "list"),
        ("Close", None),
        ("Plain", None),
        ("In two parts", None),
        (("%(count)d page", "%(count)d pages"), None),
        ("March", "month"),
    }
    assert strings.get("50%% off").auto_comments == ["Translators: above the list"]
    assert strings.get("Plain").auto_comments == ["Translators: short"]


def test_every_language_gets_a_catalogue_and_english_is_filled(project):
    call_command("messages")
    for language in languages.LANGUAGES:
        assert catalogue(project, languages.catalogue_folder(language.code)).exists()
    english = catalogue(project, "en").read_text()
    assert 'msgid "Plain"\nmsgstr "Plain"' in english
    assert 'msgstr[1] "%(count)d pages"' in english


def test_updating_again_changes_nothing(project):
    call_command("messages")
    translate(project, "ar", "Plain", "عادي")
    before = catalogue(project, "ar").read_text()
    call_command("messages")
    assert catalogue(project, "ar").read_text() == before
    assert not re.search(r"^#:.*\d", before, re.MULTILINE), "line numbers make every diff long"


def test_a_string_that_left_the_code_leaves_the_catalogues(project):
    call_command("messages")
    (project / "app" / "pages.py").write_text("")
    call_command("messages")
    assert "Plain" not in catalogue(project, "uk").read_text()


@pytest.mark.parametrize(
    ("folder", "forms"), [("ar", 6), ("uk", 4), ("ru", 4), ("ro", 3), ("tr", 2), ("fa", 2), ("de_Simple", 2), ("ti", 2)]
)
def test_plural_rules_are_those_of_django_or_of_cldr(folder, forms):
    assert messages.plural_forms_of(folder).startswith(f"nplurals={forms}; ")


def test_a_plural_form_for_fractions_only_is_filled(project):
    call_command("messages")
    translate(project, "uk", "%(count)d page", "%(count)d сторінка", "%(count)d сторінки", "%(count)d сторінок", "")
    call_command("messages")
    assert 'msgstr[3] "%(count)d сторінок"' in catalogue(project, "uk").read_text()


def test_check_names_file_and_string_of_each_fault(project, capsys):
    call_command("messages")
    translate(project, "ro", "Plain", "Simplu")
    (project / "app" / "more.py").write_text('from django.utils.translation import gettext\ngettext("New")\n')
    said = faults(capsys)
    assert "locale/ro/LC_MESSAGES/django.po: 'New' is missing" in said
    assert "locale/ro/LC_MESSAGES/django.po: 'Heading' has no translation" in said
    assert "locale/ro/LC_MESSAGES/django.po: 'Plain'" not in said


def test_check_finds_fuzzy_strings(project, capsys):
    call_command("messages")
    path = catalogue(project, "tr")
    path.write_text(path.read_text().replace('msgid "Plain"\nmsgstr ""', '#, fuzzy\nmsgid "Plain"\nmsgstr "Sade"'))
    assert "locale/tr/LC_MESSAGES/django.po: 'Plain' is marked as fuzzy" in faults(capsys)


def test_check_finds_missing_plural_forms_and_wrong_placeholders(project, capsys):
    call_command("messages")
    translate(project, "ru", "%(count)d page", "%(count)d страница", "", "%(count)d страниц", "%(count)d страницы")
    translate(project, "bg", "%(count)d page", "една страница", "%(number)d страници")
    said = faults(capsys)
    assert "ru/LC_MESSAGES/django.po: '%(count)d page' lacks plural form 1 (for 2, 3, 4, 22, 23 …)" in said
    assert "bg/LC_MESSAGES/django.po: '%(count)d page' has other placeholders in plural form 1" in said
    assert "bg/LC_MESSAGES/django.po: '%(count)d page' has other placeholders in plural form 0" not in said


def test_compiling_leaves_out_what_is_unfinished(project):
    call_command("messages")
    translate(project, "de_Simple", "Plain", "Einfach")
    translate(project, "de_Simple", "%(count)d page", "%(count)d Seite", "")
    path = catalogue(project, "de_Simple")
    path.write_text(path.read_text().replace('msgid "Close"\nmsgstr ""', '#, fuzzy\nmsgid "Close"\nmsgstr "Zu"'))
    call_command("compile_catalogues")
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Plain") == "Einfach"
    assert compiled.gettext("Close") == "Close"
    assert compiled.ngettext("%(count)d page", "%(count)d pages", 2) == "%(count)d pages"
    assert compiled.info()["plural-forms"].startswith("nplurals=2")


def test_compiling_skips_what_is_up_to_date(project):
    call_command("messages")
    call_command("compile_catalogues")
    compiled = catalogue(project, "fa").with_suffix(".mo")
    os.utime(compiled, (time.time() + 60, time.time() + 60))
    before = compiled.stat().st_mtime_ns
    call_command("compile_catalogues")
    assert compiled.stat().st_mtime_ns == before


def test_a_broken_catalogue_is_named(project):
    call_command("messages")
    catalogue(project, "bg").write_text('msgid "Plain"\nthis is no catalogue\n')
    with pytest.raises(CommandError, match=r"bg/LC_MESSAGES/django\.po is not a valid catalogue"):
        call_command("compile_catalogues")


def test_a_taken_port_is_said_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} on 127.0.0.1 cannot be used .*PORT={port + 1}"):
            call_command("serve", port=port)


def test_a_part_that_keeps_failing_is_started_less_and_less_often():
    part = ServePart("The part", [sys.executable, "-c", "raise SystemExit(3)"])
    now, pauses = 0.0, []
    for _ in range(7):
        part.watch(now)
        part.process.wait()
        assert part.watch(now) == f"The part ended with code 3; it starts again in {part.pause} s."
        pauses.append(part.pause)
        assert part.watch(now + part.pause - 0.1) == ""
        assert part.process is None
        now += part.pause
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


@pytest.fixture
def installation(db, tmp_path):
    """A data folder whose database is migrated; copied, because migrating takes longer than all tests of this file."""
    if connection.vendor != "sqlite":
        pytest.skip("copies a database file")
    connection.ensure_connection()
    (tmp_path / "db.sqlite3").write_bytes(connection.connection.serialize())
    (tmp_path / "demo-logins.txt").write_text("press@example.org with its password\n")
    return tmp_path


def test_serve_survives_a_killed_server_and_ends_when_told(installation):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "DATA_DIR": str(installation), "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    environment |= {"PORT": str(port), "WEB_CONCURRENCY": "1", "PYTHONUNBUFFERED": "1"}
    manage = [sys.executable, str(ROOT / "manage.py")]
    log = installation / "log"
    with log.open("w") as output:
        platform = subprocess.Popen([*manage, "serve"], env=environment, stdout=output, stderr=output)
    try:
        wait_until(lambda: "press@example.org" in log.read_text())
        assert f"Miteinander is ready: http://localhost:{port}/" in log.read_text()
        wait_until(lambda: len(children_of(platform.pid)) == 3)
        server = min(children_of(platform.pid))
        os.kill(server, signal.SIGKILL)
        wait_until(lambda: "The application server ended with code -9" in log.read_text())
        wait_until(lambda: answers(port))
        platform.terminate()
        assert platform.wait(timeout=30) == 0
        assert not answers(port)
    finally:
        platform.kill()


def test_developers_get_the_debug_toolbar_and_one_process_tree_that_ends(installation):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "DATA_DIR": str(installation), "DJANGO_SETTINGS_MODULE": "cms.settings.debug"}
    log = installation / "log"
    with log.open("w") as output:
        manage = [sys.executable, str(ROOT / "manage.py"), "develop", "--port", str(port)]
        platform = subprocess.Popen(manage, env=environment, stdout=output, stderr=output)
    try:
        wait_until(lambda: f"Mails: http://localhost:{port}/dev/mails/" in log.read_text())
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/dev/mails/") as response:
            assert "None yet" in (page := response.read().decode())
        assert 'id="djDebug"' in page
        wait_until(lambda: len(children_of(platform.pid)) == 3)
        platform.send_signal(signal.SIGINT)
        assert platform.wait(timeout=40) == 0
        assert not answers(port)
    finally:
        platform.kill()


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(child) for child, parent in map(str.split, listed.splitlines()) if int(parent) == pid]


def answers(port: int) -> bool:
    request = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(request), contextlib.suppress(OSError):
        request.request("GET", "/healthz")
        return request.getresponse().status == http.HTTPStatus.OK
    return False


def wait_until(condition, seconds: int = 180) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.2)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_checksums_and_names_no_source(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    requirements = re.findall(r"^([^\s#].*?)(?= \\$|$)((?: \\\n    --hash=sha256:[0-9a-f]{64})*)", text, re.MULTILINE)
    assert len(requirements) > 20
    for requirement, checksums in requirements:
        assert "==" in requirement
        assert checksums, f"{requirement} has no checksum"


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_requirement_has_its_reason(name):
    reason = False
    for line in (ROOT / name).read_text().splitlines():
        if line.startswith("#"):
            reason = True
        elif not line:
            reason = False
        else:
            assert reason, f"{line}: why is it needed?"


def test_what_the_code_imports_is_a_requirement_of_its_own():
    """A package that only comes with another one disappears when that one no longer needs it; Wagtail's are its own."""
    required = {normalised(name) for name in re.findall(r"^[\w-]+", (ROOT / "requirements.in").read_text(), re.M)}
    required |= {normalised(re.match(r"[\w.-]+", each)[0]) for each in requires("wagtail") if "extra ==" not in each}
    own = {path.name for path in PACKAGES}
    distributions = packages_distributions()
    for path in (path for package in PACKAGES for path in package.rglob("*.py")):
        for name in imported(path) - own - set(sys.stdlib_module_names):
            assert required & {normalised(each) for each in distributions.get(name, [])}, f"{path} imports {name}"


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_target_of_the_makefile_is_explained():
    makefile = (ROOT / "Makefile").read_text()
    public = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) - {"catalogues", "browser"}
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert public == explained
    helped = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout
    assert all(f"make {target}" in helped for target in explained)
