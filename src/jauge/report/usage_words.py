"""The errors of wrong use in French: those of the command line itself, and of options.

Each English text is as it is raised; what stands between braces is taken over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# As Typer says them, the more telling form before the shorter one.
OF_TYPER: Mapping[str, str] = {
    "No such command {value}. Did you mean {choices}?": (
        "cette commande n’existe pas : {value}. Vouliez-vous dire {choices} ?"
    ),
    "No such command {value}.": "cette commande n’existe pas : {value}.",
    "No such option: {value} (Possible options: {choices}).": (
        "cette option n’existe pas : {value} (options proches : {choices})."
    ),
    "No such option: {value}.": "cette option n’existe pas : {value}.",
    "Missing argument {asked}.": "il manque l’argument {asked}.",
    "Missing option {option}. Choose from: {choices}.": (
        "il manque l’option {option}. Au choix : {choices}."
    ),
    "Missing option {option}.": "il manque l’option {option}.",
    "Option {option} requires an argument.": "l’option {option} demande une valeur.",
    "Option {option} does not take a value.": (
        "l’option {option} ne prend pas de valeur."
    ),
    "Got unexpected extra argument(s) ({at}).": "argument en trop : {at}.",
    "Invalid value for {option}: {value} is not a valid boolean. Recognized values:"
    " {choices}.": ("valeur impossible pour {option} : {value}. Au choix : {choices}."),
    "Invalid value for {option}: {value} is less than {at}.": (
        "valeur impossible pour {option} : {value} est moins que {at}."
    ),
    "Invalid value for {option}: {value} is not from {at} to {known}.": (
        "valeur impossible pour {option} : {value} n’est pas de {at} à {known}."
    ),
    "Invalid value for {option}: {value} is not one of {choices}.": (
        "valeur impossible pour {option} : {value}. Au choix : {choices}."
    ),
    "Invalid value for {option}: {value} is not {kind}.": (
        "valeur impossible pour {option} : {value} n’est pas {kind}."
    ),
    "Invalid value for {option}: {at}.": "valeur impossible pour {option} : {at}.",
}
PLACEHOLDERS: Mapping[str, str] = {
    "FILE": "FICHIER",
    "COLUMN": "COLONNE",
    "COMMAND": "COMMANDE",
    "FIELD": "CHAMP",
    "NAME": "NOM",
    "PATH": "CHEMIN",
    "DURATION": "DURÉE",
    "TIME": "MOMENT",
    "SCORER": "BARÈME",
    "WORST-BEST": "PIRE-MEILLEUR",
    "VALUE": "VALEUR",
}
"""What stands for a name of the reader's, in usage and in examples."""

KINDS: Mapping[str, str] = {
    "a whole number": "un nombre entier",
    "a number": "un nombre",
}

