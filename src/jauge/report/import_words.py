"""The words about importing on the served pages, in French and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

IMPORT_WORDS: Mapping[str, tuple[str, str]] = {
    "import_title": ("Importer des conversations", "Import conversations"),
    "import_told": (
        "Déposez des fichiers sur cette page, ou choisissez-les. Rien n’est gardé "
        "avant que vous ayez vu ce qu’ils contiennent.",
        "Drop files on this page, or choose them. Nothing is kept before you have seen "
        "what they hold.",
    ),
    "import_drop": ("Déposez des fichiers ici", "Drop files here"),
    "import_choose": ("Fichiers", "Files"),
    "import_send": ("Examiner", "Examine"),
    "import_limits": (
        "Jusqu’à {count} fichiers et {size} à la fois ; .gz et .zst sont lus tels "
        "quels. Pour plus : jauge load FICHIER.",
        "Up to {count} files and {size} at once; .gz and .zst are read as they are. "
        "For more: jauge load FILE.",
    ),
    "import_missing": (
        "Aucun fichier n’a été choisi.",
        "No file was chosen.",
    ),
    "import_read_only": (
        "Votre accès permet de lire, pas d’importer.",
        "Your access is for reading, not for importing.",
    ),
    "import_sending": ("Envoi", "Sending"),
    "import_not_sent": (
        "L’envoi n’a pas abouti. Un dossier ne peut pas être déposé : choisissez les "
        "fichiers qui sont dedans.",
        "Sending failed. A folder cannot be dropped: choose the files in it.",
    ),
    "import_too_big": (
        "Trop gros pour cette page : chargez-le par jauge load FICHIER.",
        "Too big for this page: load it by jauge load FILE.",
    ),
    "import_formats": ("Formats reconnus", "Formats that are recognised"),
    "import_loads": ("Fichiers chargés", "Files loaded"),
    "import_loads_none": ("Aucun fichier pour l’instant.", "No file yet."),
    "import_loads_more": ("et {count} plus anciens", "and {count} earlier ones"),
    "import_file": ("Fichier", "File"),
    "import_when": ("Quand", "When"),
    "import_unfinished": ("arrêté avant la fin", "stopped before its end"),
    "import_new": ("Nouvelles", "New"),
    "import_longer": ("Plus longues", "Longer"),
    "import_unchanged": ("Inchangées", "Unchanged"),
    "import_refused": ("Refusées", "Refused"),
    "import_place": ("Endroit", "Place"),
    "import_erased": ("Effacées auparavant", "Erased before"),
    "import_erased_told": (
        "Elles ne sont pas reprises. Pour les reprendre : jauge load --again FICHIER.",
        "They are not taken again. To take them: jauge load --again FILE.",
    ),
    "import_to_unscored": (
        "Ce qui n’a pas de score, et ce qui a été refusé",
        "What has no score, and what was refused",
    ),
    # one import
    "import_examining": ("Lecture des fichiers", "Reading the files"),
    "import_examining_told": (
        "Rien n’est encore gardé.",
        "Nothing is kept yet.",
    ),
    "import_ready": ("Voici ce qu’il y a dedans", "This is what they hold"),
    "import_ready_told": (
        "Rien n’est encore gardé. Gardez, ou jetez : sans choix, tout est jeté dans "
        "une heure.",
        "Nothing is kept yet. Keep, or discard: without a choice, all is discarded in "
        "an hour.",
    ),
    "import_nothing": (
        "Il n’y a là aucune conversation à garder.",
        "There is no conversation to keep in there.",
    ),
    "import_waiting": ("En attente", "Waiting"),
    "import_waiting_told": (
        "Un autre fichier est en cours ; celui-ci suit.",
        "Another file is being loaded; this one is next in line.",
    ),
    "import_loading": ("Chargement", "Loading"),
    "import_loading_told": (
        "Vous pouvez quitter cette page : le chargement continue.",
        "You may leave this page: loading goes on.",
    ),
    "import_done": ("C’est chargé", "Loaded"),
    "import_stopped": ("Arrêté", "Stopped"),
    "import_stopped_told": (
        "Ce qui était gardé jusque-là reste. Le même fichier, importé de nouveau, "
        "reprend où il en était.",
        "What was kept until then stays. The same file, imported again, goes on where "
        "it was.",
    ),
    "import_stopped_none": ("Rien n’a été gardé.", "Nothing was kept."),
    "import_failed": ("Le chargement n’a pas abouti", "Loading failed"),
    "import_failed_told": (
        "Ce qui était gardé jusque-là reste. Ce que dit le programme :",
        "What was kept until then stays. What the program says:",
    ),
    "import_failed_broken": (
        "Ce n’est pas de votre fait. Le journal du programme dit quoi ; ce qui était "
        "gardé jusque-là reste.",
        "It is not your doing. The log of the program says what; what was kept until "
        "then stays.",
    ),
    "import_so_far": ("{count} conversations lues", "{count} conversations read"),
    "import_so_far_1": ("{count} conversation lue", "{count} conversation read"),
    "import_keep": ("Garder", "Keep"),
    "import_discard": ("Jeter", "Discard"),
    "import_stop": ("Arrêter", "Stop"),
    "import_more": ("Importer d’autres fichiers", "Import more files"),
    "import_first_refused": (
        "Refusé, le premier de chaque raison",
        "Refused, the first of each reason",
    ),
    "import_suspects": (
        "Phrases du bot qui ressemblent à une incompréhension non reconnue",
        "Bot phrases that look like a fallback which jauge does not know",
    ),
    "import_suspects_add": (
        "Si le bot n’y a pas compris, ajoutez à jauge.toml :",
        "If the bot did not understand there, add to jauge.toml:",
    ),
    "import_empty": ("Le fichier est vide.", "The file is empty."),
    "import_problem_format": (
        "Format non reconnu. Dites plus bas lequel c’est ; pour un tableau, quelle "
        "colonne est quoi.",
        "Format not recognised. Say below which it is; for a table, which column is "
        "what.",
    ),
    "import_problem_bomb": (
        "Décompressé, ce fichier est démesuré : il n’est pas lu plus loin. S’il est "
        "bien de vous : jauge load FICHIER.",
        "Unpacked, this file is out of all proportion: it is read no further. If it is "
        "really yours: jauge load FILE.",
    ),
    "import_problem_option": (
        "Ce qui est dit plus bas ne convient pas :",
        "What is said below does not fit:",
    ),
    "import_problem_unreadable": (
        "Ce fichier ne se lit pas :",
        "This file cannot be read:",
    ),
    "import_zoneless": (
        "Heures sans fuseau : lues à l’heure de {zone}.",
        "Times without a zone are read as times of {zone}.",
    ),
    "import_options": ("Comment lire ces fichiers", "How to read these files"),
    "import_format": ("Format", "Format"),
    "import_format_any": ("À reconnaître", "To be recognised"),
    "import_columns": ("Colonnes du tableau", "Columns of the table"),
    "import_columns_told": (
        "Champ=colonne, séparés par des virgules : id=Ticket, role=Auteur, text=Corps",
        "Field=column, with commas between: id=Ticket, role=Author, text=Body",
    ),
    "import_zone": ("Fuseau des heures sans fuseau", "Zone of times without one"),
    "import_bot": ("Nom du bot dans le fichier", "Name of the bot in the file"),
    "import_agent": ("Nom de l’agent dans le fichier", "Name of the agent in the file"),
    "import_again": ("Examiner de nouveau", "Examine again"),
    # not scored
    "import_unscored": (
        "{count} conversations sans score",
        "{count} conversations not scored",
    ),
    "import_unscored_1": (
        "{count} conversation sans score",
        "{count} conversation not scored",
    ),
    "import_unscored_none": (
        "Toutes les conversations ont un score.",
        "All conversations have a score.",
    ),
    "import_refused_told": (
        "ils n’ont pas pu devenir des conversations ; rien n’est perdu en silence",
        "they could not become conversations; nothing is lost in silence",
    ),
    "import_list": ("Voir la liste", "Show the list"),
    "import_line": ("Ligne", "Line"),
    "import_path": ("Champ", "Path"),
    "import_record": ("L’enregistrement", "The record"),
    "import_record_cut": ("(le début)", "(its beginning)"),
    "import_share_all": ("Part de tout", "Share of all"),
}
