# `make` alone prints what there is. Everything runs in the project's own virtual environment.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.SUFFIXES:

VENV := .venv
PYTHON := $(VENV)/bin/python
# The first Python from 3.11 on that really runs; set PYTHON_BASE to choose another one.
PYTHON_BASE ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
PACKAGES := libs/contracts libs/kit services/catalog services/matching services/gateway services/portal deploy/local clients/python
INSTALLED := $(VENV)/.installed
# Ready means that the client, too, is the one of the present API document.
READY := $(VENV)/.ready
# `make test service=catalog` runs the tests of one service.
service ?=
# `make test-faults times=10` runs the fault suite ten times in a row, each time in another order.
times ?= 1
# `make run engines=real` runs on the engines that `make engines` started.
engines ?=
# `make changelog version=0.2.0` names the release that the fragments become.
version ?=
TESTS := $(if $(service),tests/$(service),tests)
# What shares something costly stays in one process (tests/spread.py).
SPREAD := --numprocesses=auto --dist=loadscope --durations=10
# What the tests reach of the code, branches included, and the least that they may: less where no
# engine can be had, and nothing is asked of a part of the tests.
FLOOR := $(if $(AIFF_REQUIRE_ENGINES),97,65)
COVERAGE := $(if $(service),,--cov --cov-report= --cov-fail-under=$(FLOOR))
BROWSER := tests/browser --durations=10
QUICK := -m "not engines" $(addprefix --ignore=tests/,system browser faults engines deploy)
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help
help: ## Print this help
	@awk 'BEGIN {FS = ":.*## "} /^## / {printf "\n%s\n", substr($$0, 4)} /^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

## Use it
.PHONY: setup run demo sandbox
setup: $(READY) ## Make the virtual environment with the locked dependencies

$(READY): $(INSTALLED) docs/api/openapi.json scripts/client.py scripts/operations.py
	@echo "setting up: the client of the API"
	@$(PYTHON) -m scripts.client
	@touch $(READY)

$(INSTALLED): requirements.lock services/portal/package-lock.json $(addsuffix /pyproject.toml,$(PACKAGES))
	@test -n "$(PYTHON_BASE)" || { echo "cannot set up: no Python 3.11 or later was found; install one, or name it in PYTHON_BASE"; exit 1; }
	@echo "setting up: virtual environment"
	@test -x $(PYTHON) || "$(PYTHON_BASE)" -m venv $(VENV)
	@echo "setting up: locked dependencies"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-uv.lock
	@$(VENV)/bin/uv pip sync --quiet --python $(PYTHON) --require-hashes --allow-empty-requirements --compile-bytecode requirements.lock
	@echo "setting up: the services"
	@$(VENV)/bin/uv pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation $(addprefix -e ,$(PACKAGES))
	@$(PYTHON) -m compileall -q $(PACKAGES)
	@$(PYTHON) scripts/assets.py
	@touch $(INSTALLED)

run: $(READY) ## Start the product on http://127.0.0.1:8000 (engines=real: on those of make engines)
	@$(if $(filter real,$(engines)),set -a; source "$${AIFF_DATA_DIR:-.aiff}/engines/settings.env"; set +a;) \
	exec $(PYTHON) -m aiff_local run

demo: $(READY) ## Ask three real questions and print the explained answers
	@$(PYTHON) -m aiff_local demo

sandbox: $(READY) ## Start a product for partners' programs: few listings, keys printed, no trace left
	@exec $(PYTHON) -m aiff_local sandbox

## Check it
.PHONY: check test test-quick test-all system
check: $(READY) ## Formatting, lint, types, import rules
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

# A browser wants the machine for itself, so its stories come first; whatever they say, all is run.
test: $(READY) ## All tests that this machine can run, without faults (service=catalog narrows)
	@failed=0; \
	$(if $(service),,$(PYTHON) -m pytest $(BROWSER) || failed=1;) \
	$(PYTHON) -m pytest $(TESTS) $(addprefix --ignore=tests/,faults browser) $(SPREAD) $(COVERAGE) || failed=1; \
	exit $$failed

test-quick: $(READY) ## What needs no engine and no running product: an answer within three minutes
	$(PYTHON) -m pytest $(TESTS) $(QUICK) $(SPREAD)

test-all: check test ## Checks, then tests

system: $(READY) ## User stories over the running services
	$(PYTHON) -m pytest tests/system

.PHONY: test-browser test-faults test-cluster test-images chart engines engines-stop
test-browser: $(READY) ## Judge every page in a real browser, and tell the stories of people
	$(PYTHON) -m pytest $(BROWSER)

test-faults: $(READY) ## Kill, freeze and cut everything, and count (times=10 repeats it)
	@for time in $$(seq $(times)); do echo "faults, run $$time of $(times)"; \
	$(PYTHON) -m pytest tests/faults -x || exit 1; done

chart: $(READY) ## Render and validate the Helm chart
	$(PYTHON) -m pytest tests/deploy

test-cluster: $(READY) ## Submit the chart to a real kube-apiserver (first build takes minutes)
	AIFF_REQUIRE_ENGINES=1 $(PYTHON) -m pytest tests/deploy/cluster -m cluster

test-images: $(READY) ## Build each image, start it read-only as its own user (root, buildah)
	AIFF_REQUIRE_ENGINES=1 $(PYTHON) -m pytest tests/deploy/images -m images

engines: $(READY) ## Start real Kafka, OpenSearch, PostgreSQL and Redis on loopback, print the settings
	$(PYTHON) -m aiff_local engines start

engines-stop: $(READY) ## Stop them
	$(PYTHON) -m aiff_local engines stop

## Measure it
.PHONY: bench pages screenshots
bench: $(READY) ## Print the figures, each beside its limit or its peer
	$(PYTHON) -m bench

pages: $(READY) ## Print for each kind of page weight, layout shift, time, broken rules
	$(PYTHON) -m bench pages

screenshots: $(READY) ## Take pictures of the main pages into build/screenshots, and those of README
	$(PYTHON) -m bench.pages.screenshots

## Keep it
.PHONY: openapi client events glossary changelog lock clean
openapi: $(READY) ## Write docs/api/openapi.json from the code
	$(PYTHON) scripts/openapi.py

client: $(READY) ## Build the Python client of the API into build/client
	$(VENV)/bin/uv build --quiet --wheel --no-build-isolation --python $(PYTHON) --out-dir build/client clients/python
	@ls build/client/*.whl

events: $(READY) ## Write docs/events.md, docs/api/asyncapi.json and freeze new event schemas
	$(PYTHON) scripts/events.py

glossary: $(READY) ## Write docs/glossary.md from the terms that pages explain
	$(PYTHON) scripts/glossary.py

changelog: $(READY) ## Gather changes/ into CHANGELOG.md (version=0.2.0)
	@test -n "$(version)" || { echo "say which version: make changelog version=0.2.0"; exit 1; }
	$(VENV)/bin/towncrier build --yes --version "$(version)"

lock: $(READY) ## Lock the dependencies again
	$(PYTHON) scripts/lock.py

clean: ## Remove the virtual environment, caches and local data
	rm -rf $(VENV) .aiff .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find libs services deploy clients -name '*.egg-info' -prune -exec rm -rf {} +
