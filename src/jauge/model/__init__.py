"""The nouns of jauge: frozen values, one declaration each for type, decoder and schema."""
