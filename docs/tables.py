"""Tables of what the reader of tables recognises, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers.columns import CHANNELS, NAMES, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docs.page import Page

_MEANING: Mapping[str, tuple[str, str]] = {
    "id": ("la conversation ; obligatoire", "the conversation; needed"),
    "role": ("qui écrit ; obligatoire", "who writes; needed"),
    "text": ("ce qui est écrit ; obligatoire", "what is written; needed"),
    "at": ("la date et l’heure", "date and time"),
    "hour": ("l’heure, à côté d’une date seule", "the time, beside a date alone"),
    "type": ("« close » ou « fermeture » : la fin", "“close”: the end"),
    "action": ("un clic, un achat, un pouce", "a click, a purchase, a thumb"),
    "target": ("ce sur quoi le client a cliqué", "what the customer clicked on"),
    "state": (
        "transfert : `requested`, `refused`, `accepted`",
        "hand-off: `requested`, `refused`, `accepted`",
    ),
    "choices": (
        "les boutons proposés, séparés par `|` ou `;`",
        "the buttons offered, with `|` or `;` between",
    ),
    "intent": ("l’intention reconnue", "the intent recognised"),
    "confidence": (
        "la confiance du bot, de 0 à 1 ou en %",
        "the bot’s confidence, 0 to 1 or in %",
    ),
    "fallback": (
        "le bot dit ne pas avoir compris : oui, non",
        "the bot’s own word of failing: yes, no",
    ),
    "rating": ("la note du client", "the customer’s rating"),
    "comment": ("son commentaire", "their comment"),
    "channel": ("le canal", "the channel"),
    "language": ("la langue du client", "the customer’s language"),
    "department": ("le service ou la boutique", "the team or store"),
    "flow": ("la partie du scénario", "the part of the script"),
    "flow_type": (
        "`campaign`, `transfer`, `sales`, `support`, `other`",
        "`campaign`, `transfer`, `sales`, `support`, `other`",
    ),
    "bot": ("quel bot", "which bot"),
    "bot_version": ("sa version", "its release"),
    "user_id": ("l’identifiant du client", "the customer’s id"),
    "url": ("un lien vers la conversation", "a link to the conversation"),
}


def columns(page: Page, _argument: str, _old: str) -> str:
    """List each field with its meaning and the column names recognised for it."""
    if page.lang == "fr":
        lines = ["| champ | ce que c’est | noms de colonne reconnus |", "|---|---|---|"]
    else:
        lines = ["| field | what it is | column names recognised |", "|---|---|---|"]
    for field, names in NAMES.items():
        meaning = _MEANING[field][page.lang == "en"].replace("|", "\\|")
        lines.append(f"| `{field}` | {meaning} | {_listed(names)} |")
    return "\n".join(lines)


def roles(page: Page, _argument: str, _old: str) -> str:
    """List what exports call each role."""
    title = (
        "rôle | écrit dans les exports" if page.lang == "fr" else "role | in exports"
    )
    rows = [f"| `{role}` | {_listed(names)} |" for role, names in ROLES.items()]
    return "\n".join([f"| {title} |", "|---|---|", *rows])


def channels(_page: Page, _argument: str, _old: str) -> str:
    """Name the channels."""
    return ", ".join(f"`{name}`" for name in CHANNELS)


def _listed(names: str) -> str:
    return ", ".join(names.split("|"))
