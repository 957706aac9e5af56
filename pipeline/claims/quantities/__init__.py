"""Claims from numbers in sentences: what is counted, in which unit, how it is measured."""
