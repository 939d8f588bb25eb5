# Two commands are all a newcomer needs: `make run`, `make test`. The others are for developers.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
ENVIRONMENT := $(PYTHON) scripts/environment.py
# Three keep two cores busy: each waits for the database or a browser a fifth of its time.
WORKERS ?= 3
# Compiled modules are kept: every start is seconds faster.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check format build demo-large verify-audit bench contracts requirements clean

run: ## install, build, start everything on one port (PORT, HOST, PYGMALION_HOME); Ctrl-C stops it
	@$(ENVIRONMENT) requirements.txt
	@exec $(BIN)/python -m pygmalion_app.launch

test: ## every test, the browser's included (ARGS="tests/catalog -k search" for some)
	@$(ENVIRONMENT) requirements.txt requirements-dev.txt
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: ## what CI runs: format, lint, types, layers, migrations, tests
	@$(ENVIRONMENT) requirements.txt requirements-dev.txt
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

format: ## write the format and the safe fixes
	@$(ENVIRONMENT) requirements.txt requirements-dev.txt
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

build: ## the pages only
	@$(ENVIRONMENT) requirements.txt
	@$(BIN)/python -m pygmalion_app.launch build

demo-large: ## 5,000 courses, 50,000 sessions, 200,000 enrolments into a running installation's database
	@$(ENVIRONMENT) requirements.txt
	@$(BIN)/python -m pygmalion_app.launch with-database pygmalion_app.demo.large

verify-audit: ## walk the audit trail of an installation, and compare it with the heads kept outside the database
	@$(ENVIRONMENT) requirements.txt
	@$(BIN)/python -m pygmalion_app.launch with-database pygmalion_app.commands.verify_audit

bench: ## speed, size and memory beside bare limits (ARGS="search verify --seconds 10"; ARGS=-h lists the names)
	@$(ENVIRONMENT) requirements.txt requirements-dev.txt
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.benchmarks $(ARGS)

contracts: ## compile the Solidity sources into the package
	@$(ENVIRONMENT) requirements.txt
	@cd contracts && PATH="$(CURDIR)/$(BIN):$$PATH" && npm ci --no-audit --no-fund && node compile.mjs

requirements: ## pin everything below the .in files
	@$(ENVIRONMENT) requirements.txt
	$(BIN)/uv pip compile --quiet --no-header --python-version 3.11 -o requirements.txt requirements.in
	$(BIN)/uv pip compile --quiet --no-header --python-version 3.11 -c requirements.txt -o requirements-dev.txt requirements-dev.in

clean: ## what can be made again; data in PYGMALION_HOME stay
	rm -rf .venv .pytest_cache .ruff_cache
