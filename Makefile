# Everything a newcomer types. The first run makes .venv; stamps in it make later runs quick.

PYTHON ?= python3
SERVE ?= 1
UV ?= uv

BIN := .venv/bin
STAMPS := .venv/.stamps
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
NPM := $(BIN)/python -m zuji.project.web
EXPORT := $(UV) export -q --no-emit-project --no-emit-index-url --no-header
BROWSER_PACKAGES := chromium fonts-noto-cjk poppler-utils

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-register test lint bench-checkin bench-register lock stop debian-packages

help:
	@echo 'make setup          the environment, without development tools'
	@echo 'make demo           the walk of 26 July 2021, then its pages (SERVE=0: only the figures)'
	@echo 'make demo-register  the register of the demo, built anew from its made-up lists (minutes)'
	@echo 'make test           every check and test'
	@echo 'make lint           the checks alone'
	@echo 'make bench-checkin  how many check-ins a second, beside the limit of the database'
	@echo 'make bench-register how soon lists become firms, beside what else links lists'
	@echo 'make lock           resolve the Python packages anew'
	@echo 'make stop           end what was started'

$(BIN)/python:
	@$(PYTHON) -m venv .venv || { echo 'Debian: apt-get install python3-venv'; exit 1; }

$(STAMPS)/core: requirements.txt pyproject.toml | $(BIN)/python
	@echo 'Installing the Python packages …'
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements-dev.txt $(STAMPS)/core
	@echo 'Installing the development tools …'
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

setup: $(STAMPS)/core
	@$(BIN)/zuji setup

demo: setup
	@$(BIN)/zuji demo $(if $(filter 0,$(SERVE)),--no-serve)

demo-register: setup
	@$(BIN)/zuji demo snapshot

lint: $(STAMPS)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@ZUJI_HOME=$(CURDIR)/.mypy_cache/home $(BIN)/mypy $(wildcard src tests bench)
	@$(BIN)/lint-imports --no-logo

# pytest comes last, so that its closing line ends the output.
test: $(STAMPS)/dev debian-packages setup lint
	@$(NPM) run check
	@$(NPM) test
	@$(BIN)/pytest -n 2

bench-checkin: setup
	@$(BIN)/zuji bench checkin

bench-register: $(STAMPS)/dev
	@$(BIN)/zuji bench register

stop:
	@$(BIN)/zuji stop

# Browser and PDF tests need these; without them they are reported as not run.
debian-packages:
	@missing=$$(for name in $(BROWSER_PACKAGES); do dpkg -s $$name >/dev/null 2>&1 || printf '%s ' $$name; done); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing && exit 0; \
	fi; \
	echo "Not installed: $$missing— tests that need them are reported as not run (apt-get install $$missing)"

# No lock file may name a registry, which a test guards; uv.lock does, and is not tracked.
lock:
	@$(UV) lock -q
	@$(EXPORT) --extra documents -o requirements.txt
	@$(EXPORT) --all-extras -o requirements-dev.txt
	@$(EXPORT) --only-group node -o requirements-node.txt
