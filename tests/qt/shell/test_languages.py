"""The window in another language: everything is translated, all texts are gathered, nothing is cut off."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import Text, literal_column, select, text
from sqlalchemy import table as table_clause

from desktop.app import PAGES, Office
from desktop.services.setting_words import WORDS
from desktop.services.trade.money import CURRENCIES
from desktop.store.engine import Store
from desktop.views.translations import FOLDER
from tests.helpers.program import ROOT
from tests.helpers.pseudo import FIRST, PseudoTranslator, actions_said, forgotten, said
from tests.helpers.screens import clipped
from tests.helpers.windows import settle

OF_A_REPORT = re.compile(r"(\w+ < )?(ChartWidget|TableCard|HeadlineTile) <|QLabel < QWidget < qt_scrollarea_viewport")
"""What shows the words of a report, which has a vocabulary of its own in three languages."""


@pytest.fixture
def pseudo(office: Office, qapp: QApplication) -> Iterator[Office]:
    """The window with all pages built, switched to a language that nobody speaks."""
    for page in PAGES:
        office.window.show_page(page.NAME)
        settle(office)
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    settle(office)
    yield office
    qapp.removeTranslator(translator)


def records(store: Store) -> frozenset[str]:
    """Every text that the records hold."""
    found: set[str] = set()
    with store.engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'")).scalars().all()
        for table in tables:
            every = select(literal_column("*", Text)).select_from(table_clause(table))
            found |= {value for row in connection.execute(every) for value in row if isinstance(value, str)}
    return frozenset(found | {store.name})


def shown(widget: QWidget | None) -> QWidget:
    assert widget is not None
    return widget


def words_missing(widgets: Iterator[tuple[str, str]], data: frozenset[str]) -> list[str]:
    return [f"{where}: {words!r}" for where, words in dict.fromkeys(widgets) if forgotten(words, data)]


def test_the_whole_window_speaks_it_and_nothing_is_cut_off(pseudo: Office, company_store: Store) -> None:
    window = pseudo.window
    window.resize(1600, 1000)
    data = records(company_store) | {pseudo.runner.actor, "DUPRO Desk", *CURRENCIES}
    missing = words_missing(actions_said(window.context.actions), data)
    missing += [f"menu: {title}" for title in window.menus.titles.values() if FIRST not in title]
    missing += words_missing(said(shown(window.menuWidget())), data)
    missing += words_missing(said(window.statusBar()), data)
    cut = []
    for kind in PAGES:
        window.show_page(kind.NAME)
        settle(pseudo)
        page = shown(window.page)
        words = (told for told in said(page) if kind.NAME != "reports" or not OF_A_REPORT.match(told[0]))
        missing += words_missing(words, data)
        # heads of tables and what stands in empty fields end in dots where they do not fit
        cut += [line for line in clipped(page) if not re.match(r"head |\w*(Edit|Field|Line) ", line)]
    assert not missing, "\n".join(missing)
    assert not cut, "\n".join(cut)


def test_tools_speak_it(pseudo: Office, company_store: Store) -> None:
    services = {part for words in WORDS.values() for part in (words.title, words.explanation, words.unit, words.group)}
    data = records(company_store) | services | {"DUPRO Desk", "English"}
    missing = []
    for tool in ("open_settings", "open_history", "open_keys", "open_about"):
        dialog = getattr(pseudo.window.tools, tool)()
        settle(pseudo)
        missing += words_missing(said(dialog), data)
        dialog.close()
    assert not missing, "\n".join(missing)


def test_plurals_are_said_in_english(office: Office) -> None:
    del office
    one, two = (
        QCoreApplication.translate("CrashDialog", "%n fault(s) so far. The log has them all.", "", n) for n in (1, 2)
    )
    assert (one[:8], two[:8]) == ("1 fault ", "2 faults")


def test_the_texts_of_the_sources_are_gathered_and_compiled() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / ".ci/translations", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_plural_has_its_forms_with_all_placeholders() -> None:
    for message in ET.parse(FOLDER / "desktop_en.ts").iter("message"):
        source = message.findtext("source") or ""
        forms = [form.text or "" for form in message.iter("numerusform")]
        assert len(forms) == 2, source
        for form in forms:
            assert "(s)" not in form, source
            assert set(re.findall(r"\{\w+\}|%n", form)) == set(re.findall(r"\{\w+\}|%n", source)), source
