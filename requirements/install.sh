#!/usr/bin/env bash
# Everything that `make run` (first argument: run) or `make test` (test) needs, on a Debian machine with Python 3.11.
# Does nothing the second time.
set -euo pipefail
kind="$1" venv="$2"
cd "$(dirname "$0")/.."

libraries=(libpango-1.0.so.0:libpango-1.0-0 libpangoft2-1.0.so.0:libpangoft2-1.0-0 libharfbuzz-subset.so.0:libharfbuzz-subset0)
programs=()
if [ "$kind" = test ]; then
  programs=(chromium:chromium pdfsig:poppler-utils qpdf:qpdf mutool:mupdf-tools node:nodejs npm:npm)
fi

missing=()
known="$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p)"
for entry in "${libraries[@]}"; do
  grep -q "${entry%%:*}" <<<"$known" || missing+=("${entry##*:}")
done
for entry in ${programs[@]+"${programs[@]}"}; do
  command -v "${entry%%:*}" >/dev/null || missing+=("${entry##*:}")
done

python="$(command -v python3.11 || command -v python3)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
[ -x "$venv/bin/python" ] || "$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)

if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then
    echo "Installing Debian packages: ${missing[*]}"
    log="$(mktemp)"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
      >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
  else
    echo "Please run once: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
fi

lock="requirements/$kind.txt"
stamp="$venv/.installed-$kind"
wanted="$(cat "$lock" setup.cfg pyproject.toml certify/translations/*/LC_MESSAGES/messages.po | sha256sum)"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing Python packages into $venv (once)"
"$venv/bin/python" -m pip install --quiet --require-hashes --requirement "$lock"
"$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .
"$venv/bin/python" -m certify.translations.catalogues compile
"$venv/bin/python" -m compileall -q certify  # also where PYTHONDONTWRITEBYTECODE is set: every start is two seconds shorter
echo "$wanted" >"$stamp"
