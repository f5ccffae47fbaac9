# make report   sets everything up, then runs all studies and writes the report
# make test     sets everything up, then runs the tests
# make bench    prints speed, memory and scale, as ratios to what a user would otherwise run
# make lint     style, formats, the workflow's lint, import contracts
VENV ?= .venv
CORES ?= all
BIN := $(VENV)/bin
export PATH := $(abspath $(BIN)):$(PATH)

.PHONY: report test bench lint clean

report: $(VENV)/.ready
	snakemake --cores $(CORES) report

test: $(VENV)/.ready-for-development
	python -m pytest -q -m "slow or not slow" tests

bench: $(VENV)/.ready-for-development
	python -m benchmarks

lint: $(VENV)/.ready-for-development
	ruff check .
	ruff format --check .
	snakefmt --check .
	snakemake --lint
	lint-imports --no-logo

$(VENV)/.ready: requirements.txt constraints.txt pyproject.toml tools/setup.sh
	sh tools/setup.sh $(VENV) requirements.txt
	@touch $@

$(VENV)/.ready-for-development: requirements-dev.txt $(VENV)/.ready
	sh tools/setup.sh $(VENV) requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .snakemake results/*/
