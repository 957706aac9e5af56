"""How right the extractor is: annotated texts, what is told of them, and where the two differ. Extracting is not done here."""
