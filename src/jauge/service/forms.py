"""What a form of a page sends: fields, each a text."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs

from litestar.enums import RequestEncodingType
from litestar.exceptions import ValidationException
from litestar.params import Body

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
_LONGEST = 2_000
# A hundred values of each filter, and what else an address says.
_MOST_FIELDS = 2_000


def text_of(form: Form, name: str, longest: int = _LONGEST) -> str:
    """Give a text that somebody wrote: without blanks around it, and not endless."""
    return form.get(name, "").strip()[:longest]


def whole_of(form: Form, name: str) -> int | None:
    """Give a whole number, or None where the field is empty.

    Raises:
        ValidationException: it is none.
    """
    written = form.get(name, "")
    if not written:
        return None
    if not (
        written.removeprefix("-").isascii() and written.removeprefix("-").isdigit()
    ):
        raise ValidationException
    return int(written[:12])


def params_of(written: str) -> dict[str, list[str]]:
    """Read the parameters of an address that a form carries along.

    Raises:
        ValidationException: there are more than any page writes.
    """
    try:
        return parse_qs(written, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise ValidationException from error
