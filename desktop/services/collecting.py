"""The collector of cyclic garbage, kept out of the way while much is read or written.

Reading a week makes hundreds of thousands of objects, none of them garbage. Looking through all of them again and again
takes longer than half of the reading, and each look stops every thread of the program for a quarter of a second.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Nothing is collected meanwhile, and what was made meanwhile is not looked through afterwards.

    What is no longer referred to is still freed at once; only cycles among it would stay, and the records read have
    none to speak of.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
