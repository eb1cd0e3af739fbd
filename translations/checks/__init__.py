"""What is wrong with a translated text: pure functions, one entry, for people, files and machines alike."""

from translations.checks.findings import ERROR, WARNING, Finding, Severity
from translations.checks.register import check, errors

__all__ = ["ERROR", "WARNING", "Finding", "Severity", "check", "errors"]
