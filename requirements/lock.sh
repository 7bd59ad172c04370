#!/usr/bin/env bash
# Pin every package with its hashes: run.txt for the service, test.txt for the service and its tests.
set -euo pipefail
venv="$1"
cd "$(dirname "$0")/.."
quiet=(--quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header)
"$venv/bin/pip-compile" "${quiet[@]}" --output-file requirements/run.txt setup.cfg requirements/build.in
"$venv/bin/pip-compile" "${quiet[@]}" --extra test --output-file requirements/test.txt setup.cfg requirements/build.in
