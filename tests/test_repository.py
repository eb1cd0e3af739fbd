"""What operators, forges and catalogues of software read of the repository says what the code says."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cms.localization import languages
from cms.settings.translation import NAMES

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = [*sorted((ROOT / "cms/settings").glob("*.py")), ROOT / "cms/management/commands/serve.py"]
READERS = {f"env.{kind}" for kind in ("bool", "float", "int", "list", "str")}
READERS |= {"required", "one_of", "url_setting", "os.environ.get"}


def read_yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text())


# .env.example


def variables_of_the_code() -> set[str]:
    """Names in capitals that settings and server ask the environment for."""
    found = {"DJANGO_SETTINGS_MODULE"}
    for path in ENVIRONMENT:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            first = node.args[0]
            if ast.unparse(node.func) not in READERS:
                continue
            if isinstance(first, ast.Constant) and re.fullmatch(r"[A-Z][A-Z_]+", str(first.value)):
                found.add(str(first.value))
            elif isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                found |= {f"{first.values[0].value}{name.upper()}" for name in NAMES}
    return found


def test_every_variable_of_the_settings_is_in_the_example_and_no_other() -> None:
    written = re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert len(written) == len(set(written))
    assert set(written) == variables_of_the_code()


def test_the_example_sets_only_what_an_installation_cannot_do_without() -> None:
    """An empty value of the others would count: SECOND_FACTOR_REQUIRED= means no."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert [line.partition("=")[0] for line in lines if line and not line.startswith("#")] == [
        *("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"),
        *("DATABASE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"),
    ]
    assert not [line for line in lines if re.match(r"#?[A-Z_]+=.*\s#", line)], "systemd takes that for the value"


# Before a commit, and in the forge


def test_checks_before_a_commit_are_the_programs_of_the_environment() -> None:
    """So their versions are those of requirements-dev.txt, and the ones that .ci/run uses."""
    pinned = (ROOT / "requirements-dev.txt").read_text()
    entries = []
    for repository in read_yaml(".pre-commit-config.yaml")["repos"]:
        assert repository["repo"] == "local", "another repository has versions of its own"
        entries += [(hook["language"], hook["entry"].split()[0]) for hook in repository["hooks"]]
    assert {program for _, program in entries} == {".venv/bin/ruff", ".venv/bin/mypy", ".venv/bin/reuse"}
    for language, program in entries:
        assert language == "system"
        assert re.search(rf"^{Path(program).name}==", pinned, re.MULTILINE)


@pytest.mark.parametrize("name", [".github/workflows/ci.yml", ".gitlab-ci.yml"])
def test_a_forge_runs_the_same_script_as_everybody(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "bash .ci/run" in text
    assert "secrets" not in text
    assert "3.11" in text
    assert read_yaml(name)


def test_updates_are_proposed_for_packages_and_actions() -> None:
    ecosystems = {entry["package-ecosystem"] for entry in read_yaml(".github/dependabot.yml")["updates"]}
    assert ecosystems == {"pip", "github-actions"}


# publiccode.yml

STATUS = ["concept", "development", "beta", "stable", "obsolete"]
SOFTWARE = ["standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend"]
SOFTWARE += ["standalone/other", "addon", "library", "configurationFiles"]
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
PUBLICCODE = {
    "$comment": "What the core of the standard calls mandatory, and what it says of the values that we use.",
    "type": "object",
    "required": [
        *("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType"),
        *("description", "legal", "maintenance", "localisation"),
    ],
    "properties": {
        "publiccodeYmlVersion": {"enum": ["0", "0.5", "0.5.0"]},
        "name": {"type": "string", "minLength": 1},
        "url": {"type": "string", "pattern": "^https://"},
        "platforms": TEXTS,
        "categories": TEXTS,
        "developmentStatus": {"enum": STATUS},
        "softwareType": {"enum": SOFTWARE},
        "description": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": LANGUAGE},
            "additionalProperties": {
                "required": ["shortDescription", "longDescription", "features"],
                "properties": {
                    "shortDescription": {"type": "string", "maxLength": 150, "pattern": "^.+$"},
                    "longDescription": {"type": "string", "minLength": 150, "maxLength": 10_000},
                    "features": TEXTS,
                },
            },
        },
        "legal": {"required": ["license"], "properties": {"license": {"const": "EUPL-1.2"}}},
        "maintenance": {
            "required": ["type"],
            "properties": {"type": {"enum": ["internal", "contract", "community", "none"]}},
            "allOf": [
                {"if": {"properties": {"type": {"const": kind}}}, "then": {"required": [needed]}}
                for kind, needed in [("internal", "contacts"), ("community", "contacts"), ("contract", "contractors")]
            ],
        },
        "localisation": {
            "required": ["localisationReady", "availableLanguages"],
            "properties": {"localisationReady": {"type": "boolean"}, "availableLanguages": TEXTS},
        },
    },
}


def faults_of(described: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(PUBLICCODE).iter_errors(described)]


def test_the_description_for_catalogues_has_what_the_standard_asks_for() -> None:
    described = read_yaml("publiccode.yml")
    assert faults_of(described) == []
    assert set(described["localisation"]["availableLanguages"]) == {each.code for each in languages.LANGUAGES}


@pytest.mark.parametrize("key", PUBLICCODE["required"])
def test_a_description_without_a_mandatory_key_would_be_found(key: str) -> None:
    described = read_yaml("publiccode.yml")
    del described[key]
    assert faults_of(described)


def test_who_promises_maintenance_is_named() -> None:
    described = read_yaml("publiccode.yml")
    described["maintenance"] = {"type": "contract"}
    assert faults_of(described) == ["'contractors' is a required property"]
