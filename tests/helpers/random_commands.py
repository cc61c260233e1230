"""Random commands on the small company: mostly sensible ones, some that are refused, from a seed alone.

Nothing is asked of the database while drawing, so that every engine is given the same commands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import TypeVar

from desktop.models.halfday import morning
from desktop.services import commands
from desktop.services.commands import Command
from desktop.services.commands.inspection import DefectEntry
from scheduler.problem import Mode
from tests.helpers.company import MONDAY
from tests.helpers.odd_commands import AdoptSome, OddCommand, RemoveSomeAbsence, RotatePeople, SwapCodes, SwapPeople

Item = TypeVar("Item")


class Draw:
    """Draws commands. Codes come from small pools, so that they often meet what is there already."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._kinds: tuple[Callable[[], Command | OddCommand], ...] = (
            self.client,
            self.factory,
            self.order,
            self.inspector,
            self.request,
            self.edit,
            self.edit,
            self.edit,
            self.cancel,
            self.exclude,
            self.affinity,
            self.absence,
            self.absence,
            lambda: RemoveSomeAbsence(self.random.randrange(9)),
            self.permit,
            self.revoke,
            self.exception,
            self.close,
            self.open,
            self.merge,
            self.window,
            self.rate,
            self.exchange,
            self.progress,
            self.setting,
            self.calendar_day,
            self.move,
            self.move,
            self.move,
            lambda: commands.UnassignVisit(self.plan(), self.code("R", 5)),
            lambda: commands.PinRequest(
                self.plan(), self.code("R", 5), self.random.random() < 0.7, self.random.random() < 0.7
            ),
            lambda: commands.UnpinRequest(self.code("R", 5)),
            lambda: AdoptSome(self.plan()),
            lambda: AdoptSome("P1"),
            lambda: commands.DiscardPlan("2026-W49-1"),
            lambda: commands.PublishPlan(self.random.choice(("P1", "2026-W49-1", "2026-W49-2"))),
            lambda: SwapPeople(self.random.randrange(5), self.random.randrange(5)),
            self.move,
            self.move,
            self.move,
            lambda: commands.UnassignVisit(self.plan(), self.code("R", 5)),
            lambda: commands.PinRequest(
                self.plan(), self.code("R", 5), self.random.random() < 0.7, self.random.random() < 0.7
            ),
            lambda: commands.UnpinRequest(self.code("R", 5)),
            lambda: AdoptSome(self.plan()),
            lambda: AdoptSome("P1"),
            lambda: commands.DiscardPlan("2026-W49-1"),
            lambda: commands.PublishPlan(self.random.choice(("P1", "2026-W49-1", "2026-W49-2"))),
            lambda: SwapPeople(self.random.randrange(5), self.random.randrange(5)),
            self.part,
            self.part,
            lambda: commands.RevisePlan(MONDAY, 7),
            self.day_of_visit,
            self.day_of_visit,
            self.after_visit,
            self.after_visit,
            self.not_ready,
            lambda: commands.ReportOverrun(
                self.code("R", 8), self.random.randint(0, 4), frees=self.random.random() < 0.5
            ),
            lambda: SwapCodes(self.random.randrange(5), self.random.randrange(5)),
            lambda: RotatePeople("P1", self.random.randrange(5), self.random.randrange(3)),
            lambda: RotatePeople("P1", self.random.randrange(5), self.random.randrange(3)),
        )

    def command(self) -> Command | OddCommand:
        return self.random.choice(self._kinds)()

    def code(self, letter: str, most: int) -> str:
        return f"{letter}{self.random.randint(1, most)}"

    def day(self) -> dt.date:
        return MONDAY + dt.timedelta(days=self.random.randint(-7, 14))

    def some(self, *items: Item) -> tuple[Item, ...]:
        return tuple(item for item in items if self.random.random() < 0.5)

    def plan(self) -> str:
        return self.random.choice(("P1",) * 7 + ("2026-W49-1",))

    def move(self) -> Command:
        day = MONDAY + dt.timedelta(days=self.random.randrange(6))
        waive = self.some("window", "availability", "eligibility") if self.random.random() < 0.3 else ()
        return commands.MoveVisit(
            self.plan(),
            self.code("R", 8),
            self.random.choice((None, (self.code("I", 5),), (self.code("I", 5),), (self.code("I", 6), "I2"))),
            self.random.choice((None, morning(day), morning(day))),
            waive=waive,
            reason="asked for",
        )

    def day_of_visit(self) -> Command:
        request, percent = self.code("R", 5), self.random.choice((None, 20.0, 43.0))
        return self.random.choice(
            (
                commands.RecordTravelling(request),
                commands.RecordArrival(request),
                commands.RecordFinished(request, percent_made=percent),
                commands.AbortVisit(request, self.random.choice(("not ready", "other"))),
                commands.TakeBackTime(request, self.random.choice(("arrived", "finished", "result", "released"))),
            )
        )

    def after_visit(self) -> Command:
        request, random = self.code("R", 5), self.random
        found = tuple(DefectEntry(random.choice(("major", "minor")), random.randint(1, 9), "seam") for _ in range(2))
        return random.choice(
            (
                commands.RecordResult(request, found[: random.randrange(3)], percent_made=random.choice((None, 43.0))),
                commands.ReceiveReport(request),
                commands.ReviewReport(request, "Minh"),
                commands.ReleaseReport(request),
                commands.OpenActions(request),
                commands.AdvanceAction(random.randint(1, 3), "communicated", "Ms Wei"),
                commands.BookFollowUp(request, random.choice(("reinspection", "final"))),
            )
        )

    def client(self) -> Command:
        return commands.AddClient(
            self.code("C", 30), "Näme", email=self.random.choice(("", "a@example.com", "b@example.com", "a"))
        )

    def factory(self) -> Command:
        place = self.random.choice(((None, None), (22.5, 113.5), (10.5, 106.5), (30.0, 120.0), (91.0, 0.0)))
        return commands.AddFactory(
            self.code("F", 30),
            "Xưởng 2",
            "广东省",
            self.random.choice(("CN", "CN", "VN", "VN", "DE")),
            lat=place[0],
            lon=place[1],
        )

    def order(self) -> Command:
        return commands.AddOrder(
            self.code("O", 30), self.code("C", 3), self.code("F", 4), self.random.randint(0, 900), daily_rate=12.5
        )

    def inspector(self) -> Command:
        return commands.AddInspector(
            self.code("I", 40),
            "Trần Lan",
            10.5,
            106.6,
            "VN",
            self.some("DUPRO", "PSI"),
            dict.fromkeys(self.some("textile", "garment"), 3),
            (1000, 2000, 2000)[: self.random.randint(0, 3)],
            10,
            20,
            permits=dict.fromkeys(self.some("Đồng Nai", "广东省")),
        )

    def request(self) -> Command:
        earliest = self.day()
        return commands.AddRequest(
            self.code("R", 60),
            self.code("C", 3),
            self.code("F", 4),
            "DUPRO",
            "garment",
            self.random.randint(1, 5),
            self.random.choice(((), (Mode(1, 2),), (Mode(2, 2), Mode(1, 4)))),
            order=self.random.choice((None, None, None, self.code("O", 3))),
            earliest=earliest,
            latest=earliest + dt.timedelta(days=self.random.randint(-1, 9)),
            languages=self.some("en", "vi"),
        )

    def arrival(self) -> list[Command]:
        """A booking as the telephone gives it, in one step: its goods, what is made of them, perhaps its place."""
        random, number, day = self.random, self.random.randint(10, 40), self.day()
        client, factory = self.code("C", 3), self.code("F", 7)
        found: list[Command] = []
        order = random.choice((None, f"O{number}", f"O{number}", self.code("O", 3)))
        if order == f"O{number}":
            found.append(
                commands.AddOrder(order, client, factory, 900, product="towels", production_start=day, daily_rate=12.5)
            )
            found += [commands.ReportProgress(order, day, 20.0)] if random.random() < 0.5 else []
        has_window, has_place = random.random() < 0.6 or order is None, random.random() < 0.5
        found.append(
            commands.AddRequest(
                f"R{number}",
                client,
                factory,
                "DUPRO",
                random.choice(("garment", "textile", "toys")),
                random.randint(1, 3),
                (Mode(1, 2), Mode(1, 1)),
                order=order,
                earliest=day if has_window else None,
                latest=day + dt.timedelta(days=random.randint(0, 9)) if has_window else None,
            )
        )
        if has_place:
            slot = morning(MONDAY) + random.randrange(12)
            found.append(
                commands.MoveVisit("P1", f"R{number}", (self.code("I", 5),), slot, waive=("window",), reason="so")
            )
        return found

    def edit(self) -> Command:
        random = self.random
        kind, letter, most, fields = random.choice(
            (
                ("client", "C", 3, {"name": "N", "email": "b@example.com", "code": self.code("C", 30)}),
                ("factory", "F", 4, {"lat": 20.5, "lon": 110.5, "closed_weekdays": self.some(0, 5, 6)}),
                ("order", "O", 3, {"quantity": "77", "production_start": self.day(), "client": self.code("C", 3)}),
                (
                    "request",
                    "R",
                    9,
                    {
                        "level": random.choice((1, 2, "3", 4, 5, 6)),
                        "due": random.choice((None, self.day())),
                        "modes": random.choice(([[1, 2]], [[2, 2], [1, 4]], [[1, 4], [2, 2]])),
                        "note": random.choice(("", "gate 3")),
                        "skill": random.choice(("garment", "textile")),
                        "factory": self.code("F", 4),
                        "status": random.choice(("new", "ready")),
                        "code": self.code("R", 14),
                    },
                ),
                (
                    "inspector",
                    "I",
                    7,
                    {
                        "skills": dict.fromkeys(self.some("textile", "garment", "toys"), random.randint(1, 5)),
                        "certificates": dict.fromkeys(self.some("gb-textile", "iso"), self.day()),
                        "permits": dict.fromkeys(self.some("广东省", "浙江省"), None),
                        "active": random.random() < 0.7,
                        "weekdays": self.some(0, 1, 2, 3, 4, 5),
                        "code": self.code("I", 12),
                    },
                ),
            )
        )
        names = random.sample(sorted(fields), random.randint(1, min(3, len(fields))))
        return commands.EditRecord(kind, self.code(letter, most), {name: fields[name] for name in names})

    def cancel(self) -> Command:
        return commands.CancelRequest(self.code("R", 9))

    def exclude(self) -> Command:
        return commands.ExcludeInspector(self.code("R", 8), self.code("I", 6), self.random.random() < 0.6)

    def affinity(self) -> Command:
        return commands.SetAffinity(self.code("R", 8), self.code("I", 6), self.random.choice((None, -500, 900)))

    def absence(self) -> Command:
        first = morning(self.day()) + self.random.randrange(2)
        last = first + self.random.randint(-1, 9)
        kind = self.random.choice(("leave", "sick"))
        return commands.RecordAbsence(self.code("I", 6), first, last, kind, frees=kind == "sick")

    def permit(self) -> Command:
        until = self.random.choice((None, self.day()))
        return commands.GrantPermit(self.code("I", 6), self.random.choice(("广东省", "Đồng Nai", "福建省")), until)

    def revoke(self) -> Command:
        return commands.RevokePermit(self.code("I", 6), self.random.choice(("广东省", "福建省")))

    def exception(self) -> Command:
        half = self.random.choice((None, True, False))
        return commands.SetDayException(self.code("I", 6), self.day(), morning=half, afternoon=half)

    def close(self) -> Command:
        first = self.day()
        last = first + dt.timedelta(days=self.random.randint(-1, 12))
        return commands.CloseFactory(self.code("F", 4), first, last, "stocktaking")

    def open(self) -> Command:
        first = self.day()
        return commands.OpenFactory(self.code("F", 4), first, first + dt.timedelta(days=self.random.randint(0, 4)))

    def merge(self) -> Command:
        return commands.MergeFactories(self.code("F", 4), self.code("F", 4))

    def window(self) -> Command:
        percent = self.random.choice(((None, None), (20.0, 60.0), (70.0, 10.0)))
        client = self.random.choice((None, self.code("C", 3)))
        return commands.SetProductionWindow(client, self.random.choice((None, "jacket")), *percent)

    def rate(self) -> Command:
        cents = self.random.choice((None, 0, 29_000, 31_000))
        client, country = self.random.choice((None, self.code("C", 3))), self.random.choice((None, "CN"))
        return commands.SetClientRate(cents, self.random.choice(("USD", "CNY")), client, None, country)

    def exchange(self) -> Command:
        day = MONDAY - dt.timedelta(days=self.random.randrange(3))
        return commands.SetExchangeRate("EUR", day, self.random.choice((None, 0.0, 0.9, 0.95)))

    def progress(self) -> Command:
        made = self.random.randint(0, 101)
        return commands.ReportProgress(self.code("O", 3), MONDAY - dt.timedelta(days=self.random.randint(5, 20)), made)

    def part(self) -> Command:
        plan = self.random.choice(("P1", "P1", "2026-W49-1", "2026-W49-2", "2026-W49-3"))
        return commands.PublishVisits(plan, self.some(*(f"R{number}" for number in range(1, 6))))

    def not_ready(self) -> Command:
        ready = self.random.choice((None, self.day(), self.day()))
        return commands.ReportNotReady(self.code("R", 8), ready, frees=self.random.random() < 0.7)

    def setting(self) -> Command:
        name, value = self.random.choice(
            (
                ("late_cost_cents", 900),
                ("late_cost_cents", None),
                ("days", 14),
                ("days", 99),
                ("limits", {"midday": 50}),
                ("areas", ["广东省"]),
                ("colour", 1),
            )
        )
        return commands.ChangeSetting(name, value)

    def calendar_day(self) -> Command:
        kind = self.random.choice(("holiday", "make-up", None, "feast"))
        return commands.SetCalendarDay(self.random.choice(("CN", "VN")), self.day(), kind, "Day")
