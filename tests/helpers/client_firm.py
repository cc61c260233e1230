"""A small firm drawn at random, whose every word says whose it is: to see what a client's page tells of whom."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from desktop.models import (
    Assignment,
    Attachment,
    Client,
    CorrectiveAction,
    Defect,
    Factory,
    FileContent,
    FollowUp,
    Inspector,
    Order,
    Plan,
    Request,
    Visit,
    VisitResult,
)
from desktop.models.halfday import morning
from desktop.store.engine import Store
from scheduler.problem import Mode

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 12, 31)
DRAFTED = dt.date(2026, 12, 13)
"""The day of all visits that are in a draft only; no announced one is on it."""
SECRET, UNRELEASED = "ZZsecret", "ZZunreleased"
HOSTILE = (
    "",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script src='https://evil.example/x.js'></script>",
    "'; --",
    '=HYPERLINK("https://evil.example";"x")',
    "../../etc/passwd",
    "C:\\Windows\\win.ini",
    "\u202egpj.exe\u202c",
    "\u2066hidden\u2069\u200f",
    "one\r\nSet-Cookie: two",
    "javascript:alert(1)",
    "]]><!-- & &lt;b&gt; &#60;",
    "{client} {0} %s ${x} {{7*7}}",
    "\ufffe\uffff\ufdd0",
    "\x07\x1b[31m\x85",
    "W" * 4000,
    "长" * 4000,
    "Công ty TNHH \U0001f469\u200d\U0001f52c",
    "\ufdfd" * 40,
)


def mark(client: int) -> str:
    """What every word of a client has in it."""
    return f"ZZc{client}z"


@dataclass
class Firm:
    """Draws the records of a firm into an empty database.

    Attributes:
        told: for each client, words that its page has to have.
    """

    session: Session
    rng: random.Random
    extra: Sequence[str] = ()
    told: dict[int, list[str]] = field(default_factory=dict)

    def found(self, clients: int) -> None:
        """Some clients with two to four bookings each, at factories that they share."""
        self._clients = range(1, clients + 1)
        self.session.add_all(
            Client(id=n, code=f"{mark(n)}C", name=self._word(n), contact=self._word(n), email=f"{mark(n)}@example.com")
            for n in self._clients
        )
        self.session.add_all(self._factory(n) for n in (1, 2))
        self.session.add_all(self._inspector(n) for n in range(1, 4))
        plans = (("published", 1), ("draft", 2))
        self.session.add_all(
            Plan(id=n, code=f"P{n}", status=status, first_day=FIRST, days=7, settings={}, created_at=NOW)
            for status, n in plans
        )
        self.session.flush()
        self._day = 0
        for client in self._clients:
            self.told[client] = []
            for number in range(self.rng.randint(2, 4)):
                self._booking(client, number)
        self._follow_ups()
        self.session.flush()

    def _word(self, client: int) -> str:
        """A hostile word of a client; its mark stands first, where nothing cuts it off."""
        return f"{mark(client)} {self.rng.choice((*HOSTILE, *self.extra))}"

    def _secret(self, kind: str = SECRET) -> str:
        return f"{kind} {self.rng.choice((*HOSTILE, *self.extra))}"

    def _factory(self, number: int) -> Factory:
        return Factory(
            id=number,
            code=f"F{number}",
            name=f"Factory {self.rng.choice(HOSTILE)}",
            local_name=self.rng.choice(HOSTILE),
            address=self._secret(),
            contact=self._secret(),
            phone=self._secret(),
            email=self._secret(),
            area="广东省",
            country="CN",
            time_zone="Asia/Shanghai",
        )

    def _inspector(self, number: int) -> Inspector:
        return Inspector(
            id=number,
            code=f"{SECRET}{number}",
            name=self._secret(),
            local_name=self._secret(),
            phone=self._secret(),
            email=self._secret(),
            home_address=self._secret(),
            lat=22.5,
            lon=113.3,
            country="CN",
            services=("PSI",),
            languages=("zh",),
            day_costs_cents=(5000,),
            night_cost_cents=3800,
            travel_day_cost_cents=1500,
        )

    def _booking(self, client: int, number: int) -> None:
        rng = self.rng
        # now and then the order of another client, as a wrong import leaves it
        owner = client if rng.random() < 0.8 else rng.choice(list(self._clients))
        order = Order(
            code=f"{mark(owner)}O{client}{number}",
            client_id=owner,
            factory_id=rng.randint(1, 2),
            product=self._word(owner),
            description=self._secret(),
            quantity=rng.randint(1, 90_000),
            value_cents=12345,
            golden_sample=self._secret(),
        )
        self.session.add(order)
        self.session.flush()
        request = Request(
            code=f"{mark(client)}R{number}",
            client_id=client,
            order_id=order.id if rng.random() < 0.8 else None,
            factory_id=rng.randint(1, 2),
            service=rng.choice(("PSI", "DUPRO", "LOADING", "audit <b>")),
            skill="textile",
            level=1,
            modes=(Mode(1, 2),),
            note=self._secret(),
            man_days_reason=self._secret(),
            requested_at=NOW - dt.timedelta(days=rng.randint(0, 60)),
            complete_at=rng.choice((None, NOW - dt.timedelta(days=70))),
            price_cents=rng.choice((None, 29900)),
            status=rng.choice(("new", "ready", "published", "done", "cancelled")),
            earliest=rng.choice((None, dt.date(2026, 11, 1))),
        )
        self.session.add(request)
        self.session.flush()
        self.told[client].append(request.code)
        if rng.random() < 0.4:
            self._visit(request, 2, published=False, day=DRAFTED)
        if rng.random() < 0.8:
            self._day += 1
            visit = self._visit(request, 1, published=True, day=FIRST + dt.timedelta(days=self._day))
            if rng.random() < 0.8:
                self._result(client, visit)

    def _visit(self, request: Request, plan: int, *, published: bool, day: dt.date) -> Visit:
        slots = {"first_slot": morning(day), "last_slot": morning(day) + 1, "published": published}
        # of a draft nobody: there one person is on one day only once
        crew = self.rng.sample((1, 2, 3), self.rng.randint(1, 2)) if published else []
        booked = [Assignment(plan_id=plan, inspector_id=person, **slots) for person in crew]
        visit = Visit(plan_id=plan, request_id=request.id, mode=0, assignments=booked, **slots)
        self.session.add(visit)
        self.session.flush()
        return visit

    def _result(self, client: int, visit: Visit) -> None:
        rng = self.rng
        is_released = rng.random() < 0.6
        outcome = rng.choice(("pass", "fail", "pending", "aborted"))
        is_told = is_released or outcome == "aborted"
        words = self._word(client) if is_told else f"{UNRELEASED} {self._word(client)}"
        arrived = dt.datetime.combine(FIRST + dt.timedelta(days=self._day), dt.time(1, 30), dt.UTC)
        finished = arrived + dt.timedelta(hours=6)
        result = VisitResult(
            visit_id=visit.id,
            outcome=outcome,
            decided_at=finished,
            arrived_at=rng.choice((None, arrived)),
            finished_at=finished,
            report_sent_at=finished + dt.timedelta(hours=rng.randint(1, 60)) if is_released else None,
            reviewed_by=self._secret(),
            remark=self._secret(),
            abort_reason="not ready" if outcome == "aborted" else "",
            charged_cents=10_000,
            missing=words,
            major_found=3,
            client_decision=rng.choice(("", "accepted")),
            client_note=words,
            client_decided_by=self._secret(),
        )
        result.defects = [Defect(position=1, severity="major", number=3, text=words, item=self._secret())]
        self.session.add(result)
        self.session.flush()
        self._after(visit, words)

    def _after(self, visit: Visit, words: str) -> None:
        at = NOW - dt.timedelta(days=3)
        self.session.add(
            CorrectiveAction(
                visit_id=visit.id,
                severity="major",
                text=words,
                owner=self.rng.choice((words, "")),
                opened_at=at,
                due=self.rng.choice((FIRST, LAST)),
                communicated_at=at,
                communicated_to=words,
                root_cause_at=self.rng.choice((None, at)),
                root_cause=words,
                for_made=self._secret(),  # its step is not done: it is not told
                verified_by=self._secret(),
            )
        )
        for kind, media_type in (("photo", "image/png"), ("report", "application/pdf"), ("other", "application/pdf")):
            told = self._secret() if kind == "other" else words
            sha256 = f"{visit.id}{kind}"
            self.session.add(FileContent(sha256=sha256, data=b"\x89PNG\r\n\x1a\n" + told.encode()))
            self.session.add(
                Attachment(
                    visit_id=visit.id,
                    kind=kind,
                    name=told,
                    media_type=media_type,
                    size=10,
                    sha256=sha256,
                    caption=told,
                    added_at=at,
                    added_by=self._secret(),
                )
            )

    def _follow_ups(self) -> None:
        requests = self.session.query(Request).order_by(Request.id).all()
        for later in requests[1:]:
            if self.rng.random() < 0.4:
                follows = self.rng.choice([one for one in requests if one.id < later.id])
                payer = self.rng.choice(("client", "supplier", "house"))
                self.session.add(
                    FollowUp(request_id=later.id, follows_id=follows.id, kind="reinspection", charged_to=payer)
                )


def found_firm(store: Store, seed: int, clients: int = 3, extra: Sequence[str] = ()) -> Firm:
    """Draw a firm into an empty database."""
    with store.session(write=True) as session:
        firm = Firm(session, random.Random(seed), extra)
        firm.found(clients)
        session.commit()
    return firm
