"""Where and with what a measurement was taken."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
from pathlib import Path

import psutil

from desktop.clock import SystemClock

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("PySide6-Essentials", "ortools", "numpy", "SQLAlchemy", "pysqlite3", "python-calamine", "XlsxWriter")


def describe() -> dict[str, object]:
    """Processor, memory, system, versions and commit; `load` is what else ran in the minute before."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "system": _system(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "commit": _commit(),
    }


def today() -> str:
    """The date of a measurement."""
    return SystemClock().now().date().isoformat()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def _commit() -> str:
    """The commit measured, marked where the files differ from it; "" outside a repository."""
    try:
        found = subprocess.run(
            ("git", "describe", "--always", "--dirty", "--abbrev=10"),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return found.stdout.strip()
