"""What the directory adds to the admin; each part registers its own hooks."""

from directory.joining import admin  # noqa: F401
