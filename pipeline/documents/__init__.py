"""From bytes to `Document`: decoding, metadata, page furniture, sentences, exact repeats."""
