"""From signals to a number: weights, sums, ranges. Knows no detector and no text."""
