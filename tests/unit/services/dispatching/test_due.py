"""What is due: invitations, updates and cancellations follow from what is in force and what was told."""

from __future__ import annotations

import datetime as dt
import gc

import pytest
from sqlalchemy import select

from desktop.clock import FixedClock
from desktop.errors import ConflictError, NotFoundError, RefusedError
from desktop.models import Notice, Request, Sending
from desktop.models.halfday import morning
from desktop.services import commands
from desktop.services.bus import Desk
from desktop.services.commands.dispatching import Addressee, Channel
from desktop.services.dispatching.due import EVERYTHING, DueNotice, Wanted, due_notices
from desktop.services.dispatching.messages import Message, compose
from desktop.services.dispatching.sent import confirmations, due_and_confirmations, read_body, sent_messages
from desktop.services.history import history
from desktop.services.planning.reading import latest_draft
from desktop.services.trade.protocols import ClientItem, Text
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, desk_of
from tests.helpers.published_week import announce

DAY = dt.timedelta(days=1)
R1_I1, R1_FACTORY, R1_CLIENT = (
    Addressee("R1", "inspector", "I1"),
    Addressee("R1", "factory"),
    Addressee("R1", "client"),
)


def due(store: Store, wanted: Wanted = EVERYTHING, now: dt.datetime = NOW) -> dict[Addressee, DueNotice]:
    return {row.to: row for row in due_notices(store, now, wanted)}


def send(store: Store, *to: Addressee, channel: Channel = "eml", fault: str = "") -> tuple[Message, ...]:
    """Send what is due to some, or to everybody."""
    messages = compose(store, NOW, to or tuple(due(store)))
    desk_of(store).handle(commands.RecordSendings(tuple(message.by(channel, fault) for message in messages)))
    return messages


