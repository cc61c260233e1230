"""Stops that end the process in which they are asked. Workers load this module: it needs little."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DiesOnce:
    """A stop that never says yes, but ends its process where it is asked for the first time."""

    mark: Path

    def __call__(self) -> bool:
        if not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return False


@dataclass(frozen=True)
class DiesElsewhere:
    """A stop that ends every process but one."""

    survivor: int

    def __call__(self) -> bool:
        if os.getpid() != self.survivor:
            os.kill(os.getpid(), signal.SIGKILL)
        return False
