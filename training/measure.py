"""Make the shipped scorer from `priors.toml`: its level, means and ranges, measured.

Run by `make train`. Weights are priors and are copied as they are. Measured on the
working two thirds of own-chats and of reader-labels (split by the hash of the id, see
`data.py`); the other third never enters:

- `base`: the level at which the mean score equals the mean satisfaction of own-chats,
- `mean` of each signal: its mean contribution where the source can show it,
- `ranges`: split conformal offsets by value and number of customer turns.
"""
