#!/usr/bin/env bash
# A conversation with Steward behind nginx over HTTPS, for two tenants; each step is checked.
#
#   demo.sh path/to/steward      keeps running until Ctrl-C
#   ONCE=1 demo.sh path/to/steward      ends after the conversation, with 0 only if every step succeeded
set -euo pipefail
umask 077
PATH="$PATH:/usr/sbin:/sbin"

steward=$(realpath "${1:?usage: demo.sh path/to/steward}")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# A unix socket's path has at most 107 bytes: not below TMPDIR, which may be long.
work=$(mktemp -d /tmp/steward-demo.XXXXXX)
steward_pid=
nginx_pid=
step="starting"

stop() {
    [ -n "$1" ] || return 0
    kill -TERM "$1" 2>/dev/null || return 0
    for _ in $(seq 100); do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

finish() {
    local status=$?
    trap - EXIT INT TERM
    if [ "$status" -ne 0 ]; then
        {
            echo
            echo "demo: failed while $step"
            for log in steward.log nginx.log; do
                [ ! -s "$work/$log" ] || { echo "--- $log" && tail -n 20 "$work/$log"; }
            done
        } >&2
    fi
    stop "$nginx_pid"
    stop "$steward_pid"
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

bold= dim= plain=
if [ -t 1 ]; then
    bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
fi
title() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }
fail() {
    printf 'demo: %s\n' "$1" >&2
    exit 1
}

# --- The two tenants: copies of the samples, without anybody's keys ---------------------------------------------------

step="copying the tenants"
mkdir "$work/tenants" "$work/data" "$work/answers"
for folder in tenants/*/; do
    mkdir "$work/tenants/$(basename "$folder")"
    cp "$folder/tenant.yaml" "$work/tenants/$(basename "$folder")/"
done
acme_file="$work/tenants/acme/tenant.yaml"
key_line='^[[:space:]]*(export[[:space:]]+)?OPENROUTER_API_KEY[[:space:]]*=[[:space:]]*["'\'']?[^"'\''[:space:]#]'
if [ -n "${OPENROUTER_API_KEY:-}" ] || { [ -f .env ] && grep -Eq "$key_line" .env; }; then
    # Steward finds the key by itself, in its environment or in .env: it is on no command line and in no file of ours.
    sed -i 's/env:ACME_OPENROUTER_API_KEY/env:OPENROUTER_API_KEY/' "$acme_file"
    acme_provider=openrouter
else
    printf 'name: Acme GmbH\nprovider: offline\n' >"$acme_file"
    acme_provider=offline
fi
admin() { "$steward" "$@" --tenants "$work/tenants" --data "$work/data"; }

step="checking the tenants"
admin tenant check >"$work/check.txt" || { cat "$work/check.txt" >&2 && fail "a tenant file is invalid"; }

step="making keys and tokens"
# A file for curl's -H @file: a token on the command line could be read by every user of this machine.
token() {
    admin key create "$1" >/dev/null
    printf 'Authorization: Bearer %s\n' "$(admin token issue "$1" "$2" --ttl 8h)" >"$work/$1.header"
}
token acme alice
token globex dana

# --- steward and nginx ------------------------------------------------------------------------------------------------

step="starting steward"
"$steward" serve --tenants "$work/tenants" --data "$work/data" --fastcgi "unix:$work/steward.sock" \
    >"$work/steward.log" 2>&1 &
steward_pid=$!

step="making a certificate"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null

step="starting nginx"
is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
start_nginx() {
    port=$((20000 + RANDOM % 12000))
    is_free "$port" || return 1
    "$steward" nginx --server-name localhost --listen "127.0.0.1:$port" --socket "$work/steward.sock" \
        --certificate "$work/certificate.pem" --certificate-key "$work/key.pem" >"$work/site.conf"
    {
        # Root's nginx would run its workers as nobody, who may not open the socket.
        [ "$(id -u)" -ne 0 ] || echo 'user root;'
        cat <<END
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/nginx.log warn;
events {}
http {
    access_log off;
    client_body_temp_path $work/nginx-body;
    fastcgi_temp_path $work/nginx-fastcgi;
    proxy_temp_path $work/nginx-proxy;
    scgi_temp_path $work/nginx-scgi;
    uwsgi_temp_path $work/nginx-uwsgi;
    include $work/site.conf;
}
END
    } >"$work/nginx.conf"
    nginx -e "$work/nginx.log" -p "$work" -c "$work/nginx.conf" &
    nginx_pid=$!
    for _ in $(seq 50); do
        is_free "$port" || return 0
        kill -0 "$nginx_pid" 2>/dev/null || break
        sleep 0.1
    done
    stop "$nginx_pid"
    nginx_pid=
    return 1
}
# Somebody else may take the port between looking and binding.
for _ in 1 2 3 4 5; do
    start_nginx && break
done
[ -n "$nginx_pid" ] || fail "nginx does not start"
base="https://localhost:$port"

request() { curl --silent --show-error --max-time 330 --cacert "$work/certificate.pem" "$@"; }

step="waiting for steward"
for _ in $(seq 150); do
    kill -0 "$steward_pid" 2>/dev/null || fail "steward serve has ended"
    [ "$(request -o /dev/null -w '%{http_code}' "$base/readyz")" != 200 ] || ready=yes
    [ -z "${ready:-}" ] || break
    sleep 0.1
done
[ -n "${ready:-}" ] || fail "steward does not get ready"

# --- Helpers of the conversation --------------------------------------------------------------------------------------

# api TENANT EXPECTED_STATUS METHOD PATH [JSON]: the answer is then in $answer.
answer="$work/answers/answer"
api() {
    local tenant=$1 expected=$2 method=$3 path=$4 status
    status=$(request -X "$method" -H "@$work/$tenant.header" -H 'Content-Type: application/json' \
        ${5:+--data-binary "$5"} -o "$answer" -w '%{http_code} %{http_version}' "$base$path")
    [ "$status" = "$expected 2" ] || {
        cat "$answer" >&2
        fail "$method $path answered '$status' (status, HTTP version), not '$expected 2'"
    }
}

# The text of a string member of the answer. What a model wrote must not move the cursor: no control characters.
member() {
    printf '%b' "$(grep -oP "\"$1\":\"\\K([^\"\\\\]|\\\\.)*" "$answer" | head -n 1)" |
        tr -d '\000-\010\013-\037\177'
}

# A string as JSON; the sentences here have no control characters.
quoted() {
    local text=${1//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}

conversation=
say() {
    local tenant=$1 user=$2 text=$3
    step="saying \"$text\" as $user of $tenant"
    printf '\n%s%s>%s %s\n' "$bold" "$user" "$plain" "$text"
    api "$tenant" 200 POST "/api/$user/chat" \
        "{\"conversation_id\": ${conversation:-null}, \"message\": $(quoted "$text")}"
    conversation=$(grep -oP '"conversation_id":\K[0-9]+' "$answer" | head -n 1)
    { grep -oP '"tool":"\K[a-z_]+' "$answer" || true; } | sed "s/.*/$dim  [&]$plain/"
    [ -n "$(member response)" ] || fail "there is no text in the answer"
    member response | sed 's/^/  /'
    echo
}

