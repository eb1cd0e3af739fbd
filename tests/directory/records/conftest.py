"""Two organisations, each with a member, as for the acts of members."""

from tests.directory.members.conftest import a, b, directory, mails, member, no_failures  # noqa: F401
