# A fresh machine needs Python 3.11 or later and make; everything else comes with the
# first target that wants it. Reach other articles with: make extract IN=… OUT=…

PYTHON ?= python3
IN ?= corpus/articles
OUT ?= out
GOLD ?= corpus/gold/dev
PARTS := dev test hard
# folder of a corpus, and the annotation scheme that it is read by
DEV_CORPORA := polnear:polnear factappeal:factappeal uner_ewt:uner eval_worldwide_dev:any
FLOORS := models/floors.json
RUN ?= runs/encoder
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install -c constraints.txt
# without these, glibc hands every tensor back to the kernel and training takes twice as long
FLAT_MEMORY := MALLOC_ARENA_MAX=1 MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184
USABLE := import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=…")

.DEFAULT_GOAL := help
.PHONY: help extract test test-slow lint train model evaluate links bench bench-cleaning clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

extract: $(VENV)/.run ## extract the claims of IN (corpus/articles) to OUT (out)
	$(BIN)/claims extract $(IN) -o $(OUT)

test: $(VENV)/.dev ## run the tests
	$(BIN)/python -m pytest -q

test-slow: $(VENV)/.dev $(VENV)/.train ## run the slow tests and those of the training code too
	$(BIN)/python -m pytest -q -m "not ray"

lint: $(VENV)/.dev $(VENV)/.train ## check style, layout and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

train: $(VENV)/.train ## train the model on CORPORA; RUN (runs/encoder) is resumed
	@test -n "$(CORPORA)" || { echo "name the folder of the corpora: make train CORPORA=…"; exit 2; }
	$(FLAT_MEMORY) $(BIN)/python -m pipeline.training train --corpora $(CORPORA) \
		--out $(RUN) $(if $(LICENSED_ONLY),--licensed-only)

model: $(VENV)/.train ## make the weights of RUN the model that ships
	$(BIN)/python -m pipeline.training package --run $(RUN) --out models/en_news_claims

evaluate: $(VENV)/.run ## score the model on its own dev, test and hard part; with CORPORA=… on all
	@for part in $(PARTS); do echo "== uk_news $$part"; \
		$(BIN)/claims evaluate corpus/gold/$$part --floors $(FLOORS) \
			--suite "uk_news $$part" || exit 1; done
	@for pair in $(if $(CORPORA),$(DEV_CORPORA)); do corpus=$${pair%:*}; echo "== $$corpus"; \
		$(BIN)/claims evaluate $(CORPORA)/$$corpus/dev.jsonl --scheme $${pair#*:} \
			--floors $(FLOORS) --suite "$$corpus dev" || exit 1; done

links: $(VENV)/.run ## score the links beside nearness on GOLD (corpus/gold/dev), read by SCHEME
	$(BIN)/python -m pipeline.evaluation.links $(GOLD) $(if $(SCHEME),--scheme $(SCHEME))

bench: $(VENV)/.run ## time the pipeline beside its encoder
	$(BIN)/python -m pipeline.bench $(IN)

bench-cleaning: $(VENV)/.run ## score what is kept of the pages of PAGES, a folder of the benchmark
	@test -n "$(PAGES)" || { echo "name the folder of the pages: make bench-cleaning PAGES=…"; exit 2; }
	$(BIN)/python -m pipeline.evaluation.cleaning $(PAGES)

clean: ## remove the environment and all that was written
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@$(PYTHON) -c '$(USABLE)'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(PIP) -e '.[dev]'
	@touch $@

$(VENV)/.train: $(VENV)/.run
	$(PIP) -e '.[train]'
	@touch $@
