"""What the board says of places, offers and requests, in its short words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels.clock_words import clock_stopped, moment
from desktop.itemmodels.offer_table import OfferRow
from desktop.services.board import BoardBar, BoardRow, WeekBoard
from desktop.services.verdicts import Offer, RequestCard, Verdict
from desktop.views.bar_painting import part_of
from desktop.views.board.cards import Card, CardLine, card_lines
from desktop.views.board.gestures import price
from desktop.views.board.marks import Lane, OfferMark
from desktop.views.theme import SERVICE_NAMES
from desktop.views.words import day, days, man_days, money

translate = QCoreApplication.translate

HOUR = dt.timedelta(hours=1)


def names_of(board: WeekBoard) -> Mapping[str, str]:
    """People's names by code."""
    return {row.inspector: row.name for row in board.rows}


def crew_in_words(names: Mapping[str, str], inspectors: Sequence[str]) -> str:
    """People by name: "Liang Yuting", "Liang Yuting and Chen Guowei"."""
    return ", ".join(names.get(code, code) for code in inspectors)


def when_in_words(board: WeekBoard, first_slot: int, last_slot: int) -> str:
    """Half-days by their days: "Fri 9 Oct", "Fri 9 Oct afternoon", "Fri 9 - Mon 12 Oct"."""
    first, last = board.date(first_slot // 2), board.date(last_slot // 2)
    if first == last and first_slot == last_slot:
        half = translate("board", "afternoon") if first_slot % 2 else translate("board", "morning")
        return f"{day(first)} {half}"
    return days(first, last)


def verdict_card(board: WeekBoard, names: Mapping[str, str], verdict: Verdict, foot: str) -> Card:
    """A verdict as the card that goes with a ghost."""
    who, when = (
        crew_in_words(names, verdict.inspectors),
        when_in_words(board, verdict.first_slot, verdict.last_slot),
    )
    head = {
        "ok": translate("board", "Fits. {who}, {when}"),
        "warn": translate("board", "Takes a reason. {who}, {when}"),
        "bad": translate("board", "Cannot be. {who}, {when}"),
    }[verdict.state].format(who=who, when=when)
    cost = "" if verdict.cost is None else price(verdict.cost.total)
    return Card(verdict.state, head, card_lines(verdict.lines), cost, foot)


def drop_hint(verdict: Verdict, *, by_key: bool) -> str:
    """What can be done with what is carried."""
    if verdict.state == "bad":
        return translate("board", "A hard rule forbids it · Esc cancels")
    if verdict.state == "warn":
        if by_key:
            return translate("board", "Enter asks for a reason · Esc cancels")
        return translate("board", "Drop to give a reason · Esc cancels")
    if by_key:
        return translate("board", "Enter places and pins · Esc cancels")
    return translate("board", "Drop to place and pin · Esc cancels")


def lane_of(board: WeekBoard, card: RequestCard) -> Lane | None:
    """The window of a request as a lane over the days; None where none is known."""
    if card.earliest is None and card.latest is None:
        return None
    first = 0 if card.earliest is None else 2 * (card.earliest - board.first_day).days
    last = 2 * board.days if card.latest is None else 2 * ((card.latest - board.first_day).days + 1)
    label = card.code
    if card.made and card.earliest is not None and 0 <= first // 2 < len(card.made):
        label = translate("board", "{code} · {percent} % made").format(
            code=card.code, percent=f"{card.made[first // 2]:.0f}"
        )
    promised = _target(board, card)
    if promised is None:
        return Lane(first, last, label)
    begin, end, target = promised
    if end < 0 or begin > 2 * board.days:
        return Lane(first, last, label)
    return Lane(first, last, label, begin, end, target)


def _target(board: WeekBoard, card: RequestCard) -> tuple[float, float, str] | None:
    """The promised time on site: from the clock's target to its limit, or the last day before the target.

    None where nothing is promised: the clock does not run.
    """
    clock, zone = card.clock, ZoneInfo(card.time_zone)
    if clock.target is None or clock.limit is None:
        return None
    deadline = _slot_of(board, clock.target.astimezone(zone))
    if clock.begins is None or clock.limit == clock.target:
        return deadline - 2, deadline, translate("board", "target")
    hours = [round((end - clock.begins) / HOUR) for end in (clock.target, clock.limit)]
    text = translate("board", "{first} \N{EN DASH} {last} h target").format(first=hours[0], last=hours[1])
    return deadline, _slot_of(board, clock.limit.astimezone(zone)), text


def _slot_of(board: WeekBoard, local: dt.datetime) -> float:
    return 2 * ((local.date() - board.first_day).days + (local.hour + local.minute / 60) / 24)


def offer_marks(card: RequestCard, offers: Sequence[Offer]) -> dict[str, tuple[OfferMark, ...]]:
    """Offers as marks in the lines of people: the cheapest of each start, in the mode that is."""
    best: dict[tuple[str, int], Offer] = {}
    for offer in offers:
        best.setdefault((offer.inspector, offer.first_slot), offer)
    marks: dict[str, list[OfferMark]] = {}
    for (inspector, first), offer in best.items():
        half_days = card.modes[offer.mode].half_days
        text = price(offer.cost_cents)
        if offer.late_days:
            text = translate("board", "{price} late").format(price=text)
        mark = OfferMark(first, first + min(half_days, 2) - 1, text, offer.late_days > 0)
        marks.setdefault(inspector, []).append(mark)
    return {inspector: tuple(found) for inspector, found in marks.items()}


def offer_rows(board: WeekBoard, card: RequestCard, offers: Sequence[Offer]) -> tuple[OfferRow, ...]:
    """Offers in words, in their order."""
    names = names_of(board)
    rows = []
    for offer in offers:
        last = offer.first_slot + card.modes[offer.mode].half_days - 1
        cost = price(offer.cost_cents)
        if offer.late_days:
            cost = translate("board", "{price} late").format(price=cost)
        who = crew_in_words(names, offer.inspectors or (offer.inspector,))
        rows.append(OfferRow(offer, who, when_in_words(board, offer.first_slot, last), cost))
    return tuple(rows)


def needs_in_words(card: RequestCard) -> str:
    """What a request asks of its people: "garment 2, English"."""
    needs = [f"{card.skill} {card.level}", *card.languages, *card.certificates]
    return ", ".join(needs + ([card.lead] if card.lead else []))


def window_in_words(card: RequestCard) -> str:
    """When a request may be visited."""
    if card.earliest is None and card.latest is None:
        return card.no_window or translate("board", "not known")
    if card.earliest is None or card.latest is None:
        return day(card.earliest or card.latest or dt.date.max)
    return days(card.earliest, card.latest)


def _clock_lines(card: RequestCard) -> list[CardLine]:
    """Until when somebody should be on site, and what is missing for the clock to run."""
    lines = []
    if card.clock.target is not None:
        until = moment(card.clock.target, ZoneInfo(card.time_zone))
        lines.append(CardLine(translate("board", "On site by"), until))
    if card.missing:
        lines.append(CardLine("", clock_stopped(card.missing), "warn"))
    return lines


def bar_card(board: WeekBoard, row: BoardRow, bar: BoardBar, card: RequestCard | None, hint: str) -> Card:
    """What there is to know of a bar."""
    service = SERVICE_NAMES.get(bar.service, bar.service)
    lines = [CardLine(translate("board", "Factory"), bar.factory)]
    if card is not None and card.factory_local_name:
        lines.append(CardLine("", card.factory_local_name))
    names = names_of(board)
    lines.append(CardLine(translate("board", "Who"), crew_in_words(names, bar.crew or (row.inspector,))))
    lines.append(
        CardLine(translate("board", "When"), f"{when_in_words(board, bar.first_slot, bar.last_slot)} · {part_of(bar)}")
    )
    if card is not None:
        lines.append(
            CardLine(
                translate("board", "Client"), " · ".join(part for part in (card.client_name, card.product) if part)
            )
        )
        lines.append(CardLine(translate("board", "Window"), window_in_words(card)))
        lines.extend(_clock_lines(card))
        lines.append(CardLine(translate("board", "Needs"), needs_in_words(card)))
        lines.append(CardLine(translate("board", "Man-days"), f"{man_days(card.man_days)} · {money(card.price_cents)}"))
    if bar.late_days:
        late = (
            translate("board", "1 day late")
            if bar.late_days == 1
            else translate("board", "{days} days late").format(days=bar.late_days)
        )
        lines.append(CardLine("", late, "bad"))
    if bar.broken:
        lines.append(CardLine("", bar.broken, "warn"))
    states = [translate("board", "published") if bar.published else translate("board", "proposed")]
    if bar.started:
        states.append(translate("board", "started"))
    if bar.pinned:
        states.append(translate("board", "pinned"))
    return Card(None, f"{bar.request} · {service}", tuple(lines), ", ".join(states), hint)


def cell_in_words(board: WeekBoard, row: BoardRow, slot: int) -> str:
    """A cell for those who hear it."""
    kind = {
        "work": translate("board", "working"),
        "off": translate("board", "off"),
        "holiday": translate("board", "holiday"),
        "make-up": translate("board", "make-up working day"),
        "leave": translate("board", "on leave"),
    }[row.cells[slot]]
    parts = [row.name, when_in_words(board, slot, slot), kind]
    for bar in row.bars:
        if bar.first_slot <= slot <= bar.last_slot:
            parts.append(f"{bar.request} {bar.factory}")
            if bar.pinned:
                parts.append(translate("board", "pinned"))
            if bar.late_days:
                parts.append(translate("board", "late"))
            if bar.broken:
                parts.append(bar.broken)
    if slot // 2 in row.nights:
        parts.append(translate("board", "a night away"))
    return ", ".join(parts)
