"""How long a seeded campaign runs: a fourteenth in `make test`, whole in `make soak`."""

from __future__ import annotations

import os


def scaled(full: int) -> int:
    """The number of cases out of `full` to run now; DUPRO_SOAK is the share, 0.07 unless set."""
    return max(1, round(full * float(os.environ.get("DUPRO_SOAK", "0.07"))))
