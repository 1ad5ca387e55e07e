"""The help of commands that keep, show and judge conversations, in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HELP_OF_KEEPING: Mapping[str, str] = {
    "Keep conversations in a database with their scores; what is there stays.": (
        "Garder des conversations dans une base avec leurs scores ; ce qui y est reste."
    ),
    "The database; its key lies beside it, as PATH.key.": (
        "La base ; sa clé est à côté, dans CHEMIN.key."
    ),
    "Take what was erased before, too.": "Prendre aussi ce qui avait été effacé.",
    "Add scores by another scorer, and say what it would change; none is lost.": (
        "Ajouter les scores d’un autre barème, et dire ce qui changerait ; aucun "
        "n’est perdu."
    ),
    "Let reports show this scorer.": "Faire montrer ce barème par les rapports.",
    "Erase a customer or a conversation everywhere, and prove it.": (
        "Effacer partout un client ou une conversation, et le prouver."
    ),
    "A customer: the user_id as sources tell it.": (
        "Un client : le user_id tel que les sources le disent."
    ),
    "One by its id.": "Une seule, par son identifiant.",
    "Serve the report as pages: find the worst conversations, see why, review them.": (
        "Servir le rapport en pages : trouver les pires conversations, voir pourquoi, "
        "les évaluer."
    ),
    "The port; 0 takes a free one.": "Le port ; 0 en prend un libre.",
    "The address to listen at; beyond this machine, people need a token.": (
        "L’adresse où écouter ; au-delà de cette machine, il faut un jeton."
    ),
    "The zone of days and times on the pages, e.g. America/Montreal.": (
        "Le fuseau des jours et des heures sur les pages, comme America/Montreal."
    ),
    "Add a person, show the token this once, and end.": (
        "Ajouter une personne, montrer son jeton cette seule fois, et finir."
    ),
    "What the person added may do; else read only.": (
        "Ce que peut faire la personne ajoutée ; sinon lire seulement."
    ),
    "Take a person's token and sessions back, and end.": (
        "Reprendre le jeton et les sessions d’une personne, et finir."
    ),
    "End a person's sessions, whose token stays, and end.": (
        "Fermer les sessions d’une personne, dont le jeton reste, et finir."
    ),
    "End the sessions of everybody, and end.": (
        "Fermer les sessions de tout le monde, et finir."
    ),
    "List people, and end.": "Lister les personnes, et finir.",
    "A name by which browsers may call the site.": (
        "Un nom par lequel des navigateurs peuvent appeler le site."
    ),
    "Believe a proxy before the site who asks, and that they came by TLS.": (
        "Croire le mandataire placé devant le site : qui demande, et par TLS."
    ),
    "Score the bundled conversations and show what comes out.": (
        "Noter les conversations fournies, et montrer ce qui en sort."
    ),
    "Where the files go.": "Où vont les fichiers.",
    "Then serve the report of them on this machine, until Ctrl-C.": (
        "Puis en servir le rapport sur cette machine, jusqu’à Ctrl-C."
    ),
    "Judge conversations as a person, and make use of what people judged.": (
        "Évaluer des conversations soi-même, et se servir de ce que des personnes ont "
        "évalué."
    ),
    "Judge N scored conversations drawn at random, without their scores.": (
        "Évaluer N conversations notées, tirées au hasard, sans leurs scores."
    ),
    "Draw the same ones again: goes on where it was left, for anybody.": (
        "Tirer de nouveau les mêmes : continue où on s’était arrêté, pour tous."
    ),
    "Who judges.": "Qui évalue.",
    "Judge one, without asking.": "En évaluer une, sans question.",
    "How happy the customer was at its end: 1 to 5, or cannot-tell.": (
        "Si le client était content à la fin : 1 à 5, ou cannot-tell."
    ),
    "Why. It may stay empty.": "Pourquoi. Peut rester vide.",
    "It was judged without its score.": "Elle a été évaluée sans son score.",
    "Write the labels as JSON Lines, of all people or --by one.": (
        "Écrire les évaluations en JSON Lines, de tous ou d’une personne (--by)."
    ),
    "How often the points of each signal are right, by objections.": (
        "Combien de fois les points de chaque signal sont justes, d’après les "
        "contestations."
    ),
    "Write objections as test cases (YAML).": (
        "Écrire les contestations comme cas d’essai (YAML)."
    ),
    "Say how well scores agree with the judgements of people, and for whom.": (
        "Dire à quel point les scores s’accordent avec l’avis des gens, et pour qui."
    ),
    "Dissatisfied is who judges below this, from 0 to 100.": (
        "Est mécontent qui juge au-dessous de ceci, de 0 à 100."
    ),
    "Draw calibration and agreement into a file, .svg or .png.": (
        "Dessiner le calibrage et l’accord dans un fichier, .svg ou .png."
    ),
    "Make one page: the average, the worst and the best, and why.": (
        "Faire une page : la moyenne, les pires et les meilleures, et pourquoi."
    ),
    "Of files, or of a database.": "De fichiers, ou d’une base.",
    "A database made by jauge load, instead of files.": (
        "Une base faite par jauge load, à la place de fichiers."
    ),
    "The page to write; - is standard output.": (
        "La page à écrire ; - est la sortie standard."
    ),
    "What starts in it only: last-week, this-month, last-30-days, … or 2026-11 or"
    " 2026-11-01..2026-11-23; days are those of --timezone.": (
        "Seulement ce qui y commence : last-week, this-month, last-30-days, … ou "
        "2026-11 ou 2026-11-01..2026-11-23 ; les jours sont ceux de --timezone."
    ),
    "End with status 1 when the average is below this.": (
        "Finir avec le statut 1 si la moyenne est sous ceci."
    ),
    "How many of the worst, and of the best, are shown message by message.": (
        "Combien des pires, et des meilleures, sont montrées message par message."
    ),
    "List the scorers: name, version, hash, and whose judgement they foretell.": (
        "Lister les barèmes : nom, version, empreinte, et de qui ils prédisent l’avis."
    ),
    "Say in words how scorer B differs from scorer A.": (
        "Dire en mots en quoi le barème B diffère du barème A."
    ),
    "The scorer beside it.": "Le barème à côté.",
    "The name or id that is the customer; * for every name that is not named"
    " otherwise.": (
        "Le nom ou l’identifiant qui est le client ; * pour tous les noms qui ne sont "
        "pas nommés autrement."
    ),
    "Take conversations that are read otherwise than they are kept: other times,"
    " roles or fields; the events stay as many.": (
        "Prendre les conversations lues autrement qu’elles ne sont gardées : autres "
        "heures, rôles ou champs ; les événements restent aussi nombreux."
    ),
}
