# make demo: set up, then style a real photo with the bundled models.
# make test: set up, then lint, type-check and test.
VENV   := .venv
PYTHON ?= python3
READY  := $(VENV)/.ready

.PHONY: demo test setup clean

setup: $(READY)

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --editable ".[dev]"
	touch $(READY)

demo: $(READY)
	$(VENV)/bin/semcs demo --out out

test: $(READY)
	$(VENV)/bin/ruff check semcs benchmarks tests
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest

clean:
	rm -rf $(VENV) out
