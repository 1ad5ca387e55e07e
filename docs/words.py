"""Write the catalogues of the pages in their one form, and say what they miss.

`make words` does it: keys in order, the English beside each French entry, no word lost.
A key is asked for by `t("key")` or `tn("key", …)` in a template or a module.
"""

from __future__ import annotations

import ast
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

import jauge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

SOURCE = Path(jauge.__file__).parent
LOCALE = SOURCE / "report" / "locale"
ABOUT = {
    "en": "The words of the pages in English, by key. In order: make words.",
    "fr": "Les mots des pages en français, comme on les dit au Québec. En ordre, avec\n"
    "# l’anglais : make words. Les blancs fins sont mis quand on lit ce fichier.",
    "fr_CA": "Ce que seul le Québec dit : `fr` parle déjà pour lui.",
    "fr_FR": "Ce que la France dit autrement ; le reste vient de `fr`.",
}
_HEAD = r"""# {about}
msgid ""
msgstr ""
"Language: {name}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural={plural};\n"
"""
_PLURALS = {"en": "(n != 1)", "fr": "(n > 1)"}
_CALLS = {"t", "tn", "_t"}
_WIDTH = 88


class Asked(NamedTuple):
    """The keys that are asked for: those named, those built, and all that may be.

    `built` holds what is known of a key made of parts: `("reason_", None)` begins so.
    """

    named: frozenset[str]
    built: frozenset[tuple[str | None, ...]]
    mentioned: frozenset[str]


def file_of(name: str) -> Path:
    """Give the file of a catalogue."""
    return LOCALE / name / "LC_MESSAGES" / "jauge.po"


def read(name: str) -> Catalog:
    """Read a catalogue as it stands."""
    return read_po(io.BytesIO(file_of(name).read_bytes()), locale=name, charset="utf-8")


def in_form(name: str, catalog: Catalog, english: Catalog) -> str:
    """Write a catalogue: its head, then its entries by key."""
    head = _head_of(name)
    made = read_po(io.BytesIO(head.encode()), locale=name, charset="utf-8")
    for message in entries(catalog):
        beside = [] if name == "en" else [_shown(english.get(key_of(message)))]
        made.add(message.id, message.string, auto_comments=beside)
    stream = io.BytesIO()
    write_po(stream, made, width=_WIDTH, omit_header=True, sort_output=True)
    return f"{head}\n{stream.getvalue().decode()}".rstrip("\n") + "\n"


def _head_of(name: str) -> str:
    return _HEAD.format(about=ABOUT[name], name=name, plural=_PLURALS[name[:2]])


def _shown(message: Message | None) -> str:
    if message is None:
        return ""
    given = message.string
    return given if isinstance(given, str) else given[-1]


def entries(catalog: Catalog) -> Iterator[Message]:
    """Give the entries of a catalogue without its head."""
    return (message for message in catalog if message.id)


def key_of(message: Message) -> str:
    """Give the key of an entry; one with a plural has it twice."""
    return message.id if isinstance(message.id, str) else message.id[0]


def asked() -> Asked:
    """Look through templates and modules for the keys that they ask for."""
    named, built, mentioned = set(), set(), set()
    for parts in (*_of_templates(), *_of_modules()):
        if len(parts) == 1 and parts[0] is not None:
            named.add(parts[0])
        elif any(parts):
            built.add(parts)
    for path in templates():
        found = Environment().parse(path.read_text("utf-8")).find_all(nodes.Const)  # noqa: S701 - read, not rendered
        mentioned |= {one.value for one in found if isinstance(one.value, str)}
    for tree in _trees():
        found = (one for one in ast.walk(tree) if isinstance(one, ast.Constant))
        mentioned |= {one.value for one in found if isinstance(one.value, str)}
    return Asked(frozenset(named), frozenset(built), frozenset(mentioned))


def templates() -> list[Path]:
    """Give every template."""
    return sorted(SOURCE.rglob("*.html"))


def _trees() -> Iterator[ast.Module]:
    for folder in ("report", "service"):
        for path in sorted(SOURCE.joinpath(folder).rglob("*.py")):
            if not path.stem.endswith(("_words", "wording")):
                yield ast.parse(path.read_bytes())


def _of_templates() -> Iterator[tuple[str | None, ...]]:
    for path in templates():
        tree = Environment().parse(path.read_text("utf-8"))  # noqa: S701 - not rendered
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in _CALLS:
                yield from _parts_of(call.args[0])


def _parts_of(node: nodes.Node) -> Iterator[tuple[str | None, ...]]:
    """Give the parts of a key in a template; what is not known is None."""
    if isinstance(node, nodes.CondExpr):
        for one in (node.expr1, node.expr2):
            if one is not None:
                yield from _parts_of(one)
    elif isinstance(node, nodes.Concat):
        yield tuple(
            one.value if isinstance(one, nodes.Const) else None for one in node.nodes
        )
    else:
        yield (node.value if isinstance(node, nodes.Const) else None,)


def _of_modules() -> Iterator[tuple[str | None, ...]]:
    for tree in _trees():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            if isinstance(call.func, ast.Attribute) and call.func.attr in _CALLS:
                yield from _parts_in(call.args[0])


def _parts_in(node: ast.expr) -> Iterator[tuple[str | None, ...]]:
    """Give the parts of a key in a module; what is not known is None."""
    if isinstance(node, ast.IfExp):
        yield from _parts_in(node.body)
        yield from _parts_in(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield tuple(
            str(one.value) if isinstance(one, ast.Constant) else None
            for one in node.values
        )
    else:
        yield (str(node.value) if isinstance(node, ast.Constant) else None,)


def missing(asked_for: Asked) -> list[str]:
    """Say what a catalogue lacks: a key asked for, or words that the other has."""
    keys = {name: {key_of(one) for one in entries(read(name))} for name in ABOUT}
    wanted = asked_for.named | keys["en"] | keys["fr"]
    return [
        f"{file_of(name).relative_to(SOURCE)}: {key} has no words"
        for name in ("en", "fr")
        for key in sorted(wanted - keys[name])
    ]


def main() -> int:
    """Put every catalogue in its form; the status is 1 where words are missing."""
    english = read("en")
    for name in ABOUT:
        file_of(name).write_text(in_form(name, read(name), english), "utf-8")
    faults = missing(asked())
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
