# `make help` lists what can be done. `demo` and `test` install first when needed.
.DEFAULT_GOAL := help
.PHONY: help install demo test test-long ui lint types lock bench clean aws-local deploy destroy
PYTHON ?= python3
# Tests wait for servers and daemons half of their time: three at once on two cores.
WORKERS ?= 3
BIN := .venv/bin
# Fills an environment with what a lock names; where uv does not reach PyPI, pip may know a way.
fill = { $(BIN)/uv pip install --quiet --no-config --no-deps --require-hashes $(3) --python $(1)/bin/python -r $(2) || \
	$(1)/bin/pip install --quiet --progress-bar off --disable-pip-version-check --no-deps --require-hashes -r $(2); }

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk 'BEGIN {FS = ":.*## "}; {printf "  make %-10s %s\n", $$1, $$2}'

install: .venv/installed ## Make .venv with everything pinned in requirements.lock

# pip byte-compiles what it installs, which halves the first start.
.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.11" if not (3, 11) <= sys.version_info[:2] <= (3, 13) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --progress-bar off --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The local AWS pins its own botocore, so it lives in an environment of its own.
.aws-local/installed: requirements-aws-local.lock | .venv/installed
	$(PYTHON) -m venv .aws-local
	$(call fill,.aws-local,requirements-aws-local.lock)
	@touch $@

# Hadoop's way to S3 for JVM Spark; on EMR it is built in. Quietly, and once more aloud if that fails.
.jars/installed: requirements-hadoop.lock | .venv/installed
	@if command -v java >/dev/null; then \
		$(BIN)/python -m nubank_assets_tests.fakes.hadoop_jars >/dev/null 2>&1 || \
		$(BIN)/python -m nubank_assets_tests.fakes.hadoop_jars && touch $@; fi

# PySpark of emr-7 pins another py4j, so it lives in an environment of its own. Without Java neither is of use.
.spark35/installed: requirements-spark35.lock | .venv/installed
	@if command -v java >/dev/null; then $(PYTHON) -m venv .spark35 && \
		$(call fill,.spark35,requirements-spark35.lock) && \
		touch $@; fi

# What the image of deploy/server has, by the commands of its Dockerfile, and what holds its files to the rules.
.server/installed: requirements-server.lock requirements-server-tools.lock pyproject.toml | .venv/installed
	$(PYTHON) -m venv .server
	$(call fill,.server,requirements-server.lock)
	.server/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(PYTHON) -m venv .server/tools
	$(call fill,.server/tools,requirements-server-tools.lock)
	@touch $@

# What the functions' image of deploy/aws has, by the commands of its Dockerfile; where nothing can be written, what is
# not byte-compiled would be at every start. pip does it by itself.
.lambda/installed: deploy/aws/requirements.lock pyproject.toml | .venv/installed
	$(PYTHON) -m venv .lambda
	$(call fill,.lambda,deploy/aws/requirements.lock,--compile-bytecode)
	.lambda/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

deploy: ## Put everything into your AWS account (docs/deploying.md)
	@deploy/aws/deploy.sh

destroy: ## Delete it again; your data stays, unless DATA=delete
	@deploy/aws/destroy.sh

aws-local: install .aws-local/installed ## Start an AWS on this machine and say how to point the platform at it
	$(BIN)/python -m nubank_assets_tests.fakes.ministack

demo: install ## Make up an account, import it and run everything
	$(BIN)/nubank demo

test: install .aws-local/installed .jars/installed .server/installed .lambda/installed ## Run the tests; says what it skipped and why
	$(BIN)/python -m pytest -rs -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-long: install .aws-local/installed .jars/installed .spark35/installed ## Run what takes minutes: the Spark of emr-7, a year on EMR, more kills
	$(BIN)/python -m pytest -rs -m long $(ARGS)

ui: install ## Open Dagster's web page on your data (make ui ARGS=--demo: on the demo's)
	$(BIN)/nubank ui $(ARGS)

lint: install ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## Check types
	$(BIN)/mypy

bench: install ## Measure speed and memory side by side
	$(BIN)/python -m benchmarks

lock: install ## Renew requirements.lock from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --universal \
		--python-version 3.11 --custom-compile-command "make lock" --quiet -o requirements.lock
	$(BIN)/uv pip compile requirements-aws-local.in --generate-hashes --no-emit-index-url --universal \
		--python-version 3.11 --custom-compile-command "make lock" --quiet -o requirements-aws-local.lock
	$(BIN)/uv pip compile requirements-spark35.in --generate-hashes --no-emit-index-url --universal \
		--python-version 3.11 --custom-compile-command "make lock" --quiet -o requirements-spark35.lock
	$(BIN)/uv pip compile pyproject.toml requirements-server.in --overrides requirements-server-overrides.txt \
		-c requirements.lock --generate-hashes --no-emit-index-url --universal \
		--python-version 3.11 --custom-compile-command "make lock" --quiet -o requirements-server.lock
	$(BIN)/uv pip compile requirements-server-tools.in --generate-hashes --no-emit-index-url --universal \
		--python-version 3.11 --custom-compile-command "make lock" --quiet -o requirements-server-tools.lock
	$(BIN)/uv pip compile pyproject.toml deploy/aws/requirements.in --overrides deploy/aws/overrides.txt \
		-c requirements.lock --generate-hashes --no-emit-index-url --universal \
		--python-version 3.11 --custom-compile-command "make lock" --quiet -o deploy/aws/requirements.lock
	$(BIN)/python -m nubank_assets_tests.fakes.hadoop_jars --lock

clean: ## Delete .venv and caches, nothing of yours
	rm -rf .venv .aws-local .jars .spark35 .lambda .server .mypy_cache .ruff_cache build *.egg-info
