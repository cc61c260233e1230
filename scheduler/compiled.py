"""Functions compiled to machine code by numba, once a machine: the result is kept on disk beside the sources.

Numba compiles a function anew when its own file changes, not when that of a function it calls does. So what is kept
belongs to one state of all sources: other sources, other folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
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
KERNELS = ("tables", "search", "columns")  # packages with compiled functions


def _kept_in() -> Path:
    """The folder for what the sources as they are compile to."""
    here = Path(__file__).parent
    sources = sorted(path for folder in KERNELS for path in (here / folder).glob("*.py"))
    state = hashlib.sha256()
    for path in (Path(__file__), *sources):
        state.update(path.read_bytes())
    return here / "__pycache__" / f"kernels-{state.hexdigest()[:16]}"


numba.config.CACHE_DIR = str(_kept_in())  # type: ignore[attr-defined]  # numba sets its attributes at run time
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
