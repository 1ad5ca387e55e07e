"""The word lists of jauge, one a file: `<language>/<list>.tsv`."""
