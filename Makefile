# Everything a maintainer runs, by name. `make` alone lists the targets.
#
# The project's own environment is made on first use, from the lock, in $(VENV); later runs find it ready.
#   make refresh PYTHON=python3.12     another interpreter (3.11 or newer)
#   make test TESTS=tests/contract     a part of the tests
#   make bench BENCH="--only layers"   a section of the results

PYTHON ?= python3
VENV ?= .venv
UV ?= uv
TESTS ?= tests
# One process more than there are processors: some tests wait for a server, a process or the disk.
PYTEST_OPTIONS ?= -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist worksteal
PORT ?= 3000

BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Dagster's own state: runs, events, schedules. Never shared with another project.
export DAGSTER_HOME := $(CURDIR)/.dagster
export DAGSTER_DISABLE_TELEMETRY := 1
# An environment of the caller's must not leak into the project's own.
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help refresh test soak check dev bench bench-short lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

refresh: $(READY) $(DAGSTER_HOME)/dagster.yaml ## read the sources, extract, check and publish warehouse/corridor.duckdb
	@$(BIN)/corridor refresh

test: $(READY) ## run the tests on all processors
	$(BIN)/python -m pytest $(PYTEST_OPTIONS) $(TESTS)

soak: $(READY) ## run the long tests (an hour or more): kills, readers, faults of the machine, any input, three days of feeds
	$(BIN)/python -m pytest -m soak -rP $(TESTS)/soak

check: $(READY) ## everything that must pass before a change goes in: lint, format, types, imports, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

# A shell that starts jobs in the background has them ignore interrupts, and Dagster's children would inherit that: hence `env`.
# Dagster warns that a parameter is in beta; the family is pinned, so it stays as it is and the warning would only alarm.
dev: $(READY) $(DAGSTER_HOME)/dagster.yaml ## open the Dagster UI on http://127.0.0.1:3000, with schedule and sensor running
	@export PYTHONWARNINGS='ignore:Parameter `backfill_policy`'; exec $$(env --default-signal=INT,TERM true 2>/dev/null && echo env --default-signal=INT,TERM) \
		$(BIN)/dg dev --host 127.0.0.1 --port $(PORT) -m pipeline.orchestration.definitions

bench: $(READY) ## measure speed and cost of everything, an hour or more, and write them to benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks.run $(BENCH)

bench-short: $(READY) ## the same in minutes: smaller texts, no more than a thousand documents
	@$(BIN)/python -m benchmarks.run --short $(BENCH)

# The build backend is locked too, since the project is installed without build isolation; `editables` is what it asks for then.
lock: ## resolve requirements.lock anew from pyproject.toml (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: install it with 'pipx install uv', or pass UV=path/to/uv" >&2; exit 2; }
	@$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], "editables", sep="\n")' \
		| $(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --generate-hashes \
			--no-emit-index-url --no-emit-find-links --no-strip-extras --no-annotate --no-header --output-file requirements.lock.new pyproject.toml -
	@{ echo "# Every distribution the project runs and is tested with, pinned by hash. Made by 'make lock' from pyproject.toml."; \
		cat requirements.lock.new; } > requirements.lock
	@rm requirements.lock.new

clean: ## remove the environment, Dagster's state and caches; published data stays
	rm -rf $(VENV) .dagster .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Corridor needs Python 3.11 or newer; '$(PYTHON)' is not. Name one: make PYTHON=python3.12" >&2; exit 2; }
	@echo "Making the project's environment in $(VENV) (a minute or two, once)" >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q pipeline  # where Python is told to write no compiled modules, each start would compile them
	@touch $@

$(DAGSTER_HOME)/dagster.yaml: pipeline/orchestration/dagster.yaml
	@mkdir -p $(@D)
	@cp $< $@
