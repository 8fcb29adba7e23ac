# Everything a person or a CI runs. `make PYTHON=python3.12 test` picks another interpreter.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
STAMP := $(VENV)/.installed-$(VERSION)
CODE := $(wildcard amicable domain activities adapters workflows starter infra worker.py tests) \
  clients/python/src/amicable_client clients/python/generate.py

COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# $(call check,what,command): one named step; the first that fails ends the run in words.
check = @echo "── $(1)"; $(2) || { echo; echo "✘ Stopped at '$(1)'. Mend what stands above and run it again."; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help venv lock lint types imports tests test demo down gallery words bench soak simulate mutants audit sbom clean

help:
	@echo "make demo     start everything, with sample invoices    make down    stop it again"
	@echo "make test     every check                               make clean   forget the environment and caches"
	@echo "make gallery  every letter as pages to read             make words    collect phrases to translate"
	@echo "make bench    measure     make soak   crash for longer  make mutants seed bugs, see them caught"
	@echo "make audit    licences, lock and hashes                 make sbom    what it is made of, as CycloneDX"
	@echo "make simulate play 1,000 customers through a year; SEED=7 throws other dice, SEED=7-3 repeats a group"

venv: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "✘ Python 3.11 or newer is needed and '$(PYTHON)' is not it. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@ls $(VENV)/lib/python$(VERSION)/site-packages >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { \
	  echo "✘ '$(PYTHON)' cannot make a virtual environment; on Debian and Ubuntu install python3-venv."; exit 1; }
	@echo "Installing what requirements.lock names; the first time this takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Upgrades every dependency on purpose; read the difference before you commit it.
lock: venv
	$(COMPILE) --upgrade --all-extras -o requirements.lock pyproject.toml
	$(COMPILE) --no-header --no-annotate --extra build --extra otel -c requirements.lock \
	  -o infra/docker/requirements.lock pyproject.toml

lint: venv
	$(call check,ruff check,$(BIN)/ruff check .)
	$(call check,ruff format,$(BIN)/ruff format --check .)

types: venv
	$(call check,mypy --strict,$(BIN)/mypy --strict $(CODE))

imports: venv
	$(call check,import-linter,$(BIN)/lint-imports)

# Four processes, for much of the time is spent on waiting; a file to each: every process has
# servers of its own. Operations that are tried out are all named alike, and would be lost where
# tests are shared out by their names.
ALIKE := tests/starter/api/test_schema.py
tests: venv
	$(call check,pytest of the gateway's description,$(BIN)/python -m pytest $(ALIKE))
	$(call check,pytest,$(BIN)/python -m pytest -n 4 --dist loadfile --ignore $(ALIKE))

# In this order even under `make -j`: the quick checks first.
test: venv
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory types
	@$(MAKE) --no-print-directory imports
	@$(MAKE) --no-print-directory tests
	@echo "✔ Every check passed."

demo: venv
	@$(BIN)/amicable demo

down: venv
	@$(BIN)/amicable down

gallery: venv
	@$(BIN)/amicable letter gallery var/gallery

words: venv
	@$(BIN)/python -m adapters.letters.text.collect
	@$(BIN)/python -m starter.page.collect
	@$(BIN)/python -m starter.console.collect

bench: venv
	@$(BIN)/python -m tests.bench

soak: venv
	@AMICABLE_SOAK=1 $(BIN)/python -m pytest -m "soak or crash" --timeout 3600

simulate: venv
	@$(BIN)/python -m tests.simulation

mutants: venv
	@$(BIN)/python -m tests.mutants

# Both look only at what is installed; what is known of its faults is asked elsewhere (docs/security.md).
audit: venv
	$(call check,licences and locks,$(BIN)/python -m pytest -q tests/infra/supply)

sbom: venv
	@$(BIN)/python -m infra.sbom

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
