#!/bin/sh
# The running server against its own OpenAPI document, with requests that schemathesis makes up: make interop
#
# It must find no 500 and no answer outside the document. schemathesis goes into a virtual environment that is thrown away.
set -eu

steward=$1
folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT INT TERM

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'schemathesis>=4,<5'
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$folder"
"$steward" tenant create acme --provider offline >/dev/null
printf 'limits: {requests_per_minute: 10000000}\n' >>tenants/acme/tenant.yaml
"$steward" key create acme >/dev/null
token=$("$steward" token issue acme alice)
"$steward" serve --http "127.0.0.1:$port" >"$folder/log" 2>&1 &
server=$!
tries=0
until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/readyz"; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { cat "$folder/log" >&2; exit 1; }
    sleep 0.1
done

# The user of the path is the token's: with others every answer would be 403.
cat >hooks.py <<'END'
import schemathesis

@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters and "user_id" in path_parameters:
        path_parameters["user_id"] = "alice"
    return path_parameters
END
SCHEMATHESIS_HOOKS=hooks PYTHONPATH="$folder" "$folder/venv/bin/schemathesis" run \
    "http://127.0.0.1:$port/openapi.json" --header "Authorization: Bearer $token" \
    --phases examples,coverage,fuzzing --max-examples "${EXAMPLES:-15}" --seed 1 --workers 1 --continue-on-failure \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
