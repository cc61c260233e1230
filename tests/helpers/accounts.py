"""Rights of files, tested as somebody whom they bind."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

NOBODY = 65534


@contextlib.contextmanager
def bound_by_rights() -> Iterator[None]:
    """Act as an account that rights bind: the superuser, whom they do not, becomes nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
