"""From marks to claims about trade, freight, agreements and events, and their validation."""
