"""The words of the help of the command line: its French by its English.

Where a text of the English changes, its French is to be written anew: a test says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.help_of_keeping import HELP_OF_KEEPING

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "Usage": "Usage",
    "Arguments": "Arguments",
    "Options": "Options",
    "Commands": "Commandes",
}
EXTRA: Mapping[str, str] = {
    "env var": "variable",
    "default": "par défaut",
    "required": "obligatoire",
}
TYPES: Mapping[str, tuple[str, str]] = {
    "str": ("texte", "text"),
    "int": ("entier", "whole number"),
    "int range": ("entier", "whole number"),
    "float range": ("nombre", "number"),
    "float": ("nombre", "number"),
    "path": ("chemin", "path"),
}

HELP: Mapping[str, str] = {
    "Score chatbot conversations from 0 to 100, explained in points that add up.": (
        "Donne aux conversations de chatbot un score de 0 à 100, expliqué en points "
        "qui s’additionnent."
    ),
    "Show the version and exit.": "Dire la version, et finir.",
    "A settings file instead of ./jauge.toml.": (
        "Un fichier de réglages à la place de ./jauge.toml."
    ),
    "Install completion for the current shell.": (
        "Installer la complétion pour ce shell."
    ),
    "Show completion for the current shell, to copy it or customize the"
    " installation.": ("Montrer la complétion pour ce shell, à copier ou à adapter."),
    "Show this message and exit.": "Montrer cette aide, et finir.",
    "Read conversations, write scores.": "Lire des conversations, écrire leurs scores.",
    "Files, folders, globs, or - for standard input.": (
        "Fichiers, dossiers, motifs, ou - pour l’entrée standard."
    ),
    "The format, if not recognised by itself (see: jauge formats).": (
        "Le format, s’il n’est pas reconnu de lui-même (voir : jauge formats)."
    ),
    "The form of the scores, else as the file of -o ends (.csv, .xlsx, .parquet), else"
    " jsonl; xlsx and parquet need -o and jauge[tables].": (
        "La forme des scores, sinon d’après la fin du fichier de -o (.csv, .xlsx, "
        ".parquet), sinon jsonl ; xlsx et parquet demandent -o et jauge[tables]."
    ),
    "A file; a folder (with /) gets one part a file; finished ones stay.": (
        "Un fichier ; un dossier (avec /) reçoit une partie par fichier, celles qui "
        "sont finies restent."
    ),
    "Keep rejected records in this file (JSON Lines).": (
        "Garder les enregistrements rejetés dans ce fichier (JSON Lines)."
    ),
    "End with status 1 when a record was rejected.": (
        "Finir avec le statut 1 si un enregistrement a été rejeté."
    ),
    "Start the CSV with a mark that Excel wants.": (
        "Commencer le CSV par une marque qu’Excel attend."
    ),
    "Tables: one more column of points per signal.": (
        "Tableaux : une colonne de points de plus par signal."
    ),
    "Tables: one row a contribution instead.": (
        "Tableaux : une ligne par contribution à la place."
    ),
    "Mask e-mail addresses, telephone, card and order numbers where messages are "
    "shown; --no-mask leaves them.": (
        "Masquer adresses de messagerie, numéros de téléphone, de carte et de "
        "commande où des messages sont montrés ; --no-mask les laisse."
    ),
    "A scorer by name or file.": "Un barème, par son nom ou son fichier.",
    "How many processes.": "Combien de processus.",
    "Score what came before an agent took over.": (
        "Noter ce qui précède la prise en charge par une personne."
    ),
    "Names of table columns: id=chat,user=from,text=body,… (user or role: the one "
    "that says who speaks).": (
        "Noms des colonnes d’un tableau : id=ticket,user=auteur,text=message,… (user "
        "ou role : celle qui dit qui parle)."
    ),
    "A file that says where the facts stand in JSON of any shape (docs/mapping.md).": (
        "Un fichier qui dit où sont les faits dans du JSON de toute forme "
        "(docs/mapping.fr.md)."
    ),
    "The zone of times without one, e.g. Europe/Paris; else UTC.": (
        "Le fuseau des heures qui n’en ont pas, comme Europe/Paris ; sinon UTC."
    ),
    "Cut an endless thread after so long a silence: 30m, 12h, 3d; 0 never.": (
        "Couper un fil sans fin après un si long silence : 30m, 12h, 3d ; 0 jamais."
    ),
    "When the files were written: what went on then (--gap, else a day) is open.": (
        "Quand les fichiers ont été écrits : ce qui continuait alors (--gap, sinon un "
        "jour) est ouvert."
    ),
    "The name or id that is the bot.": "Le nom ou l’identifiant du bot.",
    "The name or id that is a human agent.": (
        "Le nom ou l’identifiant d’une personne qui répond."
    ),
    "A fact of all conversations: bot=Lia (several in the variable: parted by ; or by "
    "lines).": (
        "Un fait de toutes les conversations : bot=Lia (plusieurs dans la variable : "
        "séparés par ; ou par des lignes)."
    ),
    "Read only the first N records.": "Ne lire que les N premiers enregistrements.",
    "fr, en, and for pages fr-CA or fr-FR; else what the system speaks.": (
        "fr, en, et pour les pages fr-CA ou fr-FR ; sinon la langue du système."
    ),
    "Show one conversation with the points beside what caused them, and the sum.": (
        "Montrer une conversation, les points à côté de ce qui les a causés, et la "
        "somme."
    ),
    "The one to explain.": "Celle à expliquer.",
    "Say what files hold and what is missing, in plain words.": (
        "Dire en mots simples ce que des fichiers contiennent et ce qui manque."
    ),
    "The form of what is told.": "La forme de ce qui est dit.",
    "Write any known format as our own, one conversation a line.": (
        "Écrire tout format connu dans le nôtre, une conversation par ligne."
    ),
    "A file; else standard output.": "Un fichier ; sinon la sortie standard.",
    "List the signals: dimension, sign, weight and meaning; or the phrases of one.": (
        "Lister les signaux : dimension, signe, poids et sens ; ou les expressions de "
        "l’un."
    ),
    "One signal.": "Un signal.",
    "Show its phrases in a language: fr or en.": (
        "Montrer ses expressions dans une langue : fr ou en."
    ),
    "List the formats that are read.": "Lister les formats qui sont lus.",
    "Fit a scorer to your own ratings, with its before and after.": (
        "Étalonner un barème sur vos propres notes, avec son avant et son après."
    ),
    "The scorer file to write, to be used with --scorer.": (
        "Le fichier de barème à écrire, pour --scorer."
    ),
    "A table of ratings (CSV or JSON); else the ratings in the conversations.": (
        "Un tableau de notes (CSV ou JSON) ; sinon les notes dans les conversations."
    ),
    "Its column that names the conversation, if not recognised.": (
        "Sa colonne qui nomme la conversation, si elle n’est pas reconnue."
    ),
    "Its column that holds the rating, if not recognised.": (
        "Sa colonne qui contient la note, si elle n’est pas reconnue."
    ),
    "A field of the source record instead, e.g. labels.satisfaction.": (
        "À la place, un champ de l’enregistrement d’origine, comme labels.satisfaction."
    ),
    "The scale of ratings that do not tell their own: 1-5, 0-10, 5-1, …": (
        "L’échelle des notes qui ne disent pas la leur : 1-5, 0-10, 5-1, …"
    ),
    "What the scorer is called; else as its file.": (
        "Le nom du barème ; sinon celui de son fichier."
    ),
    "Write it even if it is not better.": "L’écrire même s’il n’est pas meilleur.",
    "Compare two files, or two scorers: the difference, and which signals make it.": (
        "Comparer deux fichiers, ou deux barèmes : l’écart, et quels signaux le font."
    ),
    "Two scorers on the same conversations; else two files are compared.": (
        "Deux barèmes sur les mêmes conversations ; sinon deux fichiers sont comparés."
    ),
    **HELP_OF_KEEPING,
}
