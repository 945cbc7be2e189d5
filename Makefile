# What contributors run; `make` lists it. The environment is .venv if there is one, else the one that is active.

ifneq ($(wildcard .venv/bin/python),)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
endif

.PHONY: help lint test test-all golden bench docs ci

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

lint: ## style, formatting and types
	ruff check .
	ruff format --check .
	mypy --strict converter tests

test: ## the quick tests, for while you work
	python -m pytest -m "not slow and not arelle and not browser"

test-all: ## all tests, with the branches they take
	coverage erase
	coverage run -m pytest -m ""
	coverage combine --quiet
	coverage report

golden: ## what differs from the golden files; ARGS="--force documents/new" accepts it for some
	python tests/golden.py $(ARGS)

bench: ## how fast made-up filings are converted, and where the time goes
	python benchmarks/throughput.py $(ARGS)

docs: ## the documentation, as site/index.html
	NO_MKDOCS_2_WARNING=1 mkdocs build --strict

ci: ## everything that must hold before a change goes in, in environments of its own
	.ci/run
