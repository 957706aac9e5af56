"""What a reader has before him: marks, cues, sides and distances of a sentence, and what the text said before."""
