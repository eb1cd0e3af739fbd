"""The limit of an organisation's pictures holds for what is sent at the same moment, on connections of its own."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from cms.media import Image
from directory.portal import own_pictures
from directory.portal.own_pictures import collection_of
from tests import factories
from tests.directory.portal.photos import photo, upload

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time anyway")


def test_who_sends_many_at_the_same_time_gets_no_more_room(
    database_of_its_own: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    verein = factories.organisation(factories.directory(factories.municipality()), "Verein A")
    user = factories.member(verein)
    monkeypatch.setattr(own_pictures, "MOST_PICTURES", 3)
    uploads = [upload(content=photo(size=(40 + number, 30))) for number in range(8)]
    kept: list[Any] = []
    start = threading.Barrier(len(uploads))

    def send_one(file: Any) -> None:
        try:
            start.wait(30)
            picture = own_pictures.keep(organisation=verein, file=file, credit="Ich", focus=(1, 1), user=user)
            kept.append(picture.file.name)
        except own_pictures.TooManyPictures:
            kept.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send_one, args=[file]) for file in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == len(uploads)
    assert Image.objects.filter(collection=collection_of(verein)).count() == 3
    folder = Path(Image.objects.first().file.path).parent
    mine = {Path(name).name for name in kept if name}
    assert len(mine) == 3
    assert mine <= {path.name for path in folder.iterdir()}
