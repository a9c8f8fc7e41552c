# One environment, .venv, made from requirements/dev.txt and made again when that file changes.

PYTHON ?= python3
ARGS ?=
BASE ?= $(shell git merge-base HEAD origin/HEAD 2>/dev/null)
FRAGMENTS := 'changelog.d/[0-9]*'
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.PHONY: help setup scan test bench evidence check format-check lint types contracts changelog format docs screenshots golden lock clean

help:  ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/ready  ## Make .venv with everything in it

scan: .venv/ready  ## Scan this repository; ARGS="--format json" and the like are handed on
	@$(BIN)/trueline scan $(ARGS)

test: .venv/ready  ## Run all tests; ARGS="-k shallow" and the like are handed on
	@$(BIN)/python -m pytest -n auto $(ARGS)

bench: .venv/ready  ## Print the table of budgets; CORPUS=DIR measures the repository found there
	@$(BIN)/python -m benchmarks $(if $(CORPUS),--corpus "$(CORPUS)")

check: format-check lint types contracts changelog test  ## Run everything that CI runs

format-check: .venv/ready  ## Is the code formatted?
	@$(BIN)/ruff format --check --quiet .

lint: .venv/ready  ## Does ruff agree?
	@$(BIN)/ruff check --quiet .

types: .venv/ready  ## Does mypy agree?
	@$(BIN)/mypy

contracts: .venv/ready  ## Do the layers hold?
	@$(BIN)/lint-imports

changelog:  ## Does a change of src/ bring a fragment? Compares with BASE
	@if [ -n "$(BASE)" ] && ! git diff --quiet "$(BASE)" -- src && \
		[ -z "$$(git diff --name-only --diff-filter=AM "$(BASE)" -- $(FRAGMENTS); git ls-files --others $(FRAGMENTS))" ]; then \
		echo "src/ changed since $(BASE) and no fragment came: see changelog.d/README.md" >&2; exit 1; fi

format: .venv/ready  ## Format the code and mend what ruff can mend
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

evidence: .venv/ready  ## Compare with git on every repository under CORPUS=DIR; stands outside check
	@$(BIN)/python -m evidence $(CORPUS)

docs: .venv/ready  ## Write docs/reference from the code
	@$(BIN)/python -m docs_build

screenshots: .venv/ready  ## Make the picture of the README (needs Chromium)
	@$(BIN)/python -m docs_build.screenshots

golden: .venv/ready  ## Write tests/golden/expected anew; look at the difference before it is committed
	@$(BIN)/python tests/golden/scenes.py

lock:  ## Renew requirements/*.txt (needs uv)
	$(LOCK) pyproject.toml --output-file requirements/core.txt
	$(LOCK) pyproject.toml requirements/dev.in --constraint requirements/core.txt --output-file requirements/dev.txt

clean:  ## Remove .venv
	rm -rf .venv

.venv/installed: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Trueline needs Python 3.11 or newer; try make PYTHON=python3.12")'
	@echo "Making .venv from requirements/dev.txt, once; this may take a minute" >&2
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

.venv/ready: .venv/installed pyproject.toml
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
