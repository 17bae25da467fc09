# Two commands matter: `make demo` and `make test`. Both set up what they need; everything comes from the package registry.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SAM := .venv-sam/bin/sam
WORKERS ?= 2
DATA ?= ../shared/data
SCORE ?=
SCORERS = $(or $(SCORE),$(wildcard ../shared/score))
SETS ?=
PREVIOUS ?=
SIZE ?= laptop
VERSION ?=
SAM_ENV := SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow check format lock model model-fast evaluate rules ablate golden-elsewhere test-training bench clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-17s %s\n", $$1, $$2}'

$(STAMP): requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	@echo "Setting up $(VENV) (once; about a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.lock 2> >(grep -v '^WARNING: Location' >&2)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2> >(grep -v '^WARNING: Location' >&2)
	@touch $@

setup: $(STAMP) ## Make .venv, with .venv/bin/whereas in it

demo: $(STAMP) ## Generate sample contracts and run them through the whole chain on this machine
	@$(BIN)/whereas demo

test: $(STAMP) ## Run the tests (a few minutes on two cores)
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -m "not slow"

test-slow: $(STAMP) ## Run the long tests
	$(BIN)/python -m pytest -q -m slow

$(SAM): requirements/sam.lock
	@echo "Setting up .venv-sam ..."
	@$(PYTHON) -m venv .venv-sam
	@.venv-sam/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/sam.lock 2> >(grep -v '^WARNING: Location' >&2)
	@touch $@

check: $(STAMP) $(SAM) ## Lint, types, house rules, template
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(SAM_ENV) $(SAM) validate --lint --template template.yaml

format: $(STAMP) ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(STAMP) ## Write requirements/*.lock anew from pyproject.toml
	@$(BIN)/python requirements/lock.py

.venv-training/.installed: pyproject.toml
	@$(PYTHON) -m venv .venv-training
	@.venv-training/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[training,benchmarks,ocr,local,dev]' 2> >(grep -v '^WARNING: Location' >&2)
	@touch $@

model: .venv-training/.installed ## All steps from data to layers/model: VERSION=1.2.3 (DATA=folder, SIZE=laptop|gpu|glance, SCORE=folder)
	.venv-training/bin/python -m whereas_training all --data $(DATA) --size $(SIZE) --version "$(VERSION)" $(if $(SCORE),--score $(SCORE))

FAST = .venv-training/bin/python -m whereas_training $(1) --data $(DATA) --size $(SIZE) --out build/model-fast --beside build/model --keep 0 1 2 5 --target layers/model-fast --golden tests/model/golden-fast.json --version "$(VERSION)"
model-fast: .venv-training/.installed ## The model of four layers, after make model: VERSION=1.2.3 (DATA=folder, SIZE=…, SCORE=folder)
	$(foreach step,distil export quantize calibrate,$(call FAST,$(step)) && ) $(call FAST,evaluate) $(if $(SCORE),--score $(SCORE)) && $(call FAST,publish)

evaluate: .venv-training/.installed ## Evaluate layers/model and compare with the run before; all lands in build/evaluation (DATA=folder, SCORE=folder, SETS=names, PREVIOUS=folder)
	.venv-training/bin/python -m whereas_training.evaluation --model layers/model --data $(DATA) $(if $(SCORERS),--score $(SCORERS)) --out build/evaluation $(if $(SETS),--sets $(SETS)) $(if $(PREVIOUS),--previous $(PREVIOUS))

rules: .venv-training/.installed ## Measure what each rule contributes; the table lands in build/evaluation (SCORE=folder, DATA=folder)
	.venv-training/bin/python -m whereas_training.evaluation.contribution --model layers/model --data $(DATA) --score $(SCORERS)

ablate: .venv-training/.installed ## Short runs that differ in one thing each, after the data step of make model (DATA=folder)
	.venv-training/bin/python -m whereas_training.ablate --data $(DATA) --out build/model

golden-elsewhere: $(STAMP) ## Compare the model's answers on other processors (needs Debian's qemu-user)
	$(BIN)/python -m whereas_training.elsewhere

test-training: .venv-training/.installed ## Run the tests that need torch
	.venv-training/bin/python -m pytest -q tests/unit/training

# A peer to compare with, in an environment of its own: nothing else needs what it brings.
.venv-ocrmypdf/.installed:
	@$(PYTHON) -m venv .venv-ocrmypdf
	@.venv-ocrmypdf/bin/python -m pip install --quiet --disable-pip-version-check ocrmypdf==17.13.0 pypdfium2==5.15.2
	@touch $@

bench: $(STAMP) .venv-training/.installed .venv-ocrmypdf/.installed ## Run the benchmarks (an hour); JSON and plots land in benchmarks/results
	$(BIN)/python benchmarks/textlayer.py --data $(DATA)
	$(BIN)/python benchmarks/reading.py --data $(DATA)
	$(BIN)/python benchmarks/scans_agreement.py --data $(DATA)
	$(BIN)/python benchmarks/resolution.py
	$(BIN)/python benchmarks/linking.py
	.venv-training/bin/python benchmarks/recognition.py
	.venv-training/bin/python benchmarks/recognition.py --model layers/model-fast --out build/model-fast --name recognition-fast

clean: ## Remove environments and everything built
	rm -rf $(VENV) .venv-sam .venv-training build out .pytest_cache .mypy_cache .ruff_cache .hypothesis
