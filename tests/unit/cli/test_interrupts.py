"""Ctrl+C: once to stop with what there is, twice to give it up."""

from __future__ import annotations

import signal
import threading

import pytest

from desktop.cli.interrupts import stopping_kindly


def test_the_first_interrupt_stops_and_the_second_gives_up(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT)
    with stopping_kindly("Stopping.") as stop:
        assert not stop()
        signal.raise_signal(signal.SIGINT)
        assert stop()
        assert capsys.readouterr().err == "Stopping.\n"
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_request_to_terminate_stops_too() -> None:
    with stopping_kindly("Stopping.") as stop:
        signal.raise_signal(signal.SIGTERM)
        assert stop()


def test_in_another_thread_signals_are_left_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen = []

    def work() -> None:
        with stopping_kindly("Stopping.") as stop:
            seen.append((signal.getsignal(signal.SIGINT), stop()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(before, False)]
