"""The nouns of jauge: frozen values; one declaration is type, decoder and schema."""
