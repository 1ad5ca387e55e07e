"""The errors of what is missing or fails, in French: packages, databases, plugins.

Each English text is as it is raised; what stands between braces is taken over. A
more telling text stands before the shorter one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_PACKAGES: Mapping[str, str] = {
    "{at}: needs pyarrow. Install it, or write Parquet: {command}": (
        "{at} : demande pyarrow. Installez-le, ou écrivez du Parquet : {command}"
    ),
    "{at}: needs python-calamine: {command}": (
        "{at} : demande python-calamine : {command}"
    ),
    "{at}: needs {pair}. Install it: {command}": (
        "{at} : demande {pair}. Installez-le : {command}"
    ),
    "{what} needs {pair}. Install it: {command}": (
        "{what} : il y faut {pair}. Installez-le : {command}"
    ),
    "{what} needs {pair}. Install with: {command}": (
        "{what} : il y faut {pair}. Pour l’installer : {command}"
    ),
    "The report needs {pair}: {command}": "Le rapport demande {pair} : {command}",
}

_OF_STORES: Mapping[str, str] = {
    "{at}: holds tables of another program ({known}). Name another file: --db": (
        "{at} : contient les tables d’un autre programme ({known}). Nommez un autre"
        " fichier : --db"
    ),
    "{at}: a newer jauge has written it. Install that one.": (
        "{at} : une version plus récente de jauge l’a écrite. Installez celle-là."
    ),
    "{at}: another program reads it, so erased bytes stay in its journal. End that"
    " program and run it again.": (
        "{at} : un autre programme la lit, et les octets effacés restent dans son"
        " journal. Arrêtez ce programme et relancez."
    ),
    "{at}: another program holds it. Run it again.": (
        "{at} : un autre programme l’occupe. Relancez."
    ),
    "{at}: a record is damaged ({why}). Restore the file from a copy.": (
        "{at} : un enregistrement est abîmé ({why}). Restaurez le fichier depuis une"
        " copie."
    ),
    "a record is damaged ({why}). Restore the file from a copy.": (
        "un enregistrement est abîmé ({why}). Restaurez le fichier depuis une copie."
    ),
    "{at}: cannot be read ({why}). Remove it and run it again.": (
        "{at} : illisible ({why}). Supprimez-le et relancez."
    ),
    "{at}: {why}. Was it moved? Name it: --db": (
        "{at} : {why}. A-t-elle été déplacée ? Nommez-la : --db"
    ),
    "--db {at}: is no path.": "--db {at} : ce n’est pas un chemin.",
    "{at}: is a link. Remove it by hand and run it again.": (
        "{at} : est un lien. Supprimez-le à la main et relancez."
    ),
    "{at}: cannot be removed. Remove it by hand and run it again.": (
        "{at} : impossible à supprimer. Supprimez-le à la main et relancez."
    ),
    "{at}: cannot be written ({why}). Check the folder and the disk.": (
        "{at} : impossible à écrire ({why}). Vérifiez le dossier et le disque."
    ),
    "{at}: {why}. Check the folder and the disk.": (
        "{at} : {why}. Vérifiez le dossier et le disque."
    ),
    "temporary files: no room on disk ({why}). Free four times what the input weighs,"
    " or name a folder with room: SQLITE_TMPDIR=FOLDER jauge …": (
        "fichiers temporaires : plus de place sur le disque ({why}). Libérez quatre"
        " fois ce que pèse l’entrée, ou nommez un dossier qui a de la place :"
        " SQLITE_TMPDIR=DOSSIER jauge …"
    ),
}

_OF_GIVEN: Mapping[str, str] = {
    "{at}: cannot be read ({why}). Check the folder.": (
        "{at} : illisible ({why}). Vérifiez le dossier."
    ),
    "{at}: {form} is not written. Name .jsonl, {known}, or say --to FORM.": (
        "{at} : {form} ne s’écrit pas. Nommez .jsonl, {known}, ou dites --to FORME."
    ),
    "{at}: {form} is not written here. Name a file that ends in .jsonl.": (
        "{at} : {form} ne s’écrit pas ici. Nommez un fichier qui finit par .jsonl."
    ),
    "{at}: {value}: a bracket or a bar stands alone. Write (one|another).": (
        "{at} : {value} : une parenthèse ou une barre est seule. Écrivez (un|autre)."
    ),
    "{at}: {value}: a star stands for no letters. Write the words in full.": (
        "{at} : {value} : une étoile ne remplace rien. Écrivez les mots en entier."
    ),
    "{what} cannot be kept: write 1 to {count} readable characters.": (
        "{what} : impossible à garder. Écrivez de 1 à {count} caractères lisibles."
    ),
    "{what} is too long: write at most {count} characters.": (
        "{what} : trop de texte. Écrivez au plus {count} caractères."
    ),
    "{what} is not readable text. Write it in UTF-8.": (
        "{what} : texte illisible. Écrivez-le en UTF-8."
    ),
    "{count} stars: write 1 to 5, or none for 'cannot tell'.": (
        "{count} étoiles : écrivez 1 à 5, ou rien pour « impossible à dire »."
    ),
    "{at}: is no role. One of: {known}.": (
        "{at} : ce rôle n’existe pas. Au choix : {known}."
    ),
    "{at}: is no state. One of: {known}.": (
        "{at} : cet état n’existe pas. Au choix : {known}."
    ),
    "--allowed-host {at}: is no name. Example: jauge.example.com": (
        "--allowed-host {at} : ce n’est pas un nom. Exemple : jauge.example.com"
    ),
    "--host {at}: {why}. Usual: 127.0.0.1": (
        "--host {at} : {why}. D’habitude : 127.0.0.1"
    ),
    "{at}: a workbook of more than {count} bytes. Save it as CSV.": (
        "{at} : un classeur de plus de {count} octets. Enregistrez-le en CSV."
    ),
    "The rows cannot be written as Parquet ({why}). Use --to csv.": (
        "Impossible d’écrire les lignes en Parquet ({why}). Écrivez --to csv."
    ),
}

_OF_PLUGINS: Mapping[str, str] = {
    "{at}: cannot be loaded: {why}. Fix or uninstall it.": (
        "{at} : impossible à charger : {why}. Corrigez ou désinstallez-le."
    ),
    "{at}: has no {known}. Fix or uninstall it.": (
        "{at} : il y manque {known}. Corrigez ou désinstallez-le."
    ),
    "{at}: the detector fails: {why}. Fix or uninstall it.": (
        "{at} : le détecteur échoue : {why}. Corrigez ou désinstallez-le."
    ),
    "{at}: an impossible signal: {known}. Fix or uninstall it.": (
        "{at} : un signal impossible : {known}. Corrigez ou désinstallez-le."
    ),
    "{at}: no weight. Give the detector `weight`, the log-odds of one hit before"
    " damping (0.1 to 3), or a row in the scorer file.": (
        "{at} : aucun poids. Donnez au détecteur `weight`, la log-cote d’un signal"
        " avant amortissement (0,1 à 3), ou une ligne dans le fichier de barème."
    ),
}

OF_FAILURES: Mapping[str, str] = {
    **_OF_PACKAGES,
    **_OF_STORES,
    **_OF_GIVEN,
    **_OF_PLUGINS,
}

WHATS: Mapping[str, str] = {
    "keeping conversations": "conserver des conversations",
    "serving pages": "servir des pages",
    "the columnar copy": "la copie en colonnes",
    "the name": "le nom",
    "the name of the view": "le nom de la vue",
    "the query": "la recherche",
    "the reason": "la raison",
    "what is wrong": "ce qui est faux",
}
"""What an error speaks of, where that is no name of the reader's."""
