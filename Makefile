# What one does with this project. `make` lists it.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help setup run test lint screenshots bench bench-full soak translations lock clean

bin := .venv/bin
workers ?= 2
ARGS ?=
pytest = QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(bin)/python -m pytest -q -n $(workers) --dist worksteal
compile = $(bin)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1            /p' Makefile | sed 's/^\(.\{12\}\) */\1/'

setup: .venv/ready ## make .venv with everything that the lock file names

.venv/ready: requirements-dev.txt pyproject.toml .ci/setup .ci/system-packages .ci/find-python
	@.ci/setup

run: setup ## the sample week, planned: in the window, or without a display into out/
	@$(bin)/dupro-desk run --out out $(ARGS)

test: setup ## every test, with a fourteenth of the long campaigns
	@$(pytest) $(ARGS)

soak: setup ## every test, with the long campaigns whole
	@export DUPRO_SOAK=1; $(pytest) --timeout 14400 $(ARGS)

lint: setup ## ruff, mypy and the import contracts
	@$(bin)/ruff check
	@$(bin)/ruff format --check
	@$(bin)/mypy
	@$(bin)/lint-imports --no-logo

screenshots: setup ## every page in both themes and three sizes into out/screenshots
	@$(bin)/python -m tests.screenshots --out out/screenshots $(ARGS)

bench: setup ## ten minutes of measurements: prints a table, writes out/bench.json
	@$(bin)/python -m tests.benchmarks --out out/bench.json $(ARGS)

bench-full: setup ## all measurements: fills docs/benchmarks.md
	@$(bin)/python -m tests.benchmarks --full --out out/bench-full.json --page docs/benchmarks.md $(ARGS)

translations: setup ## gather the texts of the window, compile them for Qt
	@$(bin)/python .ci/translations

lock: setup ## write both lock files anew from pyproject.toml
	@$(compile) -o requirements.txt $(ARGS)
	@$(compile) --extra dev -o requirements-dev.txt $(ARGS)

clean: ## remove what runs and tests leave behind; .venv stays
	@rm -rf out build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
