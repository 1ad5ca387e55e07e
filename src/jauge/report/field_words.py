"""What the fields of a conversation are, in French and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELD_WORDS: Mapping[str, tuple[str, str]] = {
    "field_id": ("conversation", "conversation"),
    "field_role": ("qui écrit", "who writes"),
    "field_text": ("texte", "text"),
    "field_hour": ("heure du jour", "time of day"),
    "field_type": ("sorte de ligne", "kind of row"),
    "field_target": ("cible du clic", "target of the click"),
    "field_state": ("état du transfert", "state of the hand-off"),
    "field_comment": ("commentaire du client", "customer’s comment"),
    "field_channel": ("canal", "channel"),
    "field_language": ("langue du client", "customer’s language"),
    "field_department": ("service ou boutique", "team or store"),
    "field_bot": ("quel bot", "which bot"),
    "field_bot_version": ("sa version", "its release"),
    "field_user_id": ("identifiant du client", "customer’s id"),
    "field_url": ("lien", "link"),
    "field_metadata": ("vos propres champs", "fields of your own"),
    "field_at": ("date et heure", "date and time"),
    "field_flow": ("partie du scénario", "part of the script"),
    "field_flow_type": ("sorte de scénario", "kind of script"),
    "field_dialog": ("étape du scénario", "step of the script"),
    "field_media": ("images, sons, fichiers", "images, audio, files"),
    "field_choices": ("boutons proposés", "buttons offered"),
    "field_intent": ("intention reconnue", "intent recognised"),
    "field_confidence": ("confiance du bot", "the bot’s confidence"),
    "field_fallback": (
        "le bot dit avoir compris ou non",
        "the bot’s own word of failing",
    ),
    "field_product": ("produit", "product"),
    "field_action": ("clics, achats, pouces", "clicks, purchases, thumbs"),
    "field_handoff": ("passage à une personne", "hand-off to a person"),
    "field_rating": ("note du client", "customer’s rating"),
}
