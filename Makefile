# What one does with Amble. Needs make and Python 3.11 or newer; `make PYTHON=python3.12 setup`
# picks another interpreter.

PYTHON ?= python3
# Looked for in this order where `python3` is too old.
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.complete
# For test, demo and sandbox: make test ARGS="tests/domain -k zone", make demo ARGS="--days 7"
ARGS ?=
# For faults: make faults KILLS="--database sqlite --kills 20" STORMS="--runs 5 --seed 7"
KILLS ?= --kills 200
STORMS ?= --runs 100
OUTAGES ?= tests/agenda/test_outages.py

.DEFAULT_GOAL := help
.PHONY: help setup sandbox demo test check faults year gallery format clean

help:  ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

# Python compiles a module when it is first imported; doing that for all of them here costs 15 s.
setup: $(STAMP)  ## build .venv with everything

$(STAMP): pyproject.toml constraints.txt
	@set -e; found=; for each in $(CANDIDATES); do \
	  if "$$each" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then found=$$each; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Amble needs Python 3.11 or newer. None of these is: $(CANDIDATES)." >&2; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3.11 setup" >&2; exit 1; \
	fi; \
	if ! "$$found" -m venv --clear $(VENV); then \
	  echo "$$found cannot make virtual environments. On Debian: apt-get install python3-venv" >&2; \
	  rm -rf $(VENV); exit 1; \
	fi; \
	echo "Installing Amble and its tools into $(VENV) (half a minute or so) ..."; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
	  -c constraints.txt -e '.[dev,sandbox,postgres]'
	@touch $@

sandbox: setup  ## Amble without Discord: a simulated server on a page in the browser
	@$(BIN)/amble sandbox $(ARGS)

demo: setup  ## four weeks of a walking group in seconds
	@$(BIN)/amble demo $(ARGS)

test: setup  ## all tests, on all cores
	$(BIN)/python -m pytest -n auto $(ARGS)

check: setup  ## what CI runs: format, lint, types, layers, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -n auto

# All of them run, whatever becomes of the others; what failed is said at the end.
faults: setup  ## kill the bot, trouble its connection, let outages come (an hour)
	@failed=; \
	say() { echo "$$1 ..."; }; \
	say kills; $(BIN)/python -m tests.faults.kills $(KILLS) || failed="$$failed kills"; \
	say storms; $(BIN)/python -m tests.faults.storms $(STORMS) || failed="$$failed storms"; \
	say outages; MORE_OUTAGES=1 $(BIN)/python -m pytest -q -n auto $(OUTAGES) \
	  || failed="$$failed outages"; \
	if [ -n "$$failed" ]; then echo "failed:$$failed" >&2; exit 1; fi; echo "all of it holds"

# What breaks a rule is said, and leaves the page as it was.
year: setup  ## live a group's year, judge it, and tell it in docs/a-year.md (five minutes)
	$(BIN)/python -m tests.year $(ARGS) > docs/a-year.md.new
	mv docs/a-year.md.new docs/a-year.md

gallery: setup  ## draw every kind of picture in its hardest cases into docs/gallery
	$(BIN)/python -m tests.gallery

format: setup  ## put the code into shape
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

clean:  ## take away what was built
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .import_linter_cache .hypothesis
