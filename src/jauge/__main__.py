"""Start the command line: `jauge` or `python -m jauge`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command that the arguments name; `--version` alone loads nothing else."""
    if sys.argv[1:] == ["--version"] and _tells_version():
        return
    # Our matrices are small: threads of numpy's own would only cost, above all at start
    # and beside --jobs. It reads these when it is first imported.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from jauge.cli import run

    sys.exit(run())


def _tells_version() -> bool:
    """Say the version; where it cannot be written the command line says so."""
    from jauge.version import __version__

    try:
        sys.stdout.write(f"jauge {__version__}\n")
        sys.stdout.flush()
    except (AttributeError, OSError):
        return False
    return True


if __name__ == "__main__":
    main()
