VENV   := .venv
LOWEST := .venv-lowest
NEWEST := .venv-newest
PYTHON ?= python3
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint format test-lowest test-newest fuzz crash licences setup clean

help: ## Say what make can do here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Set up, then style a sample photo into out/
	$(BIN)/semcs demo --out out

test: lint ## Set up, then lint and run all tests: what has to be green
	$(BIN)/pytest

lint: $(READY) ## Style, formatting, spelling and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/mypy

format: $(READY) ## Mend what ruff can mend, and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test-lowest: ## Run all tests with the oldest packages allowed (Python 3.10 to 3.12)
	$(PYTHON) -m venv --clear $(LOWEST)
	$(LOWEST)/bin/pip install --quiet uv
	$(LOWEST)/bin/uv pip install --quiet --python $(LOWEST) --resolution lowest-direct --editable ".[dev]"
	$(LOWEST)/bin/pytest

test-newest: ## Run all tests with the newest packages
	$(PYTHON) -m venv --clear $(NEWEST)
	$(NEWEST)/bin/pip install --quiet --editable ".[dev]"
	$(NEWEST)/bin/pytest

N ?= 100

fuzz: $(READY) ## Try N damaged inputs (N=100) with each of two seeds
	for seed in 1 2; do PYTHONPATH=tests/fuzz $(BIN)/python -m fuzzing --count $(N) --seed $$seed --processes 2 || exit 1; done

crash: $(READY) ## End commands at random moments, N times (N=100)
	$(BIN)/python tests/crash/crash.py $(N)

licences: $(READY) ## List the licences of what is installed
	$(BIN)/python -m benchmarks.licences

setup: $(READY) ## Install everything that development needs into .venv/

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable ".[dev]"
	touch $(READY)

clean: ## Remove what make has made
	rm -rf $(VENV) $(LOWEST) $(NEWEST) out
