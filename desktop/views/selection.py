"""Where pages meet: what is looked at, and the wish to see it elsewhere. Pages know this and not one another."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to be shown: the code of a request, plan or inspector, and the page that shows it."""

    code: str
    page: str


class Selection(QObject):
    """What the pages of one window look at together.

    Attributes:
        plan: code of the plan that is looked at; None before the first.
        request: code of the request that is looked at, kept by the pages; None where none is.
        inspector: code of the person who is looked at; likewise.
        request_wanted: a Wanted: the page is to select this request.
        inspector_wanted: a Wanted: the page is to select this person.
        plan_wanted: the code of a plan (str): pages that show plans show this one.
        page_wanted: the name of a page (str): the window is to show it.
        announced: codes of requests (a frozenset of str): their visits were announced just now, and are to be told of.
    """

    request_wanted = Signal(object)
    inspector_wanted = Signal(object)
    plan_wanted = Signal(object)
    page_wanted = Signal(object)
    announced = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plan: str | None = None
        self.request: str | None = None
        self.inspector: str | None = None

    def show_request(self, code: str, page: str = "requests") -> None:
        """Show a request on a page."""
        self.request = code
        self.page_wanted.emit(page)
        self.request_wanted.emit(Wanted(code, page))

    def show_inspector(self, code: str, page: str = "roster") -> None:
        """Show a person on a page."""
        self.inspector = code
        self.page_wanted.emit(page)
        self.inspector_wanted.emit(Wanted(code, page))

    def tell_of(self, requests: frozenset[str]) -> None:
        """Visits were announced just now: those who are to be told of them are shown."""
        self.page_wanted.emit("dispatch")
        self.announced.emit(requests)

    def show_plan(self, code: str, page: str = "") -> None:
        """Look at a plan from now on; on a page, where one is named."""
        self.plan = code
        if page:
            self.page_wanted.emit(page)
        self.plan_wanted.emit(code)
