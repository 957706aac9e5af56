"""Formats of files: what kind of file bytes are, and the text in those that are more than plain text.

One module a format, each from bytes to `Converted` or `Unconvertible`. They are run by `conversion`, in a process of its own,
since what comes from outside may crash or stall the libraries that read it. What a text says belongs to the modules above.
"""
