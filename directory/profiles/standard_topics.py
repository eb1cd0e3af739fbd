"""The topics with which an installation begins, named in every language of the site."""

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("standard_topics.toml")


def rows() -> list[dict[str, Any]]:
    """Main topics before those below them."""
    known = tomllib.loads(FILE.read_text())["topics"]
    return sorted(known, key=lambda row: "below" in row)


def complete(model: Any) -> list[str]:
    """Makes what is missing of the tree, known by its keys, and returns the keys of what it made.

    What is there keeps its name and its place; it gets the languages that its name lacks, and a main topic if it has
    none and is none. ``model`` is ``Topic``, or what it is for a migration.
    """
    made, topics = [], {topic.key: topic for topic in model.objects.all()}
    main = {topic.parent_id for topic in topics.values()}
    for row in rows():
        key, parent = row["key"], topics.get(row.get("below", ""))
        topic = topics.get(key)
        if topic is None:
            is_audience = row.get("for_whom", False)
            topics[key] = model.objects.create(key=key, name=row["name"], parent=parent, is_audience=is_audience)
            made.append(key)
            continue
        topic.name = {**row["name"], **topic.name}
        if topic.parent_id is None and topic.pk not in main and parent is not None and parent.parent_id is None:
            topic.parent = parent
        topic.save()
    return made
