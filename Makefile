# Needs Python 3.11 or newer and make, nothing else. `make` lists what there is.
.POSIX:
.NOTPARALLEL:

PYTHON ?= python3
SITE ?= examples/riverstone
INDEX ?=
PORT ?= 8000
OPTIONS ?=
JOBS ?= auto
SIZE ?= 10000
TEXT ?=

BIN = .venv/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11.2 --no-emit-index-url --generate-hashes --no-header

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile
	@echo
	@echo 'Variables: PYTHON=$(PYTHON) SITE=$(SITE) INDEX=(by SITE) PORT=$(PORT) OPTIONS=(of postseek index) JOBS=$(JOBS)'

run: editable ## Index SITE (a folder of HTML or an address; the example blog), then serve it on PORT
	@set -e; site='$(or $(SITE),examples/riverstone)'; site=$${site%/}; index='$(INDEX)'; \
	if [ -z "$$index" ]; then index=.postseek/index; \
	  if [ "$$site" != examples/riverstone ]; then \
	    name=$$(basename "$$site" | tr -c 'A-Za-z0-9.\n' -); \
	    index=.postseek/sites/$$name-$$(printf %s "$$site" | cksum | cut -d' ' -f1); fi; fi; \
	if [ "$$site" = examples/riverstone ] && [ ! -f postseek.toml ]; then \
	  POSTSEEK_CONFIG=$${POSTSEEK_CONFIG:-examples/postseek.toml}; export POSTSEEK_CONFIG; fi; \
	$(BIN)/postseek index "$$site" --index "$$index" $(OPTIONS); \
	exec $(BIN)/postseek serve --index "$$index" --port $(PORT)

test: static browser ## Everything but the long versions: what CI runs
	$(BIN)/python -m pytest -n $(JOBS) -m 'not soak'

check: static ## What to run before every commit: format, lint, types, import rules, unit tests
	$(BIN)/python -m pytest -n $(JOBS) -m 'not served and not install and not soak'

soak: development ## The long versions of the tests
	$(BIN)/python -m pytest -m soak

bench: development ## Measure beside other engines, SIZE posts of text from the folder TEXT; write docs/benchmarks.md
	@test -d .venv-bench || $(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/pip install --quiet --upgrade pip && .venv-bench/bin/pip install --quiet --editable . --group bench
	@set -- --size $(SIZE) $(OPTIONS); text='$(TEXT)'; [ -z "$$text" ] || set -- "$$@" --text "$$text"; \
	.venv-bench/bin/python -m bench "$$@"

format: development ## Format the code and put imports in order
	$(BIN)/ruff check --quiet --select I --fix .
	$(BIN)/ruff format .

lock: development ## Write the locks anew; versions that still fit stay (OPTIONS=--upgrade: the newest ones)
	$(COMPILE) $(OPTIONS) pyproject.toml --output-file requirements.lock
	$(COMPILE) $(OPTIONS) pyproject.toml --group dev --constraints requirements.lock --output-file requirements-dev.lock
	$(COMPILE) $(OPTIONS) --group build --constraints requirements-dev.lock --output-file requirements-build.lock

clean: ## Remove the environment and all caches; indexes stay
	rm -rf .venv .venv-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

static: development
	$(BIN)/ruff format --check --output-format concise .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser:
	@scripts/browser

# One environment: `make run` fills it with what the service needs, the others add the tools to it.
editable development:
	@PYTHON='$(PYTHON)' scripts/install .venv $@

.PHONY: help run test check soak bench format lock clean static browser editable development
