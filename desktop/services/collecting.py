"""The collector of cyclic garbage, kept out of the way while much is read or written.

Reading a week makes hundreds of thousands of objects, none of them garbage. Looking through all of them again and again
takes longer than half of the reading, and each look stops every thread of the program for a quarter of a second.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed(*, lasting: bool = True) -> Iterator[None]:
    """Nothing is collected meanwhile, and what was made meanwhile is not looked through afterwards.

    What is no longer referred to is still freed at once; only cycles among it stay for good. So what is asked again
    and again, and kept by nobody, is not `lasting`: that is collected afterwards as ever.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if lasting:
                gc.freeze()
            gc.enable()
