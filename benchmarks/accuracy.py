"""How good the score is: every table of the model card, from `../shared/data`.

`make bench-accuracy`. Nothing is measured on what it was learnt from: each set, or
sector of own-chats, is judged by heads, tones and weights that never saw it.
"""

from __future__ import annotations

from benchmarks.chats import print_table
from training.crossfit import Crossfit
from training.data import demand_data
from training.figures import Accuracy
from training.fit import Fit
from training.gathering import gather
from training.heldout import HeldOut
from training.weights import load_priors, signed


def main() -> None:
    """Print the tables."""
    demand_data()
    crossfit = Crossfit()
    seen = gather(crossfit)
    held = HeldOut(Fit(signed(load_priors()), seen))
    for table in Accuracy(crossfit, held, seen).tables():
        print_table(table.title, " | ".join(table.columns), iter(table.rows))
        if table.note:
            print(f"\n{table.note}")


if __name__ == "__main__":
    main()
