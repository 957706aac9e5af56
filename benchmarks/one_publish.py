"""Publishes a store in a process of its own, and tells how long it took; for `benchmarks/publishing.py`."""

import argparse
import json
import time
from pathlib import Path

from pipeline.claims.version import extractor_version
from pipeline.contract.tables import CLAIM_TABLES
from pipeline.warehouse.publishing import publish
from pipeline.warehouse.store import Store


def main() -> None:
    """Publishes, and prints seconds of the clock and of the processor, and how many claims there are."""
    options = argparse.ArgumentParser(description="Publishes a store.")
    options.add_argument("store", type=Path)
    options.add_argument("warehouse", type=Path)
    asked = options.parse_args()
    started, used = time.perf_counter(), time.process_time()
    publication = publish(Store(asked.store), asked.warehouse, extractor_version=extractor_version())
    if not publication.published:
        raise SystemExit(f"failed: {', '.join(check.name for check in publication.failed_checks)}")
    claims = sum(publication.rows[table.name] for table in CLAIM_TABLES.values())
    print(json.dumps({"wall": time.perf_counter() - started, "cpu": time.process_time() - used, "claims": claims}))


if __name__ == "__main__":
    main()
