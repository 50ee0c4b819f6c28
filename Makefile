# `make demo` does the main job, `make test` passes the tests; both set up what they need.

.PHONY: demo test run bench lint faults i18n wheel clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(shell sh installer/system.sh python)

demo: $(VENV)/ready
	$(BIN)/jixiao demo

run: $(VENV)/ready
	$(BIN)/jixiao

test: $(VENV)/ready-test lint
	QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest -n 2

lint: $(VENV)/ready-test
	$(BIN)/ruff check forms desktop tests i18n
	$(BIN)/ruff format --check forms desktop tests i18n
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/ready-test
	$(BIN)/pip install --quiet -c constraints.txt -e ".[bench]"
	$(BIN)/python -m tests.benchmarks

faults: $(VENV)/ready-test
	JIXIAO_FAULTS=full $(BIN)/python -m pytest tests/reliability

i18n: $(VENV)/ready-test
	$(BIN)/python i18n/update.py

wheel: $(VENV)/ready
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) build dist demo-output

$(VENV)/ready: pyproject.toml constraints.txt
	sh installer/system.sh demo
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/ready-test: $(VENV)/ready
	sh installer/system.sh test
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,lint]"
	touch $@
