"""Which tests `make test-fast` runs."""

from pathlib import Path

from tests.changed import ALWAYS, ROOT, near_to


def test_a_room_is_tried_where_its_tests_lie() -> None:
    near = near_to(["directory/portal/rows.py"])
    assert {path.name for path in ROOT.glob("tests/directory/portal/test_*.py")} <= {Path(name).name for name in near}
    assert near == near_to(["directory/templates/directory/portal/events.html", "directory/portal/rows.py"])
    assert not any(name.startswith("tests/news/") for name in near)


def test_who_imports_a_module_is_near_to_it() -> None:
    assert "tests/test_tooling.py" in near_to(["cms/management/commands/serve.py"])


def test_a_changed_test_runs_and_a_stylesheet_needs_the_house_rules_only() -> None:
    assert near_to(["tests/news/test_paging.py"]) == sorted({*ALWAYS, "tests/news/test_paging.py"})
    assert near_to(["cms/static/cms/site.css", "README.md"]) == sorted(ALWAYS)


def test_journeys_and_what_is_gone_are_left_out() -> None:
    assert near_to(["tests/journeys/test_press.py", "tests/news/test_gone.py"]) == sorted(ALWAYS)
