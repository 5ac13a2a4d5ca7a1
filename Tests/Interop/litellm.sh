#!/bin/sh
# Chats through the LiteLLM proxy, in its own wire format and translated to others: make interop
#
# The proxy is installed in a temporary virtual environment.
set -eu

steward=$1
script=$(dirname "$(realpath "$0")")/litellm_chats.py
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'litellm[proxy]'
cd "$folder"
python3 -B "$script" "$steward" "$folder/venv/bin/litellm"
