"""Where the store lies when none is named: what CORRIDOR_STORE names, or a folder of the working folder.

Which sources a refresh reads then belongs to `default_sources`; what a place can be belongs to `files`.
"""

import os
from pathlib import Path

STORE_FOLDER = Path("warehouse/store")
STORE_VARIABLE = "CORRIDOR_STORE"


def default_store() -> Path | str:
    """A folder, or an address such as `s3://BUCKET/PREFIX`, read from the environment each time."""
    return os.environ.get(STORE_VARIABLE) or STORE_FOLDER
