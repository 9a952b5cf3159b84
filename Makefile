# `make help` tells what can be made here.
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
STATIC_SOURCES := $(shell find static -type f)
# Where the Python of .venv does not run, everything that stands on it is made anew.
ANEW := $(shell $(PYTHON) -c '' 2>/dev/null || echo anew)

.PHONY: help demo test coverage lint format messages long pictures benchmark benchmark-scale clean built browser nginx anew
.NOTPARALLEL:

help: ## this text
	@sed -n 's/^\([a-z-]*\):.*## /  make \1  \t/p' $(MAKEFILE_LIST) | expand -t 26

demo: .venv/.demo .static/staticfiles.json $(TRANSLATIONS) ## the service with invented people; PORT=, DEMO_CUSTOMERS=, KELMU_TODAY=
	@exec $(PYTHON) -m demo

test: lint browser ## everything that checks the project, in nine minutes
	$(PYTHON) -m pytest -n 2 --dist worksteal -m "not long"

coverage: built ## whether tests reach every branch of what decides who sees what, and its pages
	$(PYTHON) -m coverage erase
	$(PYTHON) -m coverage run -m pytest -n 2 -m "not long" --ignore=tests/browser --ignore=tests/demo
	$(PYTHON) -m coverage combine --quiet
	$(PYTHON) -m coverage report

lint: built ## what reads the code
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	.venv/bin/lint-imports
	.venv/bin/djlint --check --lint --quiet templates suomifi_simulator/templates
	$(PYTHON) -m mypy .

format: .venv/.dev ## make the code look as it should
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format
	.venv/bin/djlint --reformat --quiet templates suomifi_simulator/templates

messages: .venv/.dev ## gather the texts to translate into locale/
	$(MANAGE) makemessages

long: built browser nginx ## the long tests, in an hour
	$(PYTHON) -m pytest -n 2 --dist worksteal -m long

pictures: built browser ## docs/pictures anew, from the running service
	$(PYTHON) -m pytest tests/browser/pictures.py

benchmark: built nginx ## what the README claims about speed
	$(PYTHON) -m benchmarks

benchmark-scale: built ## the same with a million customers
	$(PYTHON) -m benchmarks --scale

clean: ## remove what was made here, the demo's data too
	rm -rf .coverage* .demo .static .venv node_modules $(TRANSLATIONS)

built: .venv/.dev .static/staticfiles.json $(TRANSLATIONS)

browser nginx:
	@./bootstrap $@

.venv/.%: requirements-%.txt $(ANEW)
	@./bootstrap $<
	@touch $@

node_modules/.package-lock.json: package-lock.json
	@./bootstrap npm
	@touch $@

.static/staticfiles.json: $(STATIC_SOURCES) requirements.txt node_modules/.package-lock.json | .venv/.demo
	@KELMU_MODE=demo $(MANAGE) collectstatic --clear --no-input --verbosity 0

%.mo: %.po | .venv/.demo
	@$(PYTHON) deploy/compile_translations.py $<
