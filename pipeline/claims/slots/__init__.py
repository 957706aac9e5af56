"""What a claim says beside its value: whose, when, how certain, who says so, of what goods."""
