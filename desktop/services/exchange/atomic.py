"""Files written whole or not at all: a reader sees the old file or the new one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop.errors import BadInputError


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A draft beside `path` to write to; takes its place when the block ends without an error.

    Raises:
        BadInputError: the folder is missing or full, or another program holds the file.
    """
    if path.is_dir():
        raise BadInputError(f"{path} is a folder.", "Give the name of a file in it.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _not_written(path, error) from error
    draft = Path(name)
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        # drafts are made for their owner alone; the file is for whoever may read a new file here
        draft.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        draft.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _not_written(path: Path, error: OSError) -> BadInputError:
    return BadInputError(
        f"{path} cannot be written: {error.strerror or error}.",
        "Close it in other programs, check the folder and the space left, or save under another name.",
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
