# Everything starts here: make run, make test. Needs Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-fast check format bench picture lock clean

run: $(VENV)/.runs
	$(BIN)/gunicorn -c gunicorn.conf.py app:server

# Two files at a time, in the order of the tree: what takes long comes first, and what files of a folder share
# (a server, a browser) is started once a process.
test: $(VENV)/.tests
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# All that needs no browser.
test-fast: $(VENV)/.tests
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/browser

check: $(VENV)/.tests node_modules/.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/dprint check
	$(BIN)/node node_modules/typescript/bin/tsc

format: $(VENV)/.tests node_modules/.done
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/dprint fmt

bench: $(VENV)/.tests
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m bench

picture: $(VENV)/.tests
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m docs.picture

# Pins what the two requirements files pull in, from what is installed now.
lock: $(VENV)/.tests
	{ echo "# Every version that requirements*.txt pulls in, written by: make lock"; \
	  $(BIN)/pip freeze --exclude pip --exclude setuptools; } > constraints.txt

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Land in beeld needs Python 3.11 or newer; say which with: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.tests: requirements-dev.txt $(VENV)/.runs
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# The wheel of node brings npm, so that nothing needs to be on the machine.
node_modules/.done: package.json package-lock.json | $(VENV)/.tests
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci
	touch $@

clean:
	rm -rf $(VENV) node_modules var .pytest_cache .mypy_cache .ruff_cache .hypothesis
