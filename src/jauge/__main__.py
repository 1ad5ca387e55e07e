"""Start the command line: `jauge` or `python -m jauge`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name; `--version` alone loads nothing else."""
    if sys.argv[1:] == ["--version"]:
        from jauge.version import __version__

        sys.stdout.write(f"jauge {__version__}\n")
        return
    from jauge.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
