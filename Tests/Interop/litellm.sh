#!/bin/sh
# Chats through the LiteLLM proxy, as a server of its own kind and as a translator into other wire formats: make interop
#
# The proxy goes into a virtual environment that is thrown away.
set -eu

steward=$1
script=$(dirname "$(realpath "$0")")/litellm_chats.py
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'litellm[proxy]'
cd "$folder"
python3 -B "$script" "$steward" "$folder/venv/bin/litellm"
