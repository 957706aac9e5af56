"""The command `corridor`. What a command does belongs to the packages before this one; how it reads and answers belongs here.

A command imports what it works with only when it runs, so that help comes at once.
"""

from pipeline.cli.command import main

__all__ = ["main"]
