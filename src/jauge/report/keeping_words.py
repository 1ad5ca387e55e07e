"""The words about keeping, in French and English: loaded, scored again, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.plurals import filled
from jauge.report.wording import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    "loaded": (
        "{read} lue{read:|s} : nouvelles {new}, plus longues {longer}{otherwise}, "
        "inchangées"
        " {unchanged} ; notées {scored}, non notées {unscored}{reasons}, rejetées"
        " {rejected}.",
        "{read} read: {new} new, {longer} longer{otherwise}, {unchanged} unchanged; "
        "{scored} scored, {unscored} not scored{reasons}, {rejected} rejected.",
    ),
    "erased": (
        "Effacées auparavant, donc pas reprises : {count} "
        "(--again pour les reprendre).",
        "Erased before, so not taken again: {count} (--again takes them).",
    ),
    "counted_otherwise": (", lues autrement {count}", ", {count} read otherwise"),
    "otherwise": (
        "Lues autrement qu’elles ne sont conservées (heures, rôles ou champs), donc "
        "laissées telles quelles : {count} (--replace pour prendre la nouvelle "
        "lecture).",
        "Read otherwise than they are kept (times, roles or fields), so left as they "
        "are: {count} (--replace takes the new reading).",
    ),
    "ratings": (
        "Notes de clients lues dans la colonne {column} : {rated} prise{rated:|s}, "
        "{not_read} sans conversation, {faulty} illisible{faulty:|s}.",
        "Customer ratings read from column {column}: {rated} taken, {not_read} without "
        "a conversation, {faulty} not readable.",
    ),
    "other_scorer": (
        "Attention : les rapports montrent {shown}, et {scorer} a noté ici. Notez avec "
        "le même (--scorer), ou changez : jauge rescore --use",
        "Warning: reports show {shown}, and {scorer} scored here. Score by the same "
        "one (--scorer), or switch: jauge rescore --use",
    ),
    "rescored": (
        "{scorer} : {added} score{added:|s} ajouté{added:|s} pour {count} "
        "conversation{count:|s}.",
        "{scorer}: {added} score{added:|s} added for {count} conversation{count:|s}.",
    ),
    "parts": (
        "{scorer} : {count} score{count:|s} de la partie du robot ajouté{count:|s}, où "
        "un conseiller a répondu.",
        "{scorer}: {count} score{count:|s} of the bot's part added, where an agent "
        "took "
        "part.",
    ),
    "same_scorer": (
        "C’est déjà ce barème que les rapports montrent : rien à comparer.",
        "Reports show this scorer already: there is nothing to compare.",
    ),
    "stays": (
        "Les rapports montrent toujours {shown}. Pour changer : --use",
        "Reports still show {shown}. To switch: --use",
    ),
    "switched": (
        "Les rapports montrent désormais {scorer}.",
        "Reports now show {scorer}.",
    ),
    "forgotten": (
        "Effacés : conversations {conversations}, scores {scores}, enregistrements "
        "rejetés {rejected}.",
        "Erased: conversations {conversations}, scores {scores}, rejected records "
        "{rejected}.",
    ),
    "forgotten_nothing": (
        "Rien n’a été effacé : rien ici n’a cet identifiant. Vérifiez-le. S’il arrive "
        "un jour, il ne sera pas repris (jauge load --again le reprend).",
        "Nothing was erased: nothing here has this id. Check it. Should it come one "
        "day, it is not taken (jauge load --again takes it).",
    ),
    "forgotten_before": (
        "Déjà demandé auparavant : rien ici n’a cet identifiant, et il n’est pas "
        "repris.",
        "Asked for before already: nothing here has this id, and it is not taken "
        "again.",
    ),
    "forgotten_reviews": (
        "Effacées avec elles : {count} {count:évaluation ou contestation|évaluations "
        "et contestations}.",
        "Erased with them: {count} {count:label or objection|labels and objections}.",
    ),
    "sought": (
        "Cherchés ensuite, octet par octet : {ids} identifiant{ids:|s}, {texts} "
        "texte{texts:|s} et {pieces} morceau{pieces:|x} comprimé{pieces:|s}, dans",
        "Looked for afterwards, byte by byte: {ids} id{ids:|s}, {texts} text{texts:|s} "
        "and {pieces} compressed piece{pieces:|s}, in",
    ),
    "file": ("  {file} ({bytes} octets)", "  {file} ({bytes} bytes)"),
    "nothing_left": ("Rien n’en reste.", "Nothing of it is left."),
    "left": (
        "Il en reste : {count}. Relancez la commande, sans autre programme ouvert sur "
        "cette base.",
        "{count} {count:is|are} left. Run it again, with no other program on this "
        "database.",
    ),
    "shared": (
        "D’autres conversations, qui restent, contiennent aussi {count} de ces "
        "identifiants ou textes.",
        "Other conversations, which stay, hold {count} of these ids or texts too.",
    ),
    "not_sought": (
        "(Les identifiants de moins de {id} octets et les textes de moins de {text} ne "
        "sont pas cherchés : ils sont partout.)",
        "(Ids below {id} bytes and texts below {text} are not looked for: they stand "
        "everywhere.)",
    ),
}


def kept_words(lang: Lang, key: str, **values: object) -> str:
    """Give the words for a key; French with its narrow blanks.

    >>> kept_words("en", "switched", scorer="shop@1+0")
    'Reports now show shop@1+0.'
    """
    french, english = _WORDS[key]
    text = filled(french if lang == "fr" else english, lang, values)
    return spaced(text) if lang == "fr" else text
