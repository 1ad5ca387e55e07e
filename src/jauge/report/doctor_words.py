"""What the diagnosis of a file says in sentences, in French and in English."""

from __future__ import annotations

REPORT = (
    (
        "Un rapport : une ligne par conversation et aucun message, donc rien à noter."
        " Exportez les messages des conversations.",
        "A report: one row a conversation and no messages, so there is nothing to"
        " score. Export the messages of the conversations.",
    ),
    (
        "Un rapport : une ligne par conversation et aucun message, donc rien à noter."
        " Sa colonne « {column} » peut juger les scores"
        " : jauge evaluate CONVERSATIONS --ratings {file}",
        "A report: one row a conversation and no messages, so there is nothing to"
        " score. Its column “{column}” can judge scores:"
        " jauge evaluate CONVERSATIONS --ratings {file}",
    ),
)
"""What a report without messages is good for: without ratings, and with them."""

ENVELOPED = (
    ", dans des enveloppes CloudEvents",
    ", in CloudEvents envelopes",
)
"""Said after the format, where what is read stood in envelopes."""

WHO = (
    "Inconnu{names} : dites qui parle avec --bot-id NOM, --user-id NOM (le client ; "
    "--user-id '*' : tous les autres) et --agent-id NOM.",
    "Unknown{names}: say who speaks with --bot-id NAME, --user-id NAME (the customer; "
    "--user-id '*': everybody else) and --agent-id NAME.",
)
UNHEARD = (
    "Personne ici ne s’appelle {name} ({role}).",
    "Nobody here is called {name} ({role}).",
)
SPEAKERS = (" Qui parle : {names}.", " Who speaks: {names}.")
"""Where a name that was told a role is nobody's: who there is."""

NOT_LOOKED = (
    "aucune conversation notable ici",
    "no conversation here can be scored",
)
"""Where no conversation has a score, no signal was looked at."""
