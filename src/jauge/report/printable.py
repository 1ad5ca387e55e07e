"""Show text from outside in a terminal: what would command it is shown, not obeyed."""

from __future__ import annotations

import re

# Control and direction marks could repaint the terminal or turn the text round; half
# of a pair stands for a byte that is no UTF-8, as in the name of a file.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BREAKS = str.maketrans("\t\n", "  ")


def safe(text: str) -> str:
    r"""Show control characters instead of obeying them; lines and tabs stay.

    >>> safe("a\x1b[31mb")
    'a�[31mb'
    """
    return _CONTROL.sub("\ufffd", text)


def one_line(text: str) -> str:
    r"""Make a text safe, and keep it on one line.

    >>> one_line("odd\nname\x07")
    'odd name�'
    """
    return safe(text.translate(_BREAKS))
