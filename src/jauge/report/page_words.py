"""The words of the page, in French and English; a signal's belong to its detector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.import_words import IMPORT_WORDS
from jauge.report.service_words import SERVICE_WORDS
from jauge.report.talk_words import TALK_WORDS
from jauge.report.wording import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Lang

# A key that ends in `_1` is said of one: see `counted`.
WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Rapport de conversations", "Conversation report"),
    "skip": ("Aller au contenu", "Skip to content"),
    "nav": ("Parties du rapport", "Parts of the report"),
    "glance": ("En bref", "At a glance"),
    "list": ("Les conversations, une par ligne", "The conversations, one a row"),
    "nav_list": ("Liste", "List"),
    "nav_talks": ("Conversations", "Conversations"),
    "nav_unscored": ("Sans score", "Not scored"),
    "period": ("du {first} au {last}", "{first} – {last}"),
    "no_period": ("aucune heure dans ces fichiers", "no times in these files"),
    # the sentence made to paste
    "lede": (
        "Score moyen : {mean} sur 100 pour {count} conversations de {customers} "
        "clients, entre {low} et {high} (intervalle à 95 %) ; {share} sont négatives.",
        "Average score: {mean} of 100 over {count} conversations of {customers} "
        "customers, between {low} and {high} (95% interval); {share} are negative.",
    ),
    "look_at": (
        " À regarder d’abord : « {signal} », qui coûte {points} à la moyenne, dans "
        "{count} conversations.",
        " To look at first: “{signal}”, which costs the average {points}, in {count} "
        "conversations.",
    ),
    "look_at_1": (
        " À regarder d’abord : « {signal} », qui coûte {points} à la moyenne, dans "
        "une seule conversation.",
        " To look at first: “{signal}”, which costs the average {points}, in a single "
        "conversation.",
    ),
    "points": ("{count} points", "{count} points"),
    "points_1": ("{count} point", "{count} point"),
    "lede_none": (
        "Aucune conversation n’a de score : il n’y a pas de moyenne.",
        "No conversation has a score: there is no average.",
    ),
    "uncalibrated": (
        "Score pas encore étalonné sur vos clients : comparez dans le temps et entre "
        "canaux ; ne lisez pas {value} comme « {value} % de clients contents ». "
        "Pour l’étalonner avec vos notes : jauge calibrate.",
        "Score not yet calibrated on your customers: compare over time and between "
        "channels; do not read {value} as “{value}% happy”. To calibrate it with your "
        "ratings: jauge calibrate.",
    ),
    # headline figures
    "average": ("Score moyen", "Average score"),
    "interval": (
        "entre {low} et {high} · marge due au nombre de conversations seulement",
        "between {low} and {high} · margin from the number of conversations only",
    ),
    "negative_share": ("Part négative (0–39)", "Share negative (0–39)"),
    "one_in": ("1 conversation sur {count}", "1 conversation in {count}"),
    "scored": ("Avec score", "Scored"),
    "of": ("sur {count}", "of {count}"),
    "unscored": ("Sans score", "Not scored"),
    "with_agent": ("Passées à un agent", "Went to an agent"),
    "conversations": ("{count} conversations", "{count} conversations"),
    "conversations_1": ("{count} conversation", "{count} conversation"),
    "rejected": ("Enregistrements refusés", "Rejected records"),
    "rejected_told": (
        "{count} n’ont pas pu devenir des conversations ; la première de chaque "
        "raison :",
        "{count} could not become conversations; the first of each reason:",
    ),
    "rejected_told_1": (
        "{count} n’a pas pu devenir une conversation :",
        "{count} could not become a conversation:",
    ),
    "place": ("Endroit", "Place"),
    # the strip
    "strip": ("De quoi la moyenne est faite", "What the average is made of"),
    "strip_sum": (
        "Le point de départ et les cinq dimensions s’additionnent : {total}.",
        "The starting point and the five dimensions add up: {total}.",
    ),
    "base": ("Point de départ", "Starting point"),
    "base_told": ("rien de remarqué", "nothing noticed"),
    "engagement": ("Engagement", "Engagement"),
    "engagement_told": ("ce que le client a fait", "what the customer did"),
    "sentiment": ("Sentiment", "Sentiment"),
    "sentiment_told": (
        "ce que le client a dit, et comment",
        "what the customer said, and how",
    ),
    "understanding": ("Compréhension", "Understanding"),
    "understanding_told": (
        "le bot a-t-il saisi la demande",
        "did the bot get the request",
    ),
    "ease": ("Facilité", "Ease"),
    "ease_told": ("ce que l’échange a demandé d’efforts", "how much work it took"),
    "response_time": ("Temps de réponse", "Response time"),
    "response_time_told": ("combien le client a attendu", "how long they waited"),
    "customer_side": ("Côté client", "Customer side"),
    "bot_side": ("Côté bot", "Bot side"),
    # the histogram
    "histogram": ("Répartition des scores", "How scores are spread"),
    "as_table": ("Voir en tableau", "Show as a table"),
    "score": ("Score", "Score"),
    "score_range": ("Score et fourchette", "Score and range"),
    "level": ("Niveau", "Level"),
    "number_of": ("Conversations", "Conversations"),
    "share": ("Part", "Share"),
    "very_negative": ("Très négatif", "Very negative"),
    "negative": ("Négatif", "Negative"),
    "neutral": ("Neutre", "Neutral"),
    "positive": ("Positif", "Positive"),
    "very_positive": ("Très positif", "Very positive"),
    # what costs the most
    "costly": ("Ce qui coûte le plus à la moyenne", "What costs the average the most"),
    "signal": ("Signal", "Signal"),
    "off_average": ("Points perdus sur la moyenne", "Points off the average"),
    # the list
    "order": ("de la pire à la meilleure", "worst first"),
    "list_told": (
        "Une ligne par conversation, de la pire à la meilleure",
        "One row a conversation, worst first",
    ),
    "list_cut": (
        "Les {low} pires et les {high} meilleures ; les {left} du milieu sont comptées "
        "plus haut, et dans jauge score.",
        "The {low} worst and the {high} best; the {left} in between are counted above, "
        "and in jauge score.",
    ),
    "most_telling": (
        "Le message qui a le plus compté",
        "The message that counted most",
    ),
    "channel": ("Canal", "Channel"),
    "language": ("Langue", "Language"),
    "started": ("Début", "Started"),
    "messages": ("Messages", "Messages"),
    "who_wrote": ("{bot} bot · {user} client", "{bot} bot · {user} customer"),
    "rating": ("Note du client", "Customer rating"),
    "handoff": ("Transfert", "Hand-off"),
    "first_words": ("Premiers mots : « {words} »", "First words: “{words}”"),
    "no_words": ("(aucun texte)", "(no text)"),
    "others": ("{count} autres", "{count} others"),
    "others_1": ("{count} autre", "{count} other"),
    "range": ("{low} à {high}", "{low} to {high}"),
    "none": ("aucun", "none"),
    "no_rating": ("pas de note", "not rated"),
    "stars": ("{count} étoiles sur 5", "{count} stars out of 5"),
    "of_best": ("{value} sur {best}", "{value} of {best}"),
    "requested": ("Demandé", "Requested"),
    "refused": ("Refusé", "Refused"),
    "accepted": ("Prise par un agent", "Taken by an agent"),
    # not scored
    "unscored_title": ("Conversations sans score", "Conversations that are not scored"),
    "unscored_told": (
        "Sans score ne veut pas dire zéro : ces conversations n’entrent dans aucune "
        "moyenne.",
        "Not scored does not mean zero: these conversations enter no average.",
    ),
    "unscored_list": (
        "Voir les {count} conversations",
        "Show the {count} conversations",
    ),
    "unscored_list_1": ("Voir la conversation", "Show the conversation"),
    "unscored_cut": (
        "Les {count} premières sont montrées.",
        "The first {count} are shown.",
    ),
    "reason": ("Raison", "Reason"),
    "why": ("Pourquoi pas de score", "Why there is no score"),
    "reason_agent": ("Prise par un agent", "Taken by an agent"),
    "reason_agent_told": (
        "Quelqu’un de l’équipe a écrit ou pris la conversation : la suite n’est plus "
        "l’œuvre du bot.",
        "A teammate wrote in it or took it: what follows is no longer the bot’s doing.",
    ),
    "reason_email": ("Courriel", "E-mail"),
    "reason_email_told": (
        "Le score décrit l’échange avec un bot en direct.",
        "The score describes a live exchange with a bot.",
    ),
    "reason_not_engaged": (
        "Le client n’a pas répondu",
        "Customer never replied",
    ),
    "reason_not_engaged_told": ("Il n’y a rien à juger.", "There is nothing to judge."),
    "reason_no_bot_message": ("Le bot n’a rien écrit", "The bot wrote nothing"),
    "reason_no_bot_message_told": (
        "Panne, ou messages du bot absents de ce fichier.",
        "An outage, or its messages are missing from this file.",
    ),
    "reason_unknown_roles": ("On ne sait pas qui parle", "Nobody can tell who speaks"),
    "reason_unknown_roles_told": (
        "Dites-le avec --bot-id.",
        "Say so with --bot-id.",
    ),
    # the foot
    "scorer": ("Barème {id}", "Scorer {id}"),
    "data_up_to": ("Données jusqu’au {at}", "Data up to {at}"),
    "local_times": (
        "Heures telles que les fichiers les donnent",
        "Times as the files give them",
    ),
    "stays_here": (
        "Cette page ne demande rien à aucun autre ordinateur.",
        "This page asks nothing of any other computer.",
    ),
    # the command
    "written": ("Écrit : {path} ({size} Mo)", "Written: {path} ({size} MB)"),
    "below": (
        "La moyenne {mean} est sous {limit} (--fail-below).",
        "The average {mean} is below {limit} (--fail-below).",
    ),
    "below_none": (
        "Aucune moyenne à comparer à {limit} (--fail-below).",
        "There is no average to hold against {limit} (--fail-below).",
    ),
    "install": (
        "Pour la page report.html : pip install 'jauge[report]', puis jauge demo.",
        "For the page report.html: pip install 'jauge[report]', then jauge demo.",
    ),
    "page": ("rapport", "report"),
    **TALK_WORDS,
    **SERVICE_WORDS,
    **IMPORT_WORDS,
}


def worded(lang: Lang, key: str, **values: object) -> str:
    r"""Give the words of the page for a key.

    The narrow blanks of French are those of our own words: values keep theirs.

    >>> worded("fr", "flow", name="a : b")
    'flux\u202f: a : b'
    """
    french, english = WORDS[key]
    return (spaced(french) if lang == "fr" else english).format(**values)


def counted(lang: Lang, key: str, count: float, **values: object) -> str:
    """Give the words for a key, those for one where it is one.

    French takes its singular below two, English for one alone.

    >>> counted("en", "others", 1, shown="1"), counted("fr", "points", 1.4, shown="1,4")
    ('1 other', '1,4 point')
    """
    is_one = count < 2 if lang == "fr" else count == 1  # noqa: PLR2004 - grammar
    chosen = f"{key}_1" if is_one and f"{key}_1" in WORDS else key
    shown = values.pop("shown", count)
    return worded(lang, chosen, count=shown, **values)
