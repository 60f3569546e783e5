# Each command sets up .venv first, if that is not done. Without make: python -m workbook.bootstrap lab (or test, ...).
PYTHON ?= python3

.PHONY: lab test demo bench setup
lab test demo bench setup:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing. Please get it from python.org, or: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m workbook.bootstrap $@ $(ARGS)
