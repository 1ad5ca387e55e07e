"""Why each signal of the default scorer weighs what it does, in French.

The scorer says it in English; other weights have reasons of their own, kept as said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "user_quick_reply": (
        "Prendre un choix, c’est participer : +0,14 écart type, le fait positif le "
        "plus fort après les pouces ; peu pour chacun, car un menu en amène beaucoup."
    ),
    "user_product_click": (
        "Il regarde ce que le bot propose : +0,05, là où une boutique le voit."
    ),
    "user_add_to_cart": (
        "Une proposition acceptée : +0,05 mesuré, plus fort par le sens qu’un clic."
    ),
    "user_purchase": (
        "Le besoin est satisfait : +0,11 ; une mauvaise conversation peut aussi finir "
        "par un achat."
    ),
    "user_thumbs_up": "Le verdict du client lui-même sur une réponse : +0,11.",
    "user_thumbs_down": "Le verdict du client lui-même sur une réponse : −0,13.",
    "user_continues": (
        "Servi, et il poursuit : plus rare qu’un merci et aussi parlant ; une simple "
        "question peut encore porter sur la réponse."
    ),
    "user_leaves": (
        "Un besoin ouvert à la fin : −0,09 pour l’arrêt ou la fermeture ; partir le "
        "dit plus doucement, et certains partent contents."
    ),
    "user_thanks": (
        "Un merci d’usage dit peu de chose à chaque fois, un peu plus à la fin ; là "
        "où il n’y a que des mots (conversations d’assistance), rien n’en dit plus."
    ),
    "user_praises": (
        "Plus qu’une formule : le signe le plus clair d’une bonne conversation, sur "
        "chaque jeu de données."
    ),
    "user_angry": (
        "La colère en mots : les marques négatives sont parmi les faits les plus forts."
    ),
    "user_insults": (
        "Une insulte au bot ; certaines sont des plaisanteries, donc moins que la "
        "colère."
    ),
    "user_complains": (
        "Un mécontentement envers le service ; trouvé par un modèle appris, donc "
        "moins sûr que la colère dite en clair ; renoncer à la fin, c’est le verdict."
    ),
    "user_happy_emoji": "Un sourire à côté des mots ; beaucoup sont une habitude.",
    "user_unhappy_emoji": (
        "Un visage mécontent est plus rare qu’un visage content, et plus souvent "
        "sincère."
    ),
    "bot_fails": (
        "Rien trouvé ou impossible : le besoin n’est pas satisfait ici ; bien des "
        "refus sont justes, et utiles."
    ),
    "bot_lacks": (
        "Le besoin n’est pas satisfait ici, sans que le bot y soit pour rien : moins "
        "qu’un échec, un peu plus tout à la fin."
    ),
    "bot_apologizes": (
        "Une excuse va avec un ennui : ρ de 0,2 à 0,5 avec le jugement, sur chaque "
        "jeu de données."
    ),
    "bot_succeeds": (
        "Trouvé, réservé, envoyé : ce pour quoi on est venu ; les bots le disent "
        "aussi à tort."
    ),
    "user_corrects": (
        "Le client dit que la réponse était fausse : avec les malentendus, ce qui "
        "pèse le plus."
    ),
    "user_waits": "L’impatience en mots.",
    "bot_fallback": (
        "La demande n’a pas été comprise ; ce que le client dit et fait ensuite "
        "compte à part."
    ),
    "bot_unsure": (
        "Une confiance basse que le bot n’a pas avouée est le fait le plus fort : "
        "−0,19."
    ),
    "bot_wrong_language": (
        "Rien n’y est lisible : proche d’une incompréhension, mais certains lisent "
        "les deux langues ; rare dans les données, donc par le sens."
    ),
    "bot_helps_at_once": (
        "Ce pour quoi on est venu, du premier coup ; les mercis qui le montrent "
        "comptent pour eux-mêmes."
    ),
    "bot_repeats": (
        "Redit, donc inutile la première fois ; les bots de réservation répètent des "
        "formulaires qui ne gênent personne."
    ),
    "bot_loops": (
        "Dit trois fois : bloqué ; comme pour `bot_repeats`, des formulaires "
        "reviennent aussi."
    ),
    "bot_asks_again": (
        "Un effort pour rien, et la preuve de ne pas écouter : comme une redite du "
        "bot ; rare dans les données, donc par le sens."
    ),
    "user_repeats": (
        "Un effort : le client a dû le redonner ; à tort une fois sur trois, et "
        "souvent sur les conversations de réservation."
    ),
    "user_asks_for_person": (
        "Le bot n’a pas suffi : −0,10 quand une personne est demandée."
    ),
    "bot_refuses_person": (
        "Une personne demandée et pas obtenue : −0,12 quand elle est refusée."
    ),
    "user_ignores_choices": (
        "Les choix ne contenaient pas ce qu’il fallait : −0,09 ; sans gravité sur un "
        "menu d’accueil."
    ),
    "bot_slow": "La plus longue attente, entière à deux minutes : −0,12.",
    "bot_silent": (
        "La dernière demande est restée sans réponse : par le sens ; rare dans les "
        "données."
    ),
    "user_opt_in": (
        "Accepter d’en recevoir plus : une proposition prise, moins qu’un panier "
        "puisqu’elle ne coûte rien."
    ),
    "user_link_click": (
        "Ouvrir ce que donne le bot : participer, moins qu’ouvrir un produit ; "
        "certains liens ne font que mener ailleurs."
    ),
    "user_copy": (
        "Garder une réponse pour s’en servir : par le sens ; rare dans les données."
    ),
    "user_regenerates": (
        "Rejeter une réponse sans un mot, plus doucement qu’un pouce : par le sens ; "
        "rare dans les données."
    ),
    "user_stops": (
        "Arrêt ou fermeture : −0,09 ; la réponse n’est pas voulue jusqu’au bout."
    ),
    "user_says_goodbye": (
        "Un au revoir est une formule ; qui le dit à la fin ne part pas en colère."
    ),
    "user_laughs": "Un rire avec le bot ; parfois de lui, donc peu.",
    "user_exclaims": (
        "De l’entrain dans la ponctuation, là où rien ne va mal : à côté des mots, il "
        "dit quelque chose sur tous les jeux notés ; certains écrivent ainsi par "
        "habitude."
    ),
    "user_shouts": (
        "Capitales et ponctuation ne font que rendre plus fort un ennui que d’autres "
        "signaux comptent déjà."
    ),
    "user_threatens_to_leave": (
        "La relation elle-même est en jeu ; à la fin, c’est le verdict."
    ),
    "user_accepts": (
        "La demande est comprise ou la proposition prise ; les bots de réservation "
        "demandent un oui à chaque étape."
    ),
    "user_declines": (
        "Une proposition à côté du besoin ; moins qu’une correction, car on peut "
        "décliner une offre honnête."
    ),
    "user_says_no": (
        "Quelque chose n’est pas comme voulu : peu chacun, car un non est souvent une "
        "simple réponse, mais il abaisse les jugements sur presque tous les jeux."
    ),
    "user_confused": (
        "Le client doit demander ce que le bot veut dire : un effort, comme demander "
        "une personne."
    ),
    "bot_dead_end": (
        "Sans issue, comme un échec : la demande continue ailleurs ou nulle part."
    ),
    "user_sarcastic": (
        "Un compliment juste après un échec : −0,10 ; personne n’ironise sur un bot "
        "qui a aidé."
    ),
    "user_rephrases": (
        "Le même effort qu’une redite, sans ses mots ; aucun tort constaté sur les "
        "autres jeux de données."
    ),
    "bot_misses": (
        "Vraie, la marque qui en dit le plus (ρ −0,86 à elle seule) ; trouvée, elle "
        "est juste deux fois sur trois sur les conversations de boutique et moins "
        "ailleurs, et les mots du client comptent à côté."
    ),
    "user_tone": (
        "Comment sonnent les mots, au-delà des listes : le meilleur signe isolé sur "
        "les jeux notés par des évaluateurs (0,30), faible sur les conversations de "
        "boutique."
    ),
    "bot_tone": (
        "Des mots de refus ou d’aide ; un bot qui répond à côté peut sonner aussi "
        "aimable qu’un autre."
    ),
}
