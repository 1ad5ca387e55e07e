"""Signals that are one action of the customer: an action is a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jauge.model.conversation import Action
    from jauge.text.reading import Reading


class ActionSignal(Struct, frozen=True):
    """A signal shown by one action; its evidence is what the customer saw."""

    name: str
    action: str
    sign: Literal[1, -1]
    words: Mapping[str, Words]
    dimension: Dimension = Dimension.ENGAGEMENT
    needs: frozenset[Need] = frozenset()

    def find(self, reading: Reading) -> Iterable[Signal]:
        """Give each such action of the customer."""
        found = reading.actions.get(self.action)
        if not found:
            return ()
        return [Signal(self.name, at, evidence_of(action)) for at, action in found]


def evidence_of(action: Action) -> str:
    """Show an action by its target, its product, or its own name."""
    product = action.product.name if action.product else None
    return action.target or product or action.action


BUILTIN: tuple[ActionSignal, ...] = (
    ActionSignal(
        "user_product_click",
        "product_click",
        1,
        {
            "fr": Words("clique un produit", "Le client ouvre un produit proposé."),
            "en": Words("clicks a product", "The customer opens a product shown."),
        },
    ),
    ActionSignal(
        "user_add_to_cart",
        "add_to_cart",
        1,
        {
            "fr": Words("ajoute au panier", "Le client met un produit au panier."),
            "en": Words("adds to cart", "The customer puts a product in the cart."),
        },
    ),
    ActionSignal(
        "user_purchase",
        "purchase",
        1,
        {
            "fr": Words("achète", "Le client achète."),
            "en": Words("buys", "The customer buys."),
        },
    ),
    ActionSignal(
        "user_opt_in",
        "opt_in",
        1,
        {
            "fr": Words("s’inscrit", "Le client accepte de recevoir des messages."),
            "en": Words("opts in", "The customer agrees to be written to."),
        },
    ),
    ActionSignal(
        "user_link_click",
        "link",
        1,
        {
            "fr": Words("ouvre un lien", "Le client ouvre un lien proposé par le bot."),
            "en": Words("opens a link", "The customer opens a link that the bot gave."),
        },
    ),
    ActionSignal(
        "user_copy",
        "copy",
        1,
        {
            "fr": Words("copie", "Le client copie une réponse du bot."),
            "en": Words("copies", "The customer copies an answer of the bot."),
        },
    ),
    ActionSignal(
        "user_regenerates",
        "regenerate",
        -1,
        {
            "fr": Words("redemande", "Le client demande une autre réponse."),
            "en": Words("asks again", "The customer has the answer made anew."),
        },
    ),
    ActionSignal(
        "user_stops",
        "stop",
        -1,
        {
            "fr": Words("arrête", "Le client arrête le bot au milieu."),
            "en": Words("stops", "The customer stops the bot in the middle."),
        },
    ),
    ActionSignal(
        "user_thumbs_up",
        "thumbs_up",
        1,
        {
            "fr": Words("pouce levé", "Le client approuve une réponse du bot."),
            "en": Words("thumbs up", "The customer approves an answer of the bot."),
        },
    ),
    ActionSignal(
        "user_thumbs_down",
        "thumbs_down",
        -1,
        {
            "fr": Words("pouce baissé", "Le client désapprouve une réponse du bot."),
            "en": Words(
                "thumbs down", "The customer disapproves of an answer of the bot."
            ),
        },
    ),
)
