"""How soon a developer sees the result of one small file of tests."""

import os
import subprocess
import sys

import pytest

from tests.journeys.product import ROOT

pytestmark = pytest.mark.benchmark
SECONDS = 5
"""Of CPU time: what the start itself needs, whatever else runs. It needs about 2.5."""


def test_a_small_file_of_tests_starts_quickly() -> None:
    before = os.times()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "tests/cms/localization/test_phones.py"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"\nStart of a small file of tests: {spent:.1f} s")
    assert spent < SECONDS
