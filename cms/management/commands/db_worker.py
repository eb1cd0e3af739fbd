"""django-tasks-db's name for the worker: whoever starts it by that name gets ours, whose signs of life are needed."""

from cms.management.commands.worker import Command

__all__ = ["Command"]
