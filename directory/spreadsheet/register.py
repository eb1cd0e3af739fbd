"""The organisations that a directory has already, found by key or by name, however the name is written."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from wagtail.models import WorkflowState

from directory.profiles.directory_page import DirectoryPage
from directory.profiles.organisation import OrganisationPage
from directory.spreadsheet import names
from directory.spreadsheet.models import SpreadsheetRow


@dataclass(frozen=True)
class Match:
    """An organisation that a row means. Not ``certain``: a person should look. ``several``: no single one is meant."""

    organisation_id: int
    certain: bool = True
    by_key: bool = False
    several: bool = False


class Register:
    """Names and keys of the organisations of a directory, published or not; one query.

    ``without`` leaves some out: those that earlier rows of the same list were about. What a row means is decided by how
    things stood before the list, or its rows would be taken for each other.
    """

    def __init__(self, directory: DirectoryPage, *, without: Collection[int] = ()) -> None:
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, set[int]] = defaultdict(set)
        self._further: dict[str, set[int]] = defaultdict(set)
        self._sounds: list[tuple[names.Sound, int]] = []
        self._own_key: dict[int, str] = {}
        rows = OrganisationPage.objects.sources().child_of(directory).exclude(pk__in=without).order_by("pk")
        columns = ("pk", "title", "native_name", "short_name", "former_names", "record__import_key")
        for pk, title, native, short, former, key in rows.values_list(*columns):
            if key:
                self._keys[key].append(pk)
                self._own_key[pk] = key
            for name in filter(None, (title, native)):
                self._names[names.key(name)].add(pk)
                if (sound := names.sound(name)).bones:
                    self._sounds.append((sound, pk))
            for name in filter(names.key, (short, *former.splitlines())):
                self._further[names.key(name)].add(pk)

    def find(self, *, key: str, title: str, native_name: str, further: Collection[str] = ()) -> Match | None:
        """By key, then by either name, by short and former names, then by what a name sounds like in another script.

        Only a key or the name itself decides: a short name may be another's, a former name may have been taken up anew.
        Under another key the same name is a question, and one that is only like it is another organisation.
        """
        if key in self._keys:
            return Match(self._keys[key][0], by_key=True, several=len(self._keys[key]) > 1)
        for name in filter(names.key, (title, native_name)):
            found = sorted(self._names.get(names.key(name), ()))
            if meant := [pk for pk in found if not self._has_another(pk, key)]:
                return Match(meant[0], several=len(meant) > 1)
            if found:
                return Match(found[0], certain=False)
        if known := self._known_as((title, native_name), further, key):
            return Match(known, certain=False)
        for name in filter(None, (title, native_name)):
            if alike := self._alike(name, key):
                return Match(alike, certain=False)
        return None

    def _known_as(self, own: Collection[str], further: Collection[str], key: str) -> int | None:
        """Whose short or former name is one of ``own``, or whose name is among the row's ``further`` ones."""
        found = [pk for name in own for pk in self._further.get(names.key(name), ())]
        found += [pk for name in filter(names.key, further) for pk in self._names.get(names.key(name), ())]
        return min((pk for pk in found if not self._has_another(pk, key)), default=None)

    def _has_another(self, pk: int, key: str) -> bool:
        return bool(key) and self._own_key.get(pk, key) != key

    def _alike(self, name: str, key: str) -> int | None:
        sound = names.sound(name)
        if not sound.bones:
            return None
        alike = (pk for known, pk in self._sounds if not self._has_another(pk, key) and sound.is_like(known))
        return next(alike, None)


@dataclass(frozen=True)
class Standing:
    """An organisation as it stands, with what may be done to it."""

    page: OrganisationPage
    draft_of_person: bool
    """Somebody is at work on it, or what they wrote waits for review: nothing of the page is touched."""


def standing(pks: Collection[int], *, lock: bool = False) -> dict[int, Standing]:
    """The organisations with everything that a list can say about them, by primary key; eight queries.

    ``lock`` holds them until the transaction is over. A draft that only an import wrote stands in the row itself.
    """
    pages: Any = OrganisationPage.objects.filter(pk__in=pks).select_related("district", "record")
    if lock:
        pages = pages.select_for_update(of=("self", "page_ptr"))
    found = list(pages.prefetch_related("topics", "languages_spoken", "opening_hours", "offers"))
    ours = set(
        SpreadsheetRow.objects.filter(revision__in=[page.latest_revision_id for page in found]).values_list(
            "revision_id", flat=True
        )
    )
    in_review = set(
        WorkflowState.objects.active()
        .filter(object_id__in=[str(page.pk) for page in found], base_content_type__model="page")
        .values_list("object_id", flat=True)
    )
    return {
        page.pk: Standing(
            page,
            str(page.pk) in in_review
            or (page.has_unpublished_changes and (page.live or page.latest_revision_id not in ours)),
        )
        for page in found
    }
