#!/bin/sh
# Steward's tokens verified by PyJWT, and the reverse: make interop
#
# PyJWT is installed in a temporary virtual environment.
set -eu

steward=$1
script=$(dirname "$(realpath "$0")")/pyjwt.py
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'PyJWT>=2.10,<3'
cd "$folder"
"$folder/venv/bin/python" "$script" "$steward"
