"""Forget in the columnar copy: only parts with what was erased are written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.columnar.copy import Copy
from jauge.columnar.parts import check_duckdb
from jauge.errors import StoreError, UsageError
from jauge.store.columns_folder import columns_folder, erase_columns

if TYPE_CHECKING:
    from jauge.store.database import Store

# Others hold the copy while they read it: seconds. While they make it: for longer.
_PATIENCE = 15.0


def forget_in_copy(store: Store) -> None:
    """Take out of the copy what the store holds no more, at once and without a rest.

    Where that cannot be, or takes too long, the whole copy goes: it is made again when
    it is needed.

    Raises:
        StoreError: the copy cannot be removed.
    """
    folder = columns_folder(store.path)
    if folder.is_symlink() or not folder.exists():
        erase_columns(store.path)
        return
    try:
        check_duckdb()
        Copy(store).clean(_PATIENCE)
    except (StoreError, UsageError):
        erase_columns(store.path)
