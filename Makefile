# Every target sets up what it needs in an environment of its own (.venv); nothing global is touched.

# The first of these that runs and is recent enough; another one: make PYTHON=/path/to/python
RECENT := -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or later")'
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python $(RECENT) >/dev/null 2>&1 && echo $$python && break; done)
BIN := .venv/bin
SETUP := $(BIN)/.dateline-installed

.PHONY: demo test lint bench screenshots docs train clean help

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

DATA_FROM := hatch_build.py $(wildcard scripts/*.py scripts/basemap/*.json src/dateline/world/data/*.tsv) \
	src/dateline/world/places/keys.py

$(SETUP): pyproject.toml $(DATA_FROM)
	@test -n "$(PYTHON)" || { echo "Dateline needs Python 3.11 or later, and none is on PATH" >&2; exit 1; }
	$(PYTHON) $(RECENT)
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/.%-installed: pyproject.toml $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group $*
	touch $@

demo: $(SETUP) ## code the example reports and show the events
	$(BIN)/dateline code examples/*.txt examples/*.html -o demo-out

test: $(SETUP) .venv/.test-installed ## all tests
	$(BIN)/python -m pytest -rs

lint: $(SETUP) .venv/.test-installed .venv/.lint-installed ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(SETUP) ## speed, memory, start, install size; places and dates on other people's data
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.resolvers
	$(BIN)/python -m benchmarks.dates
	$(BIN)/python -m benchmarks.harm
	$(BIN)/python -m benchmarks.toponyms
	$(BIN)/python -m benchmarks.cameo
	$(BIN)/python -m benchmarks.splitting

screenshots: $(SETUP) .venv/.test-installed ## the pictures of the page in docs/how-to, from the examples
	$(BIN)/python scripts/take_screenshots.py

docs: $(SETUP) .venv/.docs-installed ## the documentation, in site/
	$(BIN)/mkdocs build --strict --quiet
	@echo "open site/index.html"

train: $(SETUP) ## the tagger's weights, from data to ONNX (hours on two cores)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "torch==2.13.0"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group train
	$(BIN)/python -m training
	$(BIN)/python -m training.cohesion

clean: ## remove the environment and what was built
	rm -rf .venv build dist site demo-out .pytest_cache .mypy_cache .ruff_cache