# must TENANT USER QUERY TEXT...: the list of tasks holds each of these, whatever the case of their letters.
must() {
    local tenant=$1 user=$2 query=$3 text
    shift 3
    api "$tenant" 200 GET "/api/$user/tasks?$query"
    for text in "$@"; do
        grep -qiF "$text" "$answer" || { cat "$answer" >&2 && fail "no task with $text among $query"; }
    done
}

must_not() {
    api "$1" 200 GET "/api/$2/tasks?$3"
    ! grep -qiF "$4" "$answer" || { cat "$answer" >&2 && fail "a task with $4 is still among $3"; }
}

# --- Globex, who use no model at all ----------------------------------------------------------------------------------

title "dana of globex, answered by the offline assistant"
step="adding two tasks over REST"
for text in "Call mom" "Prepare the meeting"; do
    printf '\n%sPOST /api/dana/tasks%s %s\n' "$dim" "$plain" "$text"
    api globex 201 POST /api/dana/tasks "{\"title\": $(quoted "$text")}"
done

say globex dana "Add a task to buy groceries"
must globex dana status=pending '"id":3' "buy groceries"
say globex dana "Show me all my tasks"
say globex dana "What's pending?"
say globex dana "Mark task 3 as complete"
must globex dana status=completed '"id":3'
say globex dana "Delete the meeting task"
must_not globex dana status=all '"id":2,'
say globex dana "Change task 1 to 'Call mom tonight'"
must globex dana status=pending '"Call mom tonight"'
say globex dana "I need to remember to pay bills"
must globex dana status=pending "pay bills"
say globex dana "What have I completed?"
[[ $(member response) == *[Gg]roceries* ]] || fail "the answer does not name the completed task"

# --- Acme, as a stream of events --------------------------------------------------------------------------------------

title "alice of acme, answered by $acme_provider"
conversation=
say acme alice "Add a task to book a flight to Lisbon"
must acme alice status=pending Lisbon

text="Show me all my tasks"
step="streaming \"$text\""
printf '\n%salice>%s %s %s(as server-sent events)%s\n' "$bold" "$plain" "$text" "$dim" "$plain"
request --no-buffer -H "@$work/acme.header" -H 'Content-Type: application/json' -H 'Accept: text/event-stream' \
    --data-binary "{\"conversation_id\": $conversation, \"message\": $(quoted "$text")}" "$base/api/alice/chat" |
    tee "$work/answers/stream" | grep --line-buffered '^data:' | tr -d '\000-\010\013-\037\177' | cut -c 1-110 |
    sed -u 's/^data: */  /'
head -n 1 "$work/answers/stream" | grep -q '^event: conversation' || fail "the stream does not begin with conversation"
# A model may answer from what was said before; the offline assistant always looks.
[ "$acme_provider" != offline ] || grep -q '^event: tool_call' "$work/answers/stream" ||
    fail "the stream shows no tool call"
grep -q '^event: done' "$work/answers/stream" || fail "the stream does not end with done"

# --- Who may not ------------------------------------------------------------------------------------------------------

title "Refused requests"
refused() {
    step="checking that $1"
    shift
    api "$@"
    printf '  %-5s %-24s %s %s\n' "$3" "$4" "$2" "$(member code)"
}
refused "dana's token does not open alice's tasks" globex 403 GET /api/alice/tasks
: >"$work/nobody.header"
refused "no token opens nothing" nobody 401 GET /api/dana/tasks
refused "an empty title is refused" globex 422 POST /api/dana/tasks '{"title": ""}'

title "Every step succeeded."
[ -z "${ONCE:-}" ] || exit 0

cat <<END

Steward keeps serving on $base until you press Ctrl-C. Try:

  curl --cacert $work/certificate.pem -H @$work/globex.header -H 'Content-Type: application/json' \\
       -d '{"message": "What is pending?"}' $base/api/dana/chat

  curl --cacert $work/certificate.pem -H @$work/acme.header $base/api/alice/tasks

END
step="serving"
# Ctrl-C is how this is meant to end.
trap 'exit 0' INT
wait -n "$steward_pid" "$nginx_pid" || true
fail "steward or nginx has ended"
