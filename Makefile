VENV   := .venv
LOWEST := .venv-lowest
NEWEST := .venv-newest
AUDIT  := .venv-audit
BUILT  := build/wheel
PACKED := build/package
PYTHON ?= python3
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint format test-lowest test-newest fuzz crash licences audit docs notebook package rehearse setup clean

help: ## Say what make can do here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Set up, then style a sample photo into out/
	$(BIN)/semcs demo --out out

test: lint ## Set up, then lint and run all tests: what has to be green
	OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: $(READY) ## Style, formatting, spelling and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/mypy

format: $(READY) ## Mend what ruff can mend, and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Makes an environment, builds the wheel as a release is built, by way of the sdist, and unpacks
# that without its semcs: the tests, and what they read, away from the checkout.
define build-wheel
	$(PYTHON) -m venv --clear $(1)
	$(1)/bin/pip install --quiet uv
	rm -rf $(BUILT)
	$(1)/bin/uv build --quiet --python $(1) --out-dir $(BUILT)
	mkdir $(BUILT)/tree
	tar xf $(BUILT)/*.tar.gz -C $(BUILT)/tree --strip-components=1
endef

# The wheel as it is paints the demo. Then training, which isn't in it but has tests, is laid into
# it. Left out is what reads the checkout's semcs/; `make test` runs that.
define test-wheel
	mv $(BUILT)/tree/semcs $(BUILT)/semcs
	cd $(BUILT)/tree && $(abspath $(1))/bin/python -c "import semcs; assert 'site-packages' in semcs.__file__, semcs.__file__; print(semcs.__file__)"
	cd $(BUILT)/tree && $(abspath $(1))/bin/semcs demo --out ..
	mv $(BUILT)/semcs/training $(1)/lib/python*/site-packages/semcs/
	rm -r $(BUILT)/semcs
	cd $(BUILT)/tree && PYTHONPATH=$$PWD $(abspath $(1))/bin/python -m pytest --ignore=tests/test_wheel.py --ignore=tests/test_dependencies.py --deselect=tests/test_contributing.py::test_what_the_guide_names_is_there
endef

# Two steps, since uv takes the lowest only of what it is asked for itself.
test-lowest: ## Run the tests on the wheel with the oldest packages allowed (Python 3.10 to 3.12)
	$(call build-wheel,$(LOWEST))
	$(LOWEST)/bin/uv pip install --quiet --python $(LOWEST) --resolution lowest-direct --requirements pyproject.toml --extra dev
	$(LOWEST)/bin/uv pip install --quiet --python $(LOWEST) "$$(echo $(BUILT)/*.whl)[dev]"
	$(call test-wheel,$(LOWEST))

test-newest: ## Run the tests on the wheel with the newest packages
	$(call build-wheel,$(NEWEST))
	$(NEWEST)/bin/pip install --quiet "$$(echo $(BUILT)/*.whl)[dev]"
	$(call test-wheel,$(NEWEST))

N ?= 100

fuzz: $(READY) ## Try N damaged inputs (N=100) with each of two seeds
	for seed in 1 2; do PYTHONPATH=tests/fuzz $(BIN)/python -m fuzzing --count $(N) --seed $$seed --processes 2 || exit 1; done

crash: $(READY) ## End commands at random moments, N times (N=100)
	$(BIN)/python tests/crash/crash.py $(N)
	$(BIN)/python tests/crash/crash_folder.py $(N)

licences: $(READY) ## List the licences of what is installed
	$(BIN)/python -m benchmarks.licences

audit: $(READY) ## Ask PyPI for known vulnerabilities of what is installed
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/pip install --quiet pip-audit
	PIPAPI_PYTHON_LOCATION=$(BIN)/python $(AUDIT)/bin/python tests/audit/audit.py

docs: $(READY) ## Make the documentation as pages that open in a browser, in build/docs/
	$(BIN)/python -c "import furo, myst_parser" || $(BIN)/pip install --quiet --editable ".[docs]"
	$(BIN)/sphinx-build --builder html --fail-on-warning --keep-going --nitpicky docs build/docs

notebook: $(READY) ## Make the notebook for Jupyter and Colab from its source, and run it
	$(BIN)/python -B docs/places/notebook/make.py --run

# The last line is what a new user does: an empty environment, the wheel, the demo.
package: $(READY) ## Build what an index takes, check it, and run its demo in an empty environment
	rm -rf $(PACKED)
	$(BIN)/python -m build --outdir $(PACKED)
	$(BIN)/twine check --strict $(PACKED)/*
	$(BIN)/python tests/places/package.py $(PACKED)
	$(PYTHON) -m venv $(PACKED)/venv
	$(PACKED)/venv/bin/pip install --quiet $(PACKED)/*.whl
	cd $(PACKED) && venv/bin/semcs demo --out demo

rehearse: ## Take the steps of the Dockerfile in a fresh environment, without Docker
	$(PYTHON) -B docs/places/docker/rehearse.py

setup: $(READY) ## Install everything that development needs into .venv/

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip install --quiet --python $(VENV) --compile-bytecode --editable ".[dev]"
	touch $(READY)

clean: ## Remove what make has made
	rm -rf $(VENV) $(LOWEST) $(NEWEST) $(AUDIT) $(BUILT) $(PACKED) out
