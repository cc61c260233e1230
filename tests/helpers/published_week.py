"""A company whose week is published, with addresses to write to."""

from __future__ import annotations

from desktop.services import commands
from desktop.store.engine import Store
from tests.helpers.company import desk_of, found_company


def announce(store: Store) -> None:
    """Found the company, give everybody an address, and publish P1: R1, R2, R3, R5 by I1, I2, I3, I5, R4 by I6."""
    found_company(store)
    desk = desk_of(store, "Founder")
    desk.handle_all(
        [
            *(commands.EditRecord("inspector", f"I{n}", {"email": f"i{n}@house.test"}) for n in range(1, 7)),
            *(commands.EditRecord("factory", f"F{n}", {"email": f"f{n}@factory.test"}) for n in range(1, 5)),
            *(commands.EditRecord("client", f"C{n}", {"email": f"c{n}@client.test"}) for n in range(1, 4)),
            commands.ChangeSetting("mail", {"sender": "dispatch@house.test", "sender_name": "Dispatch, North"}),
        ],
        "Enter addresses",
    )
    desk.handle(commands.PublishPlan("P1"))
