"""What people of the sample have been told of their visits of today and tomorrow, and what they answered."""

from __future__ import annotations

import datetime as dt
import random

from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import RecordAnswer, RecordSendings
from desktop.services.dispatching.due import Wanted, due_notices
from desktop.services.dispatching.messages import compose
from desktop.store.engine import Store

DISPATCHER = "Nguyen Thu Ha"
BEFORE = dt.timedelta(hours=18)
MOST_TOLD = 30  # more would take seconds to compose
ANSWERED = 0.7


def tell_people(store: Store, now: dt.datetime, rng: random.Random) -> None:
    """Send the latest invitations, some hours ago; most have confirmed, somebody has declined."""
    then = now - BEFORE
    wanted = Wanted(first_day=now.date(), last_day=now.date() + dt.timedelta(days=1))
    due = sorted(due_notices(store, then, wanted), key=lambda row: -row.first_slot)
    people = [row.to for row in due if row.to.party != "client"][:MOST_TOLD][::-1]
    if not people:
        return
    messages = compose(store, then, people)
    told = Desk(store, FixedClock(then), DISPATCHER)
    told.handle(RecordSendings(tuple(message.by("text") for message in messages)))
    answered = [to for to in people if rng.random() < ANSWERED]
    if answered:
        answers = [RecordAnswer(to, "confirmed") for to in answered[:-1]]
        declined = RecordAnswer(answered[-1], "declined", "cannot come on that day")
        later = Desk(store, FixedClock(then + dt.timedelta(hours=2)), DISPATCHER)
        later.handle_all([declined, *answers], "Note what people have answered")
