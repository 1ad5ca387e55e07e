"""The zone of a page where files are dropped or chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.sizes import size_in_words
from jauge.service.security import person_of
from jauge.service.uploading import MOST_FILES

if TYPE_CHECKING:
    from jauge.report.wording import Lang
    from jauge.service.given import Asking
    from jauge.service.site import Site


def drop_values(
    site: Site, request: Asking, lang: Lang, *, is_missing: bool = False
) -> dict[str, object]:
    """Give what the zone needs; `is_missing` says that nothing was chosen."""
    person = person_of(request)
    return {
        "is_missing": is_missing,
        "may_import": person is not None and person.may_review,
        "most_bytes": site.imports.settings.most_bytes,
        "most_files": MOST_FILES,
        "size": lambda count: size_in_words(count, lang),
    }
