# Everything from a bare clone: `make demo` and `make test`. Needs Python 3.11 or newer and make; on Debian also python3-venv.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready

# The size of the demonstration, with the usual 16 seeds and 64 points. The court list is rarer than the points scheme's low grades, so it
# takes more people for its numbers to be shown.
DEMO_LIST ?= --people 30720 --years 1
DEMO_POINTS ?= --people 15360 --years 1

TEST_WORKERS ?= 2

.PHONY: help demo test bench validate lint format schema model-tables catalogue-pages catalogue-records pins clean

help:
	@echo "make demo   two documented schemes on invented people; ends with the path of a report for the browser"
	@echo "make test   all tests (those in a browser where a Chromium is present)"
	@echo "make bench  the engine beside a C twin and a NumPy twin, the whole model beside its spine, into benchmarks/results/"
	@echo "make validate  exact theory, others' models and figures of the world, in full and with wrong variants, into docs/validation.md"
	@echo "make lint   ruff and mypy"

demo: $(READY)
	@mkdir -p demo
	@echo "judgment-defaulters: $(DEMO_LIST)"
	@$(VENV)/bin/glasshouse run judgment-defaulters $(DEMO_LIST) --overwrite --out demo/judgment-defaulters
	@echo "wendeng-2020: $(DEMO_POINTS)"
	@$(VENV)/bin/glasshouse run wendeng-2020 $(DEMO_POINTS) --overwrite --out demo/wendeng-2020
	@echo "Open this page in a browser:"
	@$(PY) -c 'from pathlib import Path; from glasshouse.report.html import write_demo_index as w; \
	print(w([Path("demo/judgment-defaulters"), Path("demo/wendeng-2020")], Path("demo/index.html")).resolve())'

test: $(READY)
	@$(PY) -m pytest -n $(TEST_WORKERS) --dist loadfile

bench: $(READY)
	@$(PY) -m benchmarks

# The page is written also where a row fails: it says so.
validate: $(READY)
	@status=0; $(VENV)/bin/glasshouse validate --wrong --json > docs/validation.json || status=$$?; \
	$(PY) -m glasshouse.validation.drawings docs/validation || status=$$?; \
	$(PY) -m glasshouse.validation.page docs/validation.json docs/validation.md; exit $$status

lint: $(READY)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

format: $(READY)
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

# The JSON Schema of scheme and world files, for editors.
schema: $(READY)
	@$(PY) -m glasshouse.scheme.schema

# The generated pages of the model description.
model-tables: $(READY)
	@$(PY) docs/model/generate.py

# A page for each scheme of the catalogue, from its file and the record of its standard run. Quick.
catalogue-pages: $(READY)
	@$(PY) docs/catalogue/generate.py
	@$(PY) docs/catalogue/prefecture.py

# The standard runs that the pages show, where they are missing or the file's values were changed. Some minutes a scheme.
catalogue-records: $(READY)
	@$(PY) docs/catalogue/record.py
	@$(PY) docs/catalogue/prefecture.py --live

# The pinned and hashed dependencies, for all platforms, with no address of a registry. Needs uv (`pip install uv`).
pins:
	@{ echo "# Every dependency of Glasshouse and of its development, pinned and hashed for all platforms."; \
	   echo "# Written by \`make pins\` from pyproject.toml; installed by the Makefile with --require-hashes."; \
	   uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --fork-strategy fewest \
	     --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet; } > constraints.new
	@mv constraints.new constraints.txt

clean:
	rm -rf demo .mypy_cache .ruff_cache .pytest_cache .hypothesis

# One stamp says that the environment is complete; a change of what it is made from makes it again. The last step compiles the
# engine once (about 20 seconds), so that the first run starts at once.
$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Glasshouse needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	@echo "Setting up $(VENV) (once; some minutes, about 1 GB on disk)."
	@$(PYTHON) -m venv $(VENV) || { echo "Could not create $(VENV). On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement constraints.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@echo "Compiling the engine (once)."
	@$(PY) -c "from glasshouse.engine.kernel import warm; warm()"
	@touch $(READY)
