# The verbs of daily work; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install install-dev run test check format lock messages

help:  ## List the verbs
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

# One recipe for both requirement sets: pip is enough, uv is used where it is there.
define install_requirements
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Teduh needs Python 3.11 or newer; '$(PYTHON)' is not. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "Python could not make $(VENV); on Debian, install python3-venv." >&2; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); \
	fi
	@touch $(2)
endef

$(VENV)/.installed: requirements/base.txt
	$(call install_requirements,requirements/base.txt,$@)

$(VENV)/.installed-dev: requirements/dev.txt
	$(call install_requirements,requirements/dev.txt,$@)

install: $(VENV)/.installed  ## Make .venv with what Teduh needs, and compile the translations
	@$(BIN)/python -m reader.messages

install-dev: $(VENV)/.installed-dev install  ## The same, with what tests and checks need

run: install  ## Run Teduh on http://127.0.0.1:8000
	@exec $(BIN)/python manage.py serve

# Faults mostly wait for processes to heal. Two browsers are enough for two cores: each has a site of its own.
SHARED := --numprocesses auto --dist loadfile
ALONE := tests/management/test_serve.py tests/ingest/test_served.py

test: install-dev  ## Run the whole test suite
	$(BIN)/python -m pytest $(SHARED) --ignore=tests/faults --ignore=tests/browser $(addprefix --ignore=,$(ALONE))
	$(BIN)/python -m pytest $(SHARED) tests/faults
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile tests/browser
	$(BIN)/python -m pytest $(ALONE)
	$(BIN)/python -m tests.on_postgresql

check: install-dev  ## Check types, style, walls, templates, migrations and settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	git ls-files 'templates/**.html' | xargs $(BIN)/djade --check --target-version 5.2
	$(BIN)/djlint --lint templates
	READER_DATA_DIR=build/check $(BIN)/python manage.py makemigrations --check --dry-run
	READER_DATA_DIR=build/check READER_PUBLIC_URL=https://teduh.example \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

format: install-dev  ## Format code and templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files 'templates/**.html' | xargs $(BIN)/djade --target-version 5.2

lock:  ## Pin the newest dependencies anew (needs uv)
	for extra in base postgres s3 dev; do \
	  uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	    $$(test $$extra = base || echo --extra $$extra) pyproject.toml -o requirements/$$extra.txt; \
	done

messages: install-dev  ## Collect the sentences to translate (needs gettext)
	$(BIN)/python manage.py makemessages --locale id --no-location --no-wrap --no-obsolete --ignore .venv --ignore data
