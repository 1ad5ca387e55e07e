"""Importer: webhooks of Messenger, one call a line."""

from __future__ import annotations

from functools import partial

from jauge.importers import meta
from jauge.importers.platform import Format, Page, Platform, Said

PLATFORM = Platform(
    Format(
        name="messenger",
        page=Page(
            title="Messenger",
            line=Said(
                "Messenger : webhooks d’une Page, avec ses échos",
                "Messenger: webhooks of a Page, with its echoes",
            ),
            export=Said(
                "Gardez le corps de chaque appel du webhook, un par ligne, avec les"
                " champs `messages`, `message_echoes`, `messaging_postbacks`,"
                " `messaging_handovers` et `standby` (Meta for Developers, Messenger,"
                " Webhooks). Meta n’a pas d’export.",
                "Keep the body of each call of the webhook, one a line, with the fields"
                " `messages`, `message_echoes`, `messaging_postbacks`,"
                " `messaging_handovers` and `standby` (Meta for Developers, Messenger,"
                " Webhooks). Meta has no export.",
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
                " confiance, la langue et les notes. Sans les échos, il n’y a que le"
                " client. Un écho sans `app_id` n’est ni du bot ni d’un agent.",
                "the choices offered beside a text, fallbacks, intent, confidence,"
                " language and ratings. Without echoes there is only the customer. An"
                " echo without `app_id` is neither the bot’s nor an agent’s.",
            ),
            checked=True,
        ),
        recognise=partial(meta.recognise, "page"),
        key=meta.key,
        tell=partial(meta.tell, "messenger"),
        gap=meta.GAP,
        spread=meta.spread,
    )
)
