# Two commands do all the set-up on a machine that has Python 3.11 or newer and a package registry:
#   make demo   installs into .venv and reads an article of corpora/ (offline from then on)
#   make test   runs the tests
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# A build of torch without CUDA: reading an article needs no graphics card and no 3 GB download.
TORCH ?= torch==2.13.0
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu

.PHONY: demo test quick coverage hardening lint fix eval audit fuzz lock clean

demo: $(VENV)/.demo
	$(BIN)/quotecheck attribute corpora/sample/article.txt

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2

# Everything that takes seconds: no weights, no journeys, no hardening, no browser.
quick: $(VENV)/.dev
	$(BIN)/python -m pytest -q -m "not slow and not weights"

# The share of each package's lines that these tests run; needs a network the first time.
coverage: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet coverage
	$(BIN)/python -m coverage run --source quotecheck -m pytest -q -m "not slow and not weights"
	$(BIN)/python -m coverage json --quiet -o $(VENV)/coverage.json
	$(BIN)/python -m tests.support.coverage_by_package $(VENV)/coverage.json

# A served library under everything that reads and writes it: twenty times a minute (make test: three short ones).
hardening: $(VENV)/.dev
	QUOTECHECK_HARDENING=1 $(BIN)/python -m pytest -q tests/robustness/test_serve_under_load.py

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# DATA is a folder with polnear/, misquotes/, ud/ and ner/ (see README, "How good it is").
DATA ?= ../shared
eval: $(VENV)/.demo
	$(BIN)/quotecheck evaluate polnear $(DATA)/polnear/dev
	$(BIN)/quotecheck evaluate speakers $(DATA)/polnear/dev/text $(DATA)/polnear/speakers.dev.jsonl
	$(BIN)/quotecheck build $(DATA)/misquotes/corpus --db $(VENV)/misquotes.db --no-attribute
	$(BIN)/quotecheck evaluate misquotes $(DATA)/misquotes/dev.jsonl --db $(VENV)/misquotes.db
	$(BIN)/quotecheck evaluate trust --db $(VENV)/misquotes.db
	$(BIN)/quotecheck evaluate parse $(DATA)/ud/dev.conllu --ner $(DATA)/ner/dev.tsv

# Known weaknesses in what is installed; needs a network.
audit: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit --skip-editable

# The releases that are known to work together, with hashes; needs a network. Then the licences.
lock: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet uv
	UV="$(BIN)/uv" sh .ci/lock
	$(BIN)/python -m tests.support.licences

fuzz: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	$(BIN)/python tests/fuzz/run.py --all --seconds 120

$(VENV)/.torch:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	PIP="$(BIN)/python -m pip" TORCH="$(TORCH)" TORCH_INDEX="$(TORCH_INDEX)" sh .ci/install-torch
	touch $@

$(VENV)/.demo: $(VENV)/.torch pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.torch pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ $(VENV)/.demo

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
