# Two commands for a newcomer: `make run` and `make test`. Each does all the set-up it needs.
.PHONY: install install-test run test lint bench eval translations lock screenshots
VENV ?= .venv
export CERTIFY_MODE ?= demonstration

install: ; @requirements/install.sh run "$(VENV)"
install-test: ; @requirements/install.sh test "$(VENV)"

run: install ; @CERTIFY_CHECK_MAIL_DOMAINS=false exec "$(VENV)/bin/certify" run

test: install-test ; PYTHONHASHSEED=0 "$(VENV)/bin/pytest" -q -n auto --dist loadfile

lint: install-test
	"$(VENV)/bin/ruff" check . && "$(VENV)/bin/ruff" format --check . && "$(VENV)/bin/mypy" && "$(VENV)/bin/lint-imports" --config setup.cfg
	"$(VENV)/bin/djlint" certify/templates --lint --quiet && "$(VENV)/bin/python" -m certify.translations.catalogues check

bench: install-test ; "$(VENV)/bin/python" -m bench
eval: install-test ; "$(VENV)/bin/python" -m bench.eval_screening

translations: install-test ; "$(VENV)/bin/python" -m certify.translations.catalogues update
lock: ; @requirements/lock.sh "$(VENV)"
