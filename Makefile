# `make` lists what there is. A machine needs Python 3.11 or newer and make, nothing else.

PORT ?= 8000
HOST ?= 127.0.0.1
PYTEST_ARGS ?=
CHAOS_ARGS ?=
export PORT HOST
# Containers often forbid Python to keep what it has compiled; every start would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
NEXT := .venv-next
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py
# Outside an environment pip refuses, rather than change the Python of the machine.
PIP := -m pip --disable-pip-version-check --require-virtualenv
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed

# Tests of one group share content that is loaded once.
ON_ALL_CORES := -n auto --dist loadgroup

DATA_DIR ?= data
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
STATIC_FILES := $(shell find cms dates directory home news translations -path '*/static/*' -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run dev database test test-fast lint types messages seed bench chaos screenshots test-next lock catalogues browser clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# Running

run: database $(DATA_DIR)/static/.collected ## Start the platform with its demo content (PORT=8000)
	@exec $(MANAGE) serve

dev: export DJANGO_SETTINGS_MODULE := cms.settings.debug
dev: $(DEVELOPMENT) database ## The same for changing it: reloads by itself, debug toolbar, mails at /dev/mails/
	@exec $(MANAGE) develop

database: catalogues ## Bring the database up to date, with the demo content the first time
	@[ -e $(DATA_DIR)/db.sqlite3 ] || { rm -f $(DATA_DIR)/.seeded; echo 'Preparing the database; this takes half a minute.'; }
	@$(MANAGE) migrate --noinput --verbosity 0
	@if [ ! -e $(DATA_DIR)/.seeded ]; then $(MANAGE) seed && touch $(DATA_DIR)/.seeded; fi

seed: $(RUNTIME) catalogues ## Load the demo content (what is there already stays)
	@$(MANAGE) migrate --noinput --verbosity 0
	@$(MANAGE) seed

catalogues: $(DATA_DIR)/.catalogues-compiled

$(DATA_DIR)/.catalogues-compiled: $(RUNTIME) $(CATALOGUES)
	@mkdir -p $(DATA_DIR)
	@$(MANAGE) compile_catalogues
	@touch $@

$(DATA_DIR)/static/.collected: $(RUNTIME) $(STATIC_FILES)
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

# Checking

test: $(DEVELOPMENT) catalogues browser ## Run every test (PYTEST_ARGS="tests/news -x")
	@$(PYTHON) -m pytest $(ON_ALL_CORES) -m 'not benchmark' $(PYTEST_ARGS)

test-fast: $(DEVELOPMENT) catalogues ## Run the tests near to what has changed, without browser
	@$(PYTHON) -m pytest $(ON_ALL_CORES) -m 'not browser and not benchmark' $$($(PYTHON) -m tests.changed) $(PYTEST_ARGS)

lint: $(DEVELOPMENT) ## Check style and format
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .

types: $(DEVELOPMENT) ## Check types
	@$(VENV)/bin/mypy

bench: $(DEVELOPMENT) catalogues ## Measure pages and queries
	@$(PYTHON) -m pytest tests/benchmarks -s $(PYTEST_ARGS)

chaos: $(DEVELOPMENT) ## Kill, stop and starve a running platform; five minutes
	@$(PYTHON) -m tests.chaos $(CHAOS_ARGS)

screenshots: $(DEVELOPMENT) catalogues browser ## Take pictures of every kind of page
	@$(PYTHON) -m tests.screenshots

test-next: $(NEXT)/.installed ## Try the tests without browser on the newest Django and Wagtail
	@$(NEXT)/bin/python -m pip --disable-pip-version-check list 2>/dev/null | grep -iE '^(django|wagtail|wagtail-localize) '
	@$(NEXT)/bin/python manage.py compile_catalogues
	@if $(NEXT)/bin/python -m pytest $(ON_ALL_CORES) -m 'not browser and not benchmark' $(PYTEST_ARGS); \
	then echo 'The next versions work.'; \
	else echo 'The next versions do not work yet; see above.'; exit 1; fi

# Maintaining

messages: $(RUNTIME) ## Bring the catalogues in locale/ up to date with the code
	@$(MANAGE) messages

lock: $(DEVELOPMENT) ## Choose versions anew: requirements.in -> requirements.txt
	@for list in requirements requirements-dev; do \
	  $(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $$list.in -o $$list.txt || exit 1; \
	done

clean: ## Remove environments and caches; data/ stays
	@rm -rf $(VENV) $(NEXT) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Environments

$(PYTHON):
	@python=''; \
	for newest in 14 99; do \
	  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
	    if [ -z "$$python" ] && command -v $$candidate >/dev/null 2>&1 && $$candidate -c \
	      "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $$newest))" 2>/dev/null; \
	    then python=$$candidate; fi; \
	  done; \
	done; \
	if [ -z "$$python" ]; then \
	  echo 'Miteinander needs Python 3.11 or newer, and none was found.' >&2; \
	  echo 'Debian and Ubuntu: apt install python3 python3-venv    macOS: brew install python' >&2; \
	  exit 1; \
	fi; \
	if ! $$python -c 'import venv, ensurepip' 2>/dev/null; then \
	  version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "Python's venv module is missing. Debian and Ubuntu: apt install python$$version-venv" >&2; \
	  exit 1; \
	fi; \
	$$python -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUNTIME): requirements.txt | $(PYTHON)
	@echo 'Installing what the platform needs; this takes a minute.'
	@$(PYTHON) $(PIP) install -qq --require-hashes -r requirements.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	@echo 'Installing what development needs.'
	@$(PYTHON) $(PIP) install -qq --require-hashes -r requirements-dev.txt
	@touch $@

$(NEXT)/.installed: requirements.in requirements-dev.in | $(PYTHON)
	@$(PYTHON) -m venv $(NEXT)
	@sed -E -e '/^(#|-|$$)/d' -e 's/[<>=!~].*//' requirements.in requirements-dev.in > $(NEXT)/requirements.txt
	@$(NEXT)/bin/python $(PIP) install -qq --upgrade -r $(NEXT)/requirements.txt
	@touch $@

browser:
	@for candidate in chromium chromium-browser google-chrome google-chrome-stable; do \
	  if command -v $$candidate >/dev/null 2>&1; then exit 0; fi; \
	done; \
	if [ "$$(uname -s)" = Darwin ]; then \
	  [ -d '/Applications/Google Chrome.app' ] && exit 0; \
	  echo 'The journeys need a browser: brew install --cask google-chrome' >&2; exit 1; \
	fi; \
	if ! command -v apt-get >/dev/null 2>&1; then \
	  echo 'The journeys need a browser: install Chromium or Google Chrome.' >&2; exit 1; \
	fi; \
	as_root=; \
	if [ "$$(id -u)" != 0 ]; then \
	  command -v sudo >/dev/null 2>&1 || { echo 'The journeys need a browser: apt install chromium' >&2; exit 1; }; \
	  as_root=sudo; \
	fi; \
	echo 'Installing Chromium for the journeys.'; \
	$$as_root apt-get update -qq && \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
