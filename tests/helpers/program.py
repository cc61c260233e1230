"""The real program as a process of its own, in a folder of its own, as a person with an empty home runs it."""

from __future__ import annotations

import contextlib
import io
import os
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from desktop.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 240
KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")


@dataclass(frozen=True)
class Result:
    """What a run printed and ended with."""

    code: int
    out: str
    err: str

    @property
    def changes(self) -> tuple[int, ...]:
        """The changes that it says it has stored."""
        return acknowledged(self.out)


@dataclass(frozen=True)
class Program:
    """`dupro-desk` in a folder; `database` is given to every command that is run."""

    folder: Path
    database: str

    def command(self, *arguments: str | Path) -> list[str]:
        """The command line."""
        return [sys.executable, "-m", "desktop", *map(str, arguments)]

    def environment(self) -> dict[str, str]:
        """What the process sees: no display, an empty home, this database."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        home = str(self.folder)
        return kept | {
            "HOME": home,
            "XDG_DATA_HOME": f"{home}/data",
            "DUPRO_DATABASE": self.database,
            "DUPRO_USER": "mei",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            "LC_ALL": "C.UTF-8",
        }

    def run(self, *arguments: str | Path, code: int = 0, largest_file: int | None = None) -> Result:
        """Run a command to its end.

        It is a failure if it ends with another code than expected, or with a traceback. `largest_file`: bytes beyond
        which the system lets no file grow, as where a disk is full.
        """
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
            preexec_fn=None if largest_file is None else lambda: limit_files(largest_file),
        )
        result = Result(done.returncode, done.stdout, done.stderr)
        assert result.code == code, f"{arguments} ended with {result.code}\n{result.out}\n{result.err}"
        assert "Traceback" not in result.err, result.err
        return result


def within(program: Program, *arguments: str | Path, code: int = 0) -> Result:
    """Run a command as `Program.run` does, but in this process: much quicker, where the process is not what counts."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, program.environment()),
        contextlib.chdir(program.folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        ended = main([str(argument) for argument in arguments])
    result = Result(ended, out.getvalue(), err.getvalue())
    assert result.code == code, f"{arguments} ended with {result.code}\n{result.out}\n{result.err}"
    return result


def limit_files(largest: int) -> None:
    """Let no file of this process grow beyond a number of bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


def acknowledged(text: str) -> tuple[int, ...]:
    """The numbers of changes that a text calls stored."""
    return tuple(int(number) for number in re.findall(r"^Stored as change (\d+)\.$", text, re.MULTILINE))
