"""Lets these tests use the rows that those of the analysis are made of."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))
