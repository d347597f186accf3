# Everything a person types. The first use of any target installs what it needs into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TRIALS ?= 200

.PHONY: demo run test check bench chaos transcript conversations clean

demo: $(VENV)/.run
	@$(BIN)/siraba demo

run: $(VENV)/.run
	@$(BIN)/siraba run

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

chaos: $(VENV)/.dev
	$(BIN)/python -m tests.chaos --trials=$(TRIALS) --write docs/reliability.md

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.run

transcript: $(VENV)/.run
	$(BIN)/python -m bot.demo.page docs/demo.md

conversations: $(VENV)/.dev
	$(BIN)/python -m pytest -q --rewrite tests/journeys/test_transcripts.py

clean:
	rm -rf $(VENV)
