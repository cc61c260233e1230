"""Whether a window can be shown here; asked before anything of Qt is loaded."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping

WITHOUT_SCREEN = frozenset({"offscreen", "minimal"})
XCB_LIBRARIES = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
)
"""What Qt loads to show a window on X11, with the package of Debian that has it; without one of them it aborts."""


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a screen that somebody may be looking at."""
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in WITHOUT_SCREEN:
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def obstacle(environment: Mapping[str, str] = os.environ) -> str:
    """Why no window can be shown, in a sentence with the way out; "" where one can."""
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform in WITHOUT_SCREEN or sys.platform in ("win32", "darwin"):
        return ""
    if not has_display(environment):
        return (
            "There is no display to show the window on: neither DISPLAY nor WAYLAND_DISPLAY is set. "
            "Start it from a desktop, or use the commands that `dupro-desk --help` lists."
        )
    if environment.get("WAYLAND_DISPLAY") and platform != "xcb":
        return ""
    missing = [package for library, package in XCB_LIBRARIES if not _loads(library)]
    if not missing:
        return ""
    return (
        f"Qt cannot show a window: this system lacks {', '.join(missing)}. "
        f"On Debian and Ubuntu: sudo apt-get install {' '.join(missing)}"
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