OF_OPTIONS: Mapping[str, str] = {
    "no conversation is both rated and scored. Say where ratings are: --ratings FILE,"
    " or --label FIELD.": (
        "aucune conversation n’a à la fois une note et un score. Dites où sont les"
        " notes : --ratings FICHIER, ou --label CHAMP."
    ),
    "{at}: cannot be the name of a scorer. Give --name: letters, digits, - _ and . (not"
    " `default`).": (
        "{at} : ne peut pas être le nom d’un barème. Donnez --name : des lettres,"
        " des chiffres, - _ et . (pas `default`)."
    ),
    "compare two files: jauge compare A B; or two scorers: --scorers A,B": (
        "comparez deux fichiers : jauge compare A B ; ou deux barèmes : --scorers A,B"
    ),
    "--scorers {at}: name two, as default,shop.toml": (
        "--scorers {at} : nommez-en deux, comme default,boutique.toml"
    ),
    "{at}: no conversation has a score. See: jauge doctor": (
        "{at} : aucune conversation n’a de score. Voyez : jauge doctor"
    ),
    "{at}: not a scorer file: {why}.": (
        "{at} : n’est pas un fichier de barème : {why}."
    ),
    "{at}: no weight for {known}. The scorer file is of another release: calibrate"
    " again.": (
        "{at} : aucun poids pour {known}. Le fichier de barème est d’une autre"
        " version : recalibrez."
    ),
    "{at}: is called {known}, as one of jauge itself. Fix or uninstall it.": (
        "{at} : s’appelle {known}, qui est un nom de jauge. Corrigez ou"
        " désinstallez-le."
    ),
    "{at}: is called {known}, as one of {names}. Fix or uninstall it.": (
        "{at} : s’appelle {known}, comme dans {names}. Corrigez ou désinstallez-le."
    ),
    "{at}: jauge has this name itself. Rename or remove the detector of a package.": (
        "{at} : jauge a déjà ce nom. Renommez ou retirez le détecteur d’un paquet."
    ),
    "{at}: two have this name. Rename or remove the detector of a package.": (
        "{at} : deux ont ce nom. Renommez ou retirez le détecteur d’un paquet."
    ),
    "--ratings and --label exclude each other. Name one of them.": (
        "--ratings et --label s’excluent. Nommez l’une des deux."
    ),
    "--on and --rating name columns of a table: add --ratings FILE.": (
        "--on et --rating nomment des colonnes d’un tableau : ajoutez --ratings"
        " FICHIER."
    ),
    "--label {at}: no record has this field (fields: {known}). Correct the path; for"
    " the columns of a table, use --ratings FILE.": (
        "--label {at} : aucun enregistrement n’a ce champ (champs : {known}). Corrigez"
        " le chemin ; pour les colonnes d’un tableau, écrivez --ratings FICHIER."
    ),
    "--label {at}: no conversation has a value there. Name another.": (
        "--label {at} : aucune conversation n’a de valeur à cet endroit. Nommez-en un"
        " autre."
    ),
    "--scale {at}: write WORST-BEST, as 1-5, 0-10 or 5-1.": (
        "--scale {at} : écrivez PIRE-MEILLEUR, comme 1-5, 0-10 ou 5-1."
    ),
    "{at}: no column {known} (columns: {columns}). Correct {option}.": (
        "{at} : pas de colonne {known} (colonnes : {columns}). Corrigez {option}."
    ),
    "-: cannot be both the conversations and the ratings. Name a file.": (
        "- : ne peut pas être à la fois les conversations et les notes. Nommez un"
        " fichier."
    ),
    "no judgement could be read on the scale {known}, as {value}. Correct --scale, or"
    " name the right column or field.": (
        "aucune note n’a pu être lue sur l’échelle {known}, par exemple {value}."
        " Corrigez --scale, ou nommez la bonne colonne ou le bon champ."
    ),
    "{count} conversations are judged, and none of them is scored.": (
        "{count} conversations ont une note, et aucune n’a de score."
    ),
    "{at}: none of its ratings is of the {count} conversations that were read. Name the"
    " column of their id: --on COLUMN.": (
        "{at} : aucune de ses notes n’est d’une des {count} conversations lues. Nommez"
        " la colonne de leur identifiant : --on COLONNE."
    ),
    "none of {count} conversations has a rating. Add --ratings FILE --on COLUMN, or"
    " --label FIELD.": (
        "aucune des {count} conversations n’a de note. Ajoutez --ratings FICHIER --on"
        " COLONNE, ou --label CHAMP."
    ),
    "{at}: is empty. Name another table.": (
        "{at} : est vide. Nommez un autre tableau."
    ),
    "{at}: there is no rating in it{why}. Name another table.": (
        "{at} : aucune note dedans{why}. Nommez un autre tableau."
    ),
    "--picture {at}: name a file that ends in .svg or .png.": (
        "--picture {at} : nommez un fichier qui finit par .svg ou .png."
    ),
    "--bom, --wide, --long and --mask are for --to csv, xlsx or parquet: JSON Lines"
    " hold the scores whole.": (
        "--bom, --wide, --long et --mask vont avec --to csv, xlsx ou parquet : JSON"
        " Lines contient les scores entiers."
    ),
    "--bom is for --to csv, and --wide and --long exclude each other.": (
        "--bom va avec --to csv, et --wide et --long s’excluent."
    ),
    "--to {at} is written to a file. Name one: -o {known}": (
        "--to {at} s’écrit dans un fichier. Nommez-le : -o {known}"
    ),
    "--set {at}=…: cannot be set. One of: {known}.": (
        "--set {at}=… : ne peut pas être fixé. Au choix : {known}."
    ),
    "--set {at}=…: not readable text. Write it in UTF-8.": (
        "--set {at}=… : texte illisible. Écrivez-le en UTF-8."
    ),
    "--columns {at}=…: no such field. One of: {known}.": (
        "--columns {at}=… : ce champ n’existe pas. Au choix : {known}."
    ),
    "{at}: write NAME=VALUE.": "{at} : écrivez NOM=VALEUR.",
    "{at}: write FIELD=COLUMN, as id=Ticket, text=Body.": (
        "{at} : écrivez CHAMP=COLONNE, comme id=Ticket, text=Message."
    ),
    "--zone {at}: no such zone. Example: America/Montreal": (
        "--zone {at} : ce fuseau n’existe pas. Exemple : America/Montreal"
    ),
    "--gap {at}: no duration. Write 30m, 12h or 3d; 0 never cuts.": (
        "--gap {at} : ce n’est pas une durée. Écrivez 30m, 12h ou 3d ; 0 ne coupe"
        " jamais."
    ),
    "--as-of {at}: no time. Write 2026-11-30 or 2026-11-30T18:00Z.": (
        "--as-of {at} : ce n’est pas un moment. Écrivez 2026-11-30 ou"
        " 2026-11-30T18:00Z."
    ),
    "{at}: could be {known}. Say which: --from {option}": (
        "{at} : peut être {known}. Dites lequel : --from {option}"
    ),
    "{at}: a report, one row a conversation and no messages: there is nothing to score."
    " Its column {known} can judge scores: jauge evaluate CONVERSATIONS --ratings"
    " {option}": (
        "{at} : un rapport, une ligne par conversation et aucun message : il n’y a rien"
        " à évaluer. Sa colonne {known} peut juger des scores : jauge evaluate"
        " CONVERSATIONS --ratings {option}"
    ),
    "{at}: a report, one row a conversation and no messages: there is nothing to score."
    " Export the messages of the conversations.": (
        "{at} : un rapport, une ligne par conversation et aucun message : il n’y a rien"
        " à évaluer. Exportez les messages des conversations."
    ),
    "{at}: no column for {names} (columns: {columns}). Say which: --columns {asked}": (
        "{at} : pas de colonne pour {names} (colonnes : {columns}). Dites laquelle :"
        " --columns {asked}"
    ),
    "{at}: no such signal. See: jauge signals": (
        "{at} : ce signal n’existe pas. Voyez : jauge signals"
    ),
    "--phrases: of which signal? Example: {known}": (
        "--phrases : de quel signal ? Exemple : {known}"
    ),
    "--phrases {at}: words are read in {pair} only.": (
        "--phrases {at} : les mots ne sont lus qu’en {pair}."
    ),
    "{at}: words are read in {pair} only.": (
        "{at} : les mots ne sont lus qu’en {pair}."
    ),
    "{at}: no such list. One of: {known}.": (
        "{at} : cette liste n’existe pas. Au choix : {known}."
    ),
    "{at}: an empty phrase. Remove it.": "{at} : une expression vide. Enlevez-la.",
    "{at}: {why}. See docs/quickstart.md for what it may hold.": (
        "{at} : {why}. Voyez ce qu’il peut contenir : docs/quickstart.fr.md"
    ),
    "{at}: {why}. See docs/mapping.md for what it may hold.": (
        "{at} : {why}. Voyez ce qu’il peut contenir : docs/mapping.fr.md"
    ),
    "no conversation could be read. See what the files hold: jauge doctor": (
        "aucune conversation n’a pu être lue. Voyez ce que contiennent les fichiers :"
        " jauge doctor"
    ),
    "{at}: this signal reads no phrases of its own.": (
        "{at} : ce signal ne lit pas d’expressions à lui."
    ),
    "{at}: shows scores by {known}, not by {names}. Report those without --scorer, or"
    " switch: jauge rescore {command}": (
        "{at} : montre les scores de {known}, pas de {names}. Pour ceux-là, enlevez"
        " --scorer ; pour en changer : jauge rescore {command}"
    ),
    "-o is for --list and --cases. Leave it out.": (
        "-o va avec --list et --cases. Enlevez-la."
    ),
    "--stars {at}: write 1 to 5, or cannot-tell.": (
        "--stars {at} : écrivez 1 à 5, ou cannot-tell."
    ),
    "one at a time: --add-user NAME, --revoke-user NAME, --end-sessions NAME,"
    " --end-all-sessions or --users.": (
        "une à la fois : --add-user NOM, --revoke-user NOM, --end-sessions NOM,"
        " --end-all-sessions ou --users."
    ),
    "--role {at}: of whom? Example: --add-user NAME --role {known}": (
        "--role {at} : de qui ? Exemple : --add-user NOM --role {known}"
    ),
    "{at}: no such person. See: jauge serve --users": (
        "{at} : cette personne n’existe pas. Voyez : jauge serve --users"
    ),
    "{at}: is there already. Revoke it first, for a new token.": (
        "{at} : existe déjà. Révoquez-la d’abord, pour un nouveau jeton."
    ),
    "--port {at}: another program has it. Try: --port {known}": (
        "--port {at} : un autre programme l’occupe. Essayez : --port {known}"
    ),
    "--port {at}: not allowed for this user. Try: --port 8765": (
        "--port {at} : interdit à cet utilisateur. Essayez : --port 8765"
    ),
    "--host {at}: no such address on this machine. Usual: 127.0.0.1": (
        "--host {at} : cette adresse n’est pas de cette machine. D’habitude : 127.0.0.1"
    ),
    "{at}: cannot be a folder ({why}). Choose another: -o.": (
        "{at} : ne peut pas être un dossier ({why}). Choisissez-en un autre : -o."
    ),
    "{at}: byte {count} is not UTF-8. Save it as UTF-8.": (
        "{at} : l’octet {count} n’est pas de l’UTF-8. Enregistrez en UTF-8."
    ),
    "{at}: cannot be read ({why}). Name a mapping file.": (
        "{at} : illisible ({why}). Nommez un fichier de correspondance."
    ),
    "{at}: cannot be read or written ({why}). Check it and its rights.": (
        "{at} : impossible à lire ou à écrire ({why}). Vérifiez le fichier et ses"
        " droits."
    ),
    "standard output: cannot be written ({why}). What was written until then is not"
    " whole.": (
        "sortie standard : impossible à écrire ({why}). Ce qui était écrit n’est pas"
        " entier."
    ),
}
