"""A fault of the program is said and logged, and the window goes on."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.clock import FixedClock
from desktop.jobs.db_runner import Fault
from desktop.logs import start_log, stop_log
from desktop.views.crash import CrashDialog, CrashReporter
from desktop.views.look import Look
from tests.helpers.office import NOW
from tests.helpers.program import ROOT, Program
from tests.unit.test_redaction import CANARIES


@pytest.fixture
def reporter(look: Look, qapp: QApplication, tmp_path: Path) -> Iterator[CrashReporter]:
    log = start_log(tmp_path)
    made = CrashReporter(look, tmp_path, FixedClock(NOW), qapp)
    yield made
    if made.dialog is not None:
        made.dialog.close()
    made.deleteLater()
    stop_log(log)


def shown(reporter: CrashReporter, qtbot: QtBot) -> CrashDialog:
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    return reporter.dialog


def go_wrong() -> None:
    raise RuntimeError(f"no {CANARIES['phone']}, {CANARIES['e-mail']}")


def fault() -> RuntimeError:
    with pytest.raises(RuntimeError) as caught:
        go_wrong()
    return caught.value


def test_the_report_can_be_copied_and_one_goes_on(reporter: CrashReporter, tmp_path: Path, qtbot: QtBot) -> None:
    reporter.report(fault())
    dialog = shown(reporter, qtbot)
    assert any("Nothing that was stored is lost" in label.text() for label in dialog.findChildren(QLabel))
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "RuntimeError" in text
    assert "Qt " in text
    assert "a fault of the program" in text
    for written in (text, (tmp_path / "dupro-desk.log").read_text("utf-8")):
        assert not [kind for kind, canary in CANARIES.items() if canary in written]
    qtbot.keyClick(dialog.go_on, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reporter.dialog is None)


def test_more_faults_are_counted_in_the_same_dialog(reporter: CrashReporter, qtbot: QtBot) -> None:
    reporter.report(fault())
    dialog = shown(reporter, qtbot)
    thread = threading.Thread(target=reporter.report_fault, args=[Fault(fault())])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: any(label.text().startswith("2 ") for label in dialog.findChildren(QLabel)))


SCRIPT = """
import sys, threading
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication
from desktop import program
from desktop.views.crash import CrashDialog

def begin(self, database=None):
    self.start.show()
    QTimer.singleShot(0, bad)
    QTimer.singleShot(0, lambda: threading.Thread(target=bad).start())
    QTimer.singleShot(0, lambda: qWarning("a warning of Qt about {phone}"))
    self.timer = QTimer(self)
    self.timer.timeout.connect(look)
    self.timer.start(20)

def bad():
    raise RuntimeError("cannot reach postgresql://mei:{password}@db/plans for {name} {phone} {mail}")

def look():
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]
    if dialogs:
        print("went on", flush=True)
        dialogs[0].accept()
        QApplication.quit()

program.Program.begin = begin
sys.exit(program.run_window())
"""


def test_the_running_program_keeps_its_window_and_no_canary_reaches_the_disk(tmp_path: Path) -> None:
    script = tmp_path / "crashing.py"
    words = {
        "phone": CANARIES["phone"],
        "password": CANARIES["password"],
        "name": CANARIES["local name"],
        "mail": CANARIES["e-mail"],
    }
    text = SCRIPT
    for key, value in words.items():
        text = text.replace(f"{{{key}}}", value)
    script.write_text(text, encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    environment = Program(home, "").environment() | {"QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "default"}
    del environment["DUPRO_DATABASE"]
    environment |= {name: str(home / name) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "went on" in done.stdout
    files = [path for path in home.rglob("*") if path.is_file()]
    written = "\n".join(path.read_text("utf-8", errors="replace") for path in files)
    assert "RuntimeError" in written
    assert "a warning of Qt" in written
    assert not [value for value in words.values() if value in written]
