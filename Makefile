# Each command sets up .venv first, if that is not done. Without make: python -m workbook.bootstrap lab (or test, ...).
PYTHON ?= python3

.PHONY: lab test demo bench setup
lab test demo bench setup:
	@$(PYTHON) -m workbook.bootstrap $@ $(ARGS)