def local(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A time of November as somebody says it, who does not name a zone."""
    return dt.datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 -- by the factory's clocks


def move(store: Store, request: str, *, day: int | None = None, people: tuple[str, ...] | None = None) -> None:
    """Announce a request elsewhere, by hand."""
    desk = desk_of(store)
    desk.handle(commands.RevisePlan(MONDAY, 7))
    plan = latest_draft(store)
    assert plan is not None
    slot = None if day is None else morning(MONDAY) + 2 * day
    desk.handle(commands.MoveVisit(plan, request, people, slot))
    desk.handle(commands.PublishVisits(plan, (request,)))


def test_everybody_is_invited_once(announced: Store) -> None:
    found = due(announced)
    assert {row.kind for row in found.values()} == {"invitation"}
    assert len(found) == 15, "five visits: an inspector, a factory and a client each"
    assert found[R1_I1].language == "zh"
    assert found[Addressee("R4", "inspector", "I6")].language == "vi"
    send(announced)
    assert due(announced) == {}
    assert len(sent_messages(announced)) == 15
    (first,) = sent_messages(announced, Wanted(requests=frozenset({"R1"}), inspectors=frozenset({"I1"})))
    assert (first.state, first.sequence, first.recipient, first.sent_by) == ("sent", 0, "i1@house.test", "Lan")
    assert "Factory 1" in read_body(announced, first.key)
    with pytest.raises(NotFoundError):
        read_body(announced, 999)


def test_days_people_and_parties_narrow(announced: Store) -> None:
    monday = due(announced, Wanted(MONDAY, MONDAY))
    assert {to.request for to in monday} == {"R2", "R4"}
    assert {to.request for to in due(announced, Wanted(inspectors=frozenset({"I1"})))} == {"R1"}
    assert set(due(announced, Wanted(parties=frozenset({"factory"}), requests=frozenset({"R1"})))) == {R1_FACTORY}
    assert due(announced, now=NOW + dt.timedelta(days=30)) == {}, "of what is over nobody is told"


def test_a_moved_visit_is_an_update_and_never_a_second_invitation(announced: Store) -> None:
    first = send(announced)
    move(announced, "R1", day=3)
    found = due(announced)
    assert found == due(announced, Wanted(MONDAY + DAY, MONDAY + DAY)) == due(announced, Wanted(MONDAY + 3 * DAY))
    assert {to.request for to in found} == {"R1"}
    assert {row.kind for row in found.values()} == {"update"}
    assert {row.sequence for row in found.values()} == {1}
    assert [(change.label, change.before, change.now) for change in found[R1_CLIENT].changes] == [
        ("When", "Tue 1 Dec 2026", "Thu 3 Dec 2026")
    ]
    again = {message.to: message for message in send(announced)}
    assert {to: again[to].uid for to in again} == {m.to: m.uid for m in first if m.to.request == "R1"}
    assert "时间\uff1a2026年12月3日 周四\uff08原\uff1a2026年12月1日 周二\uff09" in again[R1_I1].text
    assert due(announced) == {}


def test_whoever_is_taken_off_is_told_so(announced: Store) -> None:
    send(announced)
    move(announced, "R1", people=("I3",), day=3)
    found = due(announced)
    assert found[R1_I1].kind == "cancellation"
    assert found[Addressee("R1", "inspector", "I3")].kind == "invitation"
    assert found[R1_FACTORY].kind == "update", "the day"
    messages = {message.to: message for message in send(announced)}
    assert (messages[R1_I1].method, messages[R1_I1].sequence) == ("cancel", 1)
    assert "2026年12月1日" in messages[R1_I1].text, "the day that he was told"
    assert messages[R1_I1].sheet is None
    assert due(announced) == {}
    move(announced, "R1", people=("I1",), day=4)
    back = due(announced)[R1_I1]
    assert (back.kind, back.sequence) == ("invitation", 2), "the same event once more"


def test_what_the_records_say_otherwise_is_an_update_for_whom_it_concerns(announced: Store) -> None:
    send(announced)
    desk = desk_of(announced)
    desk.handle(commands.EditRecord("factory", "F1", {"address": "9 New Road"}))
    assert set(due(announced)) == {
        to for code in ("R1", "R5") for to in (Addressee(code, "factory"), Addressee(code, "inspector", f"I{code[1]}"))
    }
    desk.undo()
    item = ClientItem("function", Text("Zip"))
    desk.handle(commands.StoreChecklist("C1", (item,), "", "", "list.csv"))
    assert {row.changes[0].label for row in due(announced).values()} == {"Checklist"}
    assert {to.party for to in due(announced)} == {"inspector"}
    desk.undo()
    assert due(announced) == {}, "what was told holds again"
    desk.handle(commands.EditRecord("request", "R2", {"aql_major": "1.5"}))
    assert {change.label for change in due(announced)[Addressee("R2", "inspector", "I2")].changes} == {
        "Level and AQL",
        "Sample",
    }


def test_a_cancelled_request_is_cancelled_with_everybody_who_knew(announced: Store) -> None:
    send(announced, R1_I1, R1_CLIENT)
    with announced.session(write=True) as session:
        session.scalars(select(Request).where(Request.code == "R1")).one().status = "cancelled"
        session.commit()
    found = {to: row.kind for to, row in due(announced).items() if to.request == "R1"}
    assert found == {R1_I1: "cancellation", R1_CLIENT: "cancellation"}, "the factory was never told"
    with pytest.raises(NotFoundError, match="nothing to tell the factory"):
        compose(announced, NOW, [R1_FACTORY])


def test_nobody_sends_what_another_is_sending(announced: Store) -> None:
    (message,) = compose(announced, NOW, [R1_I1])
    desk_of(announced, "Lan").handle(commands.BeginSendings((message.by("smtp"),)))
    (seen,) = compose(announced, NOW, [R1_I1])
    with pytest.raises(RefusedError, match="Lan is sending"):
        desk_of(announced, "Minh").handle(commands.BeginSendings((seen.by("smtp"),)))
    (other,) = compose(announced, NOW, [R1_FACTORY])
    send(announced, R1_FACTORY)
    with pytest.raises(ConflictError, match="has been told of R1 since"):
        desk_of(announced).handle(commands.RecordSendings((other.by("eml"),)))


def test_two_programs_of_one_person_do_not_send_the_same_twice(announced: Store) -> None:
    send(announced, R1_I1)
    move(announced, "R1", day=3)
    (first,), (second,) = (compose(announced, NOW, [R1_I1]) for _ in range(2))
    assert first.sequence == second.sequence == 1
    window, shell = desk_of(announced, "Lan"), desk_of(announced, "Lan")
    window.handle(commands.BeginSendings((first.by("smtp"),)))
    with pytest.raises(ConflictError, match="has been told of R1 since"):
        shell.handle(commands.BeginSendings((second.by("smtp"),)))
    (later,) = compose(announced, NOW, [R1_I1])
    with pytest.raises(RefusedError, match="Lan is sending"):
        shell.handle(commands.BeginSendings((later.by("smtp"),)))
    window.handle(commands.RecordSendings((first.by("smtp"),)))
    with pytest.raises(ConflictError, match="has been told of R1 since"):
        shell.handle(commands.BeginSendings((second.by("smtp"),)))
    assert [m.sequence for m in sent_messages(announced)] == [1, 0]


def test_what_went_out_late_is_noted_and_does_not_hide_what_came_after(announced: Store) -> None:
    (slow,) = compose(announced, NOW, [R1_I1])
    desk = desk_of(announced, "Lan")
    desk.handle(commands.BeginSendings((slow.by("smtp"),)))
    move(announced, "R1", day=3)
    (told,) = send(announced, R1_I1, channel="text")
    assert told.sequence == 1
    desk.handle(commands.RecordSendings((slow.by("smtp"),)))
    assert R1_I1 not in due(announced), "he knows the later one"
    assert [(m.sequence, m.state) for m in sent_messages(announced)] == [(1, "sent"), (0, "sent")]


def test_what_ended_half_way_is_known_as_unknown(announced: Store) -> None:
    (message,) = compose(announced, NOW, [R1_I1])
    desk = desk_of(announced)
    desk.handle(commands.BeginSendings((message.by("smtp"),)))
    row = due(announced)[R1_I1]
    assert row.fault.startswith("It is not known whether")
    assert (row.kind, row.sequence) == ("invitation", 1), "the first may have gone out"
    desk.handle(commands.RecordSendings((message.by("smtp", "No route."),)))
    row = due(announced)[R1_I1]
    assert (row.fault, row.sequence, row.sent_at) == ("No route.", 0, None)
    with announced.session() as session:
        assert [s.state for s in session.scalars(select(Sending))] == ["failed"], "begun and failed is one message"
    send(announced, R1_I1)
    assert R1_I1 not in due(announced)


def test_what_is_asked_after_every_change_leaves_nothing_behind(announced: Store) -> None:
    kept = gc.get_freeze_count()
    due_and_confirmations(announced, NOW)
    assert due_notices(announced, NOW)
    assert gc.get_freeze_count() <= kept


def test_the_same_once_more_is_the_same_version(announced: Store) -> None:
    send(announced, R1_I1)
    desk_of(announced).handle(commands.RecordAnswer(R1_I1, "confirmed"))
    (again,) = send(announced, R1_I1, channel="text")
    assert again.sequence == 0
    (row,) = confirmations(announced, NOW, Wanted(inspectors=frozenset({"I1"})))
    assert row.answer == "confirmed", "it was an answer to this"
    assert due_and_confirmations(announced, NOW) == (due_notices(announced, NOW), (row,))
    assert [(m.channel, m.recipient) for m in sent_messages(announced)] == [("text", ""), ("eml", "i1@house.test")]


def test_what_went_out_is_not_undone_and_undo_passes_over_it(announced: Store) -> None:
    desk = desk_of(announced)
    desk.handle(commands.EditRecord("factory", "F1", {"contact": "Frau Li"}))
    outcome = desk.handle(commands.RecordSendings(tuple(m.by("eml") for m in compose(announced, NOW, [R1_I1]))))
    assert outcome.inverse is None
    assert outcome.change_id is not None
    with pytest.raises(ValueError, match="part of another step"):
        desk.handle_all([commands.RecordSendings(()), commands.RecordAnswer(R1_I1, "confirmed")], "Both")
    with pytest.raises(RefusedError, match="nobody can call a message back"):
        desk.handle(commands.RevertChange(outcome.change_id))
    desk.undo()
    assert [change.label for change in due(announced)[R1_I1].changes] == ["Contact"]


def test_the_history_tells_of_messages_without_addresses(announced: Store) -> None:
    send(announced, R1_I1)
    desk_of(announced).handle(commands.RecordAnswer(R1_I1, "confirmed", "by phone"))
    told = history(announced, 2, "I1")
    assert [entry.label for entry in told] == ["Confirm R1, inspector I1", "Send 1 message"]
    assert {row.table for row in told[1].rows} == {"notice", "sending"}
    assert "@house.test" not in str(told)
    assert [entry.change_id for entry in history(announced, 2, "R1")] == [entry.change_id for entry in told]


def test_settings_say_who_is_told(announced: Store) -> None:
    desk = desk_of(announced)
    desk.handle(commands.ChangeSetting("dispatch", {"tell_clients": False, "names_to_factories": "day before"}))
    assert {to.party for to in due(announced)} == {"inspector", "factory"}
    early, late = NOW, dt.datetime(2026, 11, 30, 1, 0, tzinfo=dt.UTC)
    assert "Inspector 1" not in compose(announced, early, [R1_FACTORY])[0].text
    assert "Inspector 1" in compose(announced, late, [R1_FACTORY])[0].text
    send(announced, R1_FACTORY)
    assert R1_FACTORY not in due(announced, now=late), "a name by itself is no news"
    desk.handle(commands.ChangeSetting("dispatch", None))
    assert "Inspector 1" not in compose(announced, late, [R1_FACTORY])[0].text


def test_answers_lapse_with_the_day_and_reminders_come(announced: Store) -> None:
    send(announced, R1_I1, R1_FACTORY, R1_CLIENT)
    desk = desk_of(announced)
    rows = {row.to: row for row in confirmations(announced, NOW)}
    assert rows[R1_I1].remind_at == NOW + dt.timedelta(hours=24)
    assert rows[R1_CLIENT].remind_at is None, "a client answers where it does not suit"
    assert [row.to for row in confirmations(announced, NOW + dt.timedelta(hours=25)) if row.is_due] == [
        R1_FACTORY,
        R1_I1,
    ]
    desk.handle(commands.RecordAnswer(R1_FACTORY, "declined", "closed that day", local(23, 9, 30)))
    desk.handle(commands.SetReminder(R1_I1, local(25, 8)))
    rows = {row.to: row for row in confirmations(announced, NOW)}
    assert rows[R1_FACTORY].answered_at == dt.datetime(2026, 11, 23, 1, 30, tzinfo=dt.UTC), "by the clocks there"
    assert (rows[R1_FACTORY].answer_note, rows[R1_FACTORY].remind_at) == ("closed that day", None)
    assert rows[R1_I1].remind_at == dt.datetime(2026, 11, 25, 0, 0, tzinfo=dt.UTC)
    move(announced, "R1", day=3)
    send(announced)
    rows = {row.to: row for row in confirmations(announced, NOW)}
    assert rows[R1_FACTORY].answer == "", "it was an answer to another day"
    with pytest.raises(NotFoundError, match="never told"):
        desk.handle(commands.RecordAnswer(Addressee("R6", "factory"), "confirmed"))


def test_a_visit_that_has_begun_is_told_no_more(announced: Store) -> None:
    send(announced, R1_I1)
    late = dt.datetime(2026, 12, 1, 3, 0, tzinfo=dt.UTC)
    Desk(announced, FixedClock(late), "Lan").handle(commands.RecordArrival("R1"))
    assert not any(to.request == "R1" for to in due(announced, now=late))


def test_both_engines_keep_notices_alike(any_store: Store) -> None:
    announce(any_store)
    send(any_store)
    with any_store.session() as session:
        notice = session.scalars(select(Notice).where(Notice.party == "client").order_by(Notice.id)).first()
        assert notice is not None
        assert notice.told["visit"] == "Mon 30 Nov 2026"
        assert (notice.first_slot, notice.state, notice.answer) == (morning(MONDAY), "sent", "")
    assert due(any_store) == {}
