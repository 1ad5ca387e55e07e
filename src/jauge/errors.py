"""Every error that jauge raises.

JaugeError
├── UsageError            an option or a setting that cannot be
│   └── ListError         a phrase list or scorer file with a faulty line
├── InputError            a file that cannot be read at all
│   └── UnknownFormatError  no importer recognises it
│       ├── ReportError       it holds no messages, at most ratings
│       └── ColumnsError      a table, with no column for what is needed
├── StoreError            a database that cannot be opened, read or written
├── StoppedError          somebody stopped the reading of a file
└── PluginError           a detector or importer of another package failed
"""


class JaugeError(Exception):
    """Anything that jauge raises on purpose: it says what, where, and what to do."""


class UsageError(JaugeError):
    """An option or a setting that cannot be."""


class ListError(UsageError):
    """A phrase list or a scorer file with a faulty line."""


class InputError(JaugeError):
    """A file that cannot be read at all."""


class UnknownFormatError(InputError):
    """No importer recognises the file."""


class ReportError(UnknownFormatError):
    """A table with one row a conversation and no messages; `rating` is its column."""

    def __init__(self, message: str, rating: str) -> None:
        super().__init__(message)
        self.rating = rating


class ColumnsError(UnknownFormatError):
    """A table with other columns: those it has, and the fields that none is.

    `missing` is empty where a column that was named is not there.
    """

    def __init__(
        self, message: str, columns: tuple[str, ...], missing: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.columns, self.missing = columns, missing


class StoreError(JaugeError):
    """A database that cannot be opened, read or written."""


class StoppedError(JaugeError):
    """Somebody stopped the reading of a file."""


class PluginError(JaugeError):
    """A detector or importer of another package failed."""
