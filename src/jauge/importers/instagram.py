"""Importer: webhooks of Instagram messages, one call a line."""

from __future__ import annotations

from functools import partial

from jauge.importers import meta
from jauge.importers.platform import Format, Page, Platform, Said

PLATFORM = Platform(
    Format(
        name="instagram",
        page=Page(
            title="Instagram",
            line=Said(
                "Instagram : webhooks des messages, avec leurs échos",
                "Instagram: webhooks of messages, with their echoes",
            ),
            export=Said(
                "Gardez le corps de chaque appel du webhook, un par ligne, avec les"
                " champs `messages`, `messaging_postbacks`, `messaging_handover` et"
                " `standby` (Meta for Developers, Instagram, Webhooks). Meta n’a pas"
                " d’export.",
                "Keep the body of each call of the webhook, one a line, with the fields"
                " `messages`, `messaging_postbacks`, `messaging_handover` and"
                " `standby` (Meta for Developers, Instagram, Webhooks). Meta has no"
                " export.",
            ),
            carries=Said(
                "textes, heures, réponses rapides et boutons pris, pièces jointes,"
                " passage de la main à la boîte de réception. Un écho de la boîte de"
                " réception est d’un agent, celui d’une autre application est du bot"
                " (`--agent-id` avec son `app_id` sinon).",
                "texts, times, quick replies and buttons taken, attachments, control"
                " passed to the inbox. An echo of the inbox is an agent’s, that of"
                " another app is the bot’s (else `--agent-id` with its `app_id`).",
            ),
            lacks=Said(
                "les choix proposés à côté d’un texte, les replis, l’intention, la"
                " confiance, la langue et les notes. Un message retiré par le client"
                " n’est pas un tour.",
                "the choices offered beside a text, fallbacks, intent, confidence,"
                " language and ratings. A message that the customer unsent is no turn.",
            ),
            checked=False,
        ),
        recognise=partial(meta.recognise, "instagram"),
        key=meta.key,
        tell=partial(meta.tell, "instagram"),
        gap=meta.GAP,
        spread=meta.spread,
    )
)
