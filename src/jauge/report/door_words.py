"""The words of the door: signing in, the start of the service, its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DOOR_WORDS: Mapping[str, tuple[str, str]] = {
    # the page that asks
    "sign_title": ("Entrer", "Sign in"),
    "sign_told": (
        "Ces pages montrent ce que des clients ont écrit : elles s’ouvrent avec votre "
        "jeton.",
        "These pages show what customers wrote: they open with your token.",
    ),
    "sign_token": ("Jeton", "Token"),
    "sign_do": ("Entrer", "Sign in"),
    "sign_to": ("Vers l’entrée", "To the sign-in"),
    "sign_wrong": (
        "Ce jeton n’ouvre rien. Copiez-le en entier, ou demandez-en un autre.",
        "This token opens nothing. Copy all of it, or ask for another.",
    ),
    "sign_lasts": (
        "On reste entré sept jours au plus, et douze heures sans rien ouvrir.",
        "It lasts seven days at most, and twelve hours without opening anything.",
    ),
    "sign_nobody": (
        "Personne n’a encore de jeton. Sur la machine où tourne jauge :",
        "Nobody has a token yet. On the machine where jauge runs:",
    ),
    "sign_name": ("NOM", "NAME"),
    "failure_host": (
        "Ce site ne se connaît pas sous ce nom",
        "This site is not known by this name",
    ),
    "failure_host_told": (
        "Ouvrez-le sous le nom que jauge a donné, ou relancez jauge avec ce nom : "
        "--allowed-host NOM",
        "Open it by the name that jauge gave, or start jauge with this name: "
        "--allowed-host NAME",
    ),
    # the command
    "served": (
        "{address} — Ctrl-C pour arrêter",
        "{address} — Ctrl-C ends it",
    ),
    "served_plain": (
        "Attention : c’est du HTTP, lisible en chemin. Mettez un serveur TLS devant, "
        "et dites --trust-proxy.",
        "Warning: this is plain HTTP, readable on its way. Put a TLS server before it, "
        "and say --trust-proxy.",
    ),
    "served_ended": ("Arrêté.", "Ended."),
    "user_added": (
        "{name} peut {role}. Son jeton, montré cette seule fois :",
        "{name} may {role}. The token, shown this once:",
    ),
    "user_revoked": (
        "{name} n’entre plus, et ses sessions sont closes.",
        "{name} can no longer sign in, and every session is closed.",
    ),
    "user_line": (
        "{name} : peut {role}, depuis le {day}",
        "{name}: may {role}, since {day}",
    ),
    "user_line_revoked": (
        "{name} : n’entre plus depuis le {day}",
        "{name}: revoked on {day}",
    ),
    "users_none": (
        "Personne. Sur cette machine, les pages s’ouvrent sans jeton.",
        "Nobody. On this machine, the pages open without a token.",
    ),
    "role_read": ("lire", "read"),
    "role_review": ("lire et évaluer", "read and review"),
}
