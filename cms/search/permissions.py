"""Who looks after the search: those who keep its synonyms."""

from typing import Any


def may_keep_synonyms(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("cms.add_synonymgroup"))
