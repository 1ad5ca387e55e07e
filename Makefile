# Each target does all the set-up it needs on a fresh machine: Python 3.11+ and make.
PYTHON ?= python3
BIN := .venv/bin
SERVE ?= 1

.PHONY: pictures setup demo test check format bench bench-signals bench-accuracy train vectors phrases docs words lock samples soak

setup: .venv/ready

.venv/ready: pyproject.toml requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "jauge needs Python 3.11 or later: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Ends by itself with SERVE=0; else it serves the report until Ctrl-C.
demo: setup
	@echo "(jauge is $(BIN)/jauge here.)"
	@$(BIN)/jauge demo -o demo-out $(if $(filter 0,$(SERVE)),,--serve)

test: setup
	$(BIN)/python -m pytest -n 2

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.memory
	$(BIN)/python -m benchmarks.live
	$(BIN)/python -m benchmarks.hostile
	$(BIN)/python -m benchmarks.store
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.served
	$(BIN)/python -m benchmarks.columnar
	$(BIN)/python -m benchmarks.formats

# Needs ../shared/samples, and says so without them.
samples: setup
	$(BIN)/python -m benchmarks.samples

# Learns the heads again without each sector: a few minutes.
bench-signals: .venv/train
	$(BIN)/python -m benchmarks.signals
	$(BIN)/python -m benchmarks.similarity

# Every table of the model card, on sets that were left out: some five minutes.
bench-accuracy: .venv/train
	$(BIN)/python -m benchmarks.accuracy
	$(BIN)/python -m benchmarks.calibration
	$(BIN)/python -m benchmarks.own_words

# Needs ../shared/data; writes heads, tones and src/jauge/scoring/default/weights.toml.
# One thread: sums of several threads differ in their last digits.
train bench-accuracy: export OMP_NUM_THREADS = 1
train: .venv/train
	$(BIN)/python -m training.heads
	$(BIN)/python -m training.tone
	$(BIN)/python -m training.weights

# After a list of phrases changed: writes its spellings out, which starts have no time for.
phrases: setup
	$(BIN)/python -m training.phrases

# Needs ../shared/data and the dictionaries that training/README.md names.
vectors: .venv/train
	$(BIN)/python -m training.vectors --dictionaries $(DICTIONARIES)

.venv/train: .venv/ready requirements/train.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/train.txt
	touch $@

# Needs Chromium and a font with emoji: apt-get install chromium fonts-noto-color-emoji.
pictures: setup
	$(BIN)/python -m docs.pictures

docs: setup
	$(BIN)/python -m docs.generate

# Puts the catalogues of the pages in order, and names the words that are missing.
words: setup
	$(BIN)/python -m docs.words

# Needs uv; rewrites the locked requirements.
lock:
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --universal --python-version 3.11 pyproject.toml -o requirements/base.txt
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --universal --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --universal --python-version 3.11 pyproject.toml --group dev --group train -o requirements/train.txt

# Long checks, by hand, an hour or two: more kills, 20,000 damaged files a format, memory
# on 200,000 conversations and on files of 2 GB (12 GB of disk).
soak: setup
	SOAK_AXE=1 $(BIN)/python -m pytest tests/service/test_axe.py
	SOAK_KILLS=20 $(BIN)/python -m pytest tests/test_kill.py
	SOAK_MUTATIONS=20000 $(BIN)/python -m pytest tests/formats tests/importers tests/test_mapping.py tests/test_archives.py -k whatever
	$(BIN)/python -m benchmarks.memory --full
	$(BIN)/python -m benchmarks.big
