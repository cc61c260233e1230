"""Functions compiled to machine code by numba, once a machine: the result is kept on disk beside the sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
from numpy.typing import NDArray

Function = TypeVar("Function", bound=Callable[..., object])
Flags = NDArray[np.bool_]
Bytes = NDArray[np.int8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Masks = NDArray[np.uint64]

_njit: Any = numba.njit(cache=True, nogil=True)


def compiled(function: Function) -> Function:
    """A function as machine code, which lets other threads run meanwhile; always called with the same types."""
    found: Function = _njit(function)
    return found


# references to arrays are not counted: counting them takes longer than the arithmetic of a short function
_UNCOUNTED: dict[str, Any] = {"_nrt": False}
_lean = numba.njit(cache=True, nogil=True, **_UNCOUNTED)


def lean(function: Function) -> Function:
    """As `compiled`, several times faster where functions with many arrays call one another; it must make no array."""
    found: Function = _lean(function)
    return found
