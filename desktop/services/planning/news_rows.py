"""What of a draft is news, told so that somebody can choose what of it is announced."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from desktop.models import Client, Factory, Inspector, Request
from desktop.services.lookup import plan_by_code
from desktop.services.planning.news import announced_places, drafted_places, news_of
from desktop.services.planning.reading import Source, latest_draft, reading


@dataclass(frozen=True, slots=True)
class NewsPlace:
    """Who comes when: slots are absolute half-days, inclusive; `crew` codes with names, in the order of the names."""

    first_slot: int
    last_slot: int
    crew: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One request: as it was announced (None: not yet) and as the draft has it (None: left out, so withdrawn)."""

    request: str
    service: str
    factory_name: str
    client_name: str
    told: NewsPlace | None
    new: NewsPlace | None

    @property
    def place(self) -> NewsPlace:
        """Where it is now; of one that is withdrawn, where it was."""
        found = self.new or self.told
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class DraftNews:
    """The draft in hand (its code, "" where there is none) and what in it differs from what is announced, by time."""

    plan: str
    rows: tuple[NewsRow, ...]


def draft_news(source: Source) -> DraftNews:
    """What of the draft in hand could be announced."""
    with reading(source) as session:
        draft = latest_draft(session)
        if draft is None:
            return DraftNews("", ())
        plan = plan_by_code(session, draft)
        now, told = drafted_places(session, plan), announced_places(session, plan)
        codes = news_of(session, draft)
        names: dict[str, str] = {code: name for code, name in session.execute(select(Inspector.code, Inspector.name))}
        query = (
            select(Request.code, Request.service, Factory.name, Client.name)
            .join(Factory, Factory.id == Request.factory_id)
            .join(Client, Client.id == Request.client_id)
            .where(Request.code.in_(codes))
        )
        facts = {code: (service, factory, client) for code, service, factory, client in session.execute(query)}

    def place(found: tuple[int, int, frozenset[str]] | None) -> NewsPlace | None:
        if found is None:
            return None
        first, last, crew = found
        return NewsPlace(first, last, tuple(sorted(((code, names.get(code, code)) for code in crew), key=_name)))

    rows = [NewsRow(code, *facts[code], place(told.get(code)), place(now.get(code))) for code in codes if code in facts]
    return DraftNews(draft, tuple(sorted(rows, key=lambda row: (row.place.first_slot, row.request))))


def _name(person: tuple[str, str]) -> str:
    return person[1]
