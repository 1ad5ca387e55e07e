"""Which column of a table is which field: names in French and English, folded."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from jauge.errors import UsageError
from jauge.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMES: Mapping[str, str] = {
    "id": "id|conversation|conversation id|id conversation|id de conversation|id de la conversation|n conversation|no conversation|numero de conversation|numero conversation|conversation number|conv id|conv|session|session id|id session|id de session|chat id|id chat|chat|thread|thread id|ticket|ticket id|id ticket|dialogue|dialogue id|discussion|id discussion",
    "role": "role|from|sender|sender type|sent by|author|author type|speaker|who|participant|participant role|de|auteur|expediteur|emetteur|envoye par|qui|locuteur|type d'auteur|type expediteur|type d'expediteur|speaker type|speaker role|sender role|author role|message author|message sender|sender of message|qui parle|auteur du message|emetteur du message|expediteur du message|role de l'auteur|type d'emetteur|type de locuteur",
    "text": "text|message|message text|content|body|utterance|texte|contenu|message texte|texte du message|contenu du message|corps|message body|message content|body text|corps du message|texte message|contenu message",
    "at": "at|timestamp|time stamp|datetime|date time|date and time|created at|created|sent at|sent|message time|horodatage|date|date et heure|date heure|envoye le|cree le|envoi|date d'envoi|date du message|created on|sent on|date sent|date created|sent date|created date|message date|message timestamp|message date time|date message|date et heure du message|date et heure d'envoi|date de creation|date d'envoi du message|cree a|envoye a",
    "hour": "time|hour|time of day|heure|heure d'envoi|heure du message|heure message|sent time",
    "type": "type|event type|event|type d'evenement|evenement|message type",
    "action": "action|event action|clic",
    "target": "target|button|label|cible|bouton|libelle",
    "state": "handoff|handoff state|transfer|transfert|etat du transfert",
    "choices": "choices|options|buttons|quick replies|choix|boutons|reponses rapides",
    "intent": "intent|intent name|intention|nom de l'intention",
    "confidence": "confidence|intent confidence|confidence score|confiance|score de confiance|nlu confidence",
    "fallback": "fallback|is fallback|repli|incomprehension|non compris",
    "rating": "rating|csat|csat score|satisfaction|stars|note|evaluation|etoiles|note client",
    "comment": "comment|csat comment|rating comment|commentaire|commentaire client|remarque",
    "channel": "channel|canal|source|platform|plateforme",
    "language": "language|lang|locale|langue",
    "department": "department|team|departement|service|equipe|boutique|store",
    "flow": "flow|topic|flux|parcours|scenario|sujet|theme",
    "flow_type": "flow type|type de flux|type de parcours",
    "bot": "bot|bot name|robot|assistant|nom du bot|nom du robot",
    "bot_version": "bot version|version|version du bot|version du robot",
    "user_id": "user id|user|customer|customer id|client id|visitor|visitor id|contact id|id client|id visiteur|id utilisateur|client|utilisateur|visiteur|customer number|client number|n client|no client|numero client|numero de client|id du client|identifiant client|identifiant du client|reference client|ref client",
    "url": "url|link|lien|permalink",
}
"""Field → the names of its column, without case, accents or punctuation."""

_FIELD_OF = {name: field for field, names in NAMES.items() for name in names.split("|")}
_CONVERSATIONS = frozenset(
    ("conversation", "conv", "chat", "echange", "discussion", "dialogue", "dialog")
)
_NUMBERS = frozenset(
    [
        "n",
        "no",
        "nr",
        "num",
        "number",
        "numero",
        "id",
        "identifiant",
        "ref",
        "reference",
        "uid",
        "uuid",
        "guid",
    ]
)
_BETWEEN = frozenset(("de", "du", "la", "le", "l'", "d'", "of", "the"))
_WHO_SPEAKS = "user"  # another name of the column `role`
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PUNCTUATION = re.compile(r"[^a-z0-9' ]+")

ROLES: Mapping[str, str] = {
    "user": "user|customer|client|cliente|visitor|visiteur|visiteuse|utilisateur|utilisatrice|contact|consumer|end user|end-user|consommateur|acheteur|shopper|guest|invite|lead|human|humain|usager|incoming|entrant|inbound|in",
    "bot": "bot|robot|assistant|chatbot|virtual agent|agent virtuel|assistant virtuel|ai|ia|automated|automate|gpt|outgoing bot|virtual assistant|automatique",
    "agent": "agent|conseiller|conseillere|operator|operateur|operatrice|advisor|human agent|agent humain|representative|rep|admin|employee|employe|staff|teammate|conseiller client|support agent",
    "system": "system|systeme|event|note|internal|interne",
}
"""Role → what exports call it. « human » alone is the customer in chat data sets."""

_ROLE_OF = {name: role for role, names in ROLES.items() for name in names.split("|")}


CHANNELS: Mapping[str, str] = {
    "web_chat": "web chat|webchat|web|chat|live chat|site web|widget",
    "messenger": "messenger|facebook messenger|facebook",
    "instagram": "instagram",
    "whatsapp": "whatsapp|whats app",
    "google_business": "google business",
    "sms": "sms|texto",
    "email": "email|e mail|mail|courriel",
    "voice": "voice|phone|voix|telephone",
    "video": "video",
}
LANGUAGES: Mapping[str, str] = {
    "fr": "french|francais",
    "en": "english|anglais",
}

_CHANNEL_OF = {
    name: field for field, names in CHANNELS.items() for name in names.split("|")
}
_LANGUAGE_OF = {
    name: field for field, names in LANGUAGES.items() for name in names.split("|")
}


def plain(name: str) -> str:
    """Fold a column name: no case, accents or punctuation.

    >>> plain("N° conversation"), plain("Bot_Version")
    ('n conversation', 'bot version')
    """
    return " ".join(_PUNCTUATION.sub(" ", fold(name).text.replace("_", " ")).split())


def columns_of(given: Mapping[str, str]) -> dict[str, str]:
    """Check which column is which field, as somebody says it.

    Raises:
        UsageError: there is no such field.

    >>> columns_of({"id": "Ticket", "user": "Author"})
    {'id': 'Ticket', 'role': 'Author'}
    """
    columns = {
        "role" if field == _WHO_SPEAKS else field: name for field, name in given.items()
    }
    for field in columns:
        if field not in NAMES:
            msg = f"--columns {field}=…: no such field. One of: {', '.join(NAMES)}."
            raise UsageError(msg)
    return columns


def fields_of(header: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """Find the column of each field; `given` is field → column name and goes first.

    >>> fields_of(["N° conversation", "Émetteur", "Message"], {})
    {'id': 0, 'role': 1, 'text': 2}
    >>> fields_of(["id", "conversationId", "Auteur"], {})
    {'id': 1, 'role': 2}
    """
    found: dict[str, int] = {}
    names = [plain(_HUMP.sub(" ", name)) for name in header]
    for field, column in given.items():
        index = column_named(column, header)
        if index is not None:
            found[field] = index
    for index, name in enumerate(names):
        is_number = _is_number(name)
        known = "id" if is_number else _FIELD_OF.get(name)
        if known is None or index in found.values():
            continue
        # A bare "id" beside the number of the conversation is that of the message.
        is_better = (
            is_number and "id" not in given and names[found.get("id", 0)] == "id"
        )
        if known not in found or is_better:
            found[known] = index
    # "time" beside no other time is the moment itself.
    if "at" not in found and "hour" in found:
        found["at"] = found.pop("hour")
    return found


def _is_number(name: str) -> bool:
    """Say whether a folded name is that of the number or id of a conversation.

    >>> [_is_number(plain(name)) for name in ("N° d’échange", "Chat no.", "N° client")]
    [True, True, False]
    """
    words = name.replace("'", "' ").split()
    told = [word for word in words if word not in _BETWEEN]
    return len(told) == 2 and any(  # noqa: PLR2004 - what it numbers, and that it does
        one in _CONVERSATIONS and other in _NUMBERS
        for one, other in (told, reversed(told))
    )


def column_named(name: str, header: Sequence[str]) -> int | None:
    """Find a column by its name as written, else without case and accents.

    >>> column_named("emetteur", ["N°", "Émetteur"]), column_named("x", ["N°"])
    (1, None)
    """
    written = [column.strip() for column in header]
    if name.strip() in written:
        return written.index(name.strip())
    folded = [plain(column) for column in header]
    return folded.index(plain(name)) if plain(name) and plain(name) in folded else None


def role_of(cell: str) -> str:
    """Name the role that an export means; `unknown` when it does not say.

    >>> role_of("Cliente"), role_of("Robot"), role_of("Lia")
    ('user', 'bot', 'unknown')
    """
    return _ROLE_OF.get(plain(cell), "unknown")


@functools.lru_cache(maxsize=1024)
def channel_of(cell: str) -> str:
    """Name the channel as we do; any other word stays as it is.

    >>> channel_of("Web Chat"), channel_of("Courriel"), channel_of("Telegram")
    ('web_chat', 'email', 'Telegram')
    """
    return _CHANNEL_OF.get(plain(cell), cell.strip())


def language_of(cell: str) -> str:
    """Give the tag of a language written out; any other text stays as it is.

    >>> language_of("Français"), language_of("fr-CA")
    ('fr', 'fr-CA')
    """
    return _LANGUAGE_OF.get(plain(cell), cell.strip())
