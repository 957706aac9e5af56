"""What can be wrong with annotated texts. The messages are one line and say what to do."""


class GoldError(Exception):
    """An annotation that cannot be used: no JSON, a field that is missing or holds what it may not, a missing text."""


class GoldFolderError(Exception):
    """A folder that holds no annotated texts."""
