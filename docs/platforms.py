"""Pages of the platforms, in the words of their importers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docs.page import ROOT
from jauge.importers.platforms import platforms

if TYPE_CHECKING:
    from pathlib import Path

    from docs.page import Page
    from jauge.importers.platform import Said

FOLDER = ROOT / "docs" / "formats"
_TITLES = (
    ("Obtenir l’export", "Getting the export"),
    ("Ce qu’il porte", "What it carries"),
    ("Ce qu’il ne dit pas", "What it does not tell"),
    ("Vérifié", "Checked"),
)
_CHECKED = (
    "Sur des fichiers réels de dépôts publics, et sur des conversations inventées.",
    "On real files of public repositories, and on invented conversations.",
)
_DOCUMENTED = (
    "D’après la documentation : aucun fichier réel n’a encore été lu.",
    "Built from documentation: no real file has been read yet.",
)
_GAP = (
    "L’identifiant est celui du client : le fil est coupé après {hours} h de silence"
    " (`--gap`).",
    "The id is the customer’s: the thread is cut after {hours} h of silence (`--gap`).",
)


def platform(page: Page, name: str, _old: str) -> str:
    """Describe a platform: how to get its export, what it carries, what it lacks."""
    form = next(one.form for one in platforms() if one.name == name)
    is_english = page.lang == "en"
    checked = _CHECKED if form.page.checked else _DOCUMENTED
    lines = [f"{_said(form.page.line, page)} (`--from {name}`)."]
    if form.gap:
        hours = int(form.gap.total_seconds() // 3600)
        lines += ["", _GAP[is_english].format(hours=hours)]
    texts = (form.page.export, form.page.carries, form.page.lacks, checked)
    for titles, text in zip(_TITLES, texts, strict=True):
        lines += ["", f"## {titles[is_english]}", "", _sentence(text[is_english])]
    return "\n".join(lines)


def _said(said: Said, page: Page) -> str:
    return said.en if page.lang == "en" else said.fr


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def listed(page: Page, _argument: str, _old: str) -> str:
    """List the platforms with their pages; on the map, in both languages."""
    lines = []
    for one in platforms():
        title, line = one.form.page.title, _said(one.form.page.line, page)
        if page.file.name == "README.md":
            french = f"[en français](formats/{one.name}.fr.md)"
            lines.append(f"- [{title}](formats/{one.name}.md), {french}")
        else:
            end = ".fr.md" if page.lang == "fr" else ".md"
            lines.append(f"- [{line}](formats/{one.name}{end}) (`{one.name}`)")
    return "\n".join(lines)


def begin_pages() -> None:
    """Write the frame of every page that is not there yet."""
    FOLDER.mkdir(exist_ok=True)
    for one in platforms():
        page = one.form.page
        titles = page.title, page.title_fr or page.title
        for path, text in _frames(one.name, *titles):
            if not path.exists():
                path.write_text(text, "utf-8")


def _frames(name: str, title: str, french: str) -> list[tuple[Path, str]]:
    part = f"<!-- generate: platform {name} -->\n\n<!-- end -->\n"
    pages = (
        (title, f"{name}.md", f"En français : [{french}]({name}.fr.md)", "formats.md"),
        (french, f"{name}.fr.md", f"In English: [{title}]({name}.md)", "formats.fr.md"),
    )
    return [
        (
            FOLDER / own,
            f"# {called}\n\n*{other}.* [Formats](../{up})\n\n{part}",
        )
        for called, own, other, up in pages
    ]
