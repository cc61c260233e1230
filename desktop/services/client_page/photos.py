"""The photos of a client's page, read for whoever draws them anew: so many, and no more bytes than a page may hold."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.errors import DomainError
from desktop.services.client_page.rows import ClientPage, Photo
from desktop.services.inspection.files import file_data
from desktop.services.planning.reading import Source, reading

MOST_PHOTOS = 120
"""Shown on one page; the first of every visit go before the second of any."""
MOST_BYTES = 160_000_000
"""Of all photos together as they are kept."""


def chosen_photos(page: ClientPage) -> tuple[Photo, ...]:
    """Those that the page shows, as many as may be, spread over the visits."""
    visits = [visit.finding.photos for visit in page.visits if visit.finding is not None]
    turns = max((len(photos) for photos in visits), default=0)
    found: list[Photo] = []
    left = MOST_BYTES
    for turn in range(turns):
        for photos in visits:
            if turn < len(photos) and len(found) < MOST_PHOTOS and photos[turn].size <= left:
                left -= photos[turn].size
                found.append(photos[turn])
    return tuple(found)


def read_photos(source: Source, page: ClientPage) -> Iterator[tuple[int, bytes]]:
    """Key and bytes of each photo that is shown, one by one; one that is lost or damaged is left out."""
    with reading(source) as session:
        for photo in chosen_photos(page):
            try:
                yield photo.key, file_data(session, photo.key)
            except DomainError:
                continue
