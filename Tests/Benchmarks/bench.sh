#!/usr/bin/env bash
# The cost of requests, compared with bare C programs in the same run. Only the ratios are meaningful, because they do not
# depend on the speed of the machine.
#
#   bench.sh [SECTION...]      the sections in sections/, all of them by default
#
# ROUNDS (3) and SECONDS_EACH (4) are the number and length of the measurements of each server, in turns; RELEASE_FLAGS,
# which make sets, are the flags for building Swift programs.
set -euo pipefail
umask 077
PATH="$PATH:/usr/sbin:/sbin"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
here=Tests/Benchmarks
rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-4}

# A unix socket's path has at most 107 bytes: not below TMPDIR, which may be long.
work=$(mktemp -d /tmp/steward-bench.XXXXXX)
# On the disk of the project, not below /tmp, which may be in memory.
mkdir -p .build-bench
disk=$(mktemp -d .build-bench/disk.XXXXXX)
running=()
# The log file of each server, by its process.
declare -A logs=()

stop_all() {
    local pid
    for pid in ${running[@]+"${running[@]}"}; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in ${running[@]+"${running[@]}"}; do wait "$pid" 2>/dev/null || true; done
    running=()
}
finish() {
    local status=$?
    trap - EXIT
    stop_all
    rm -rf "$work" "$disk"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    printf 'bench: %s\n' "$1" >&2
    exit 1
}

# --- Programs ---------------------------------------------------------------------------------------------------------

# build PRODUCT: sets $program to the release build of a Swift product.
build() {
    local flags
    read -ra flags <<<"${RELEASE_FLAGS:--c release} --scratch-path .build-bench"
    STEWARD_BENCH=1 swift build "${flags[@]}" --product "$1" >"$work/build.log" 2>&1 ||
        { cat "$work/build.log" >&2 && fail "$1 does not build"; }
    program=$(STEWARD_BENCH=1 swift build "${flags[@]}" --show-bin-path)/$1
}

# build_c NAME LIBRARY...: sets $program to NAME.c, compiled.
build_c() {
    local name=$1
    shift
    program="$work/$name"
    gcc -O2 -Wall -Werror -o "$program" "$here/$name.c" "$@"
}

# alive PID: fails with the end of the log if a server started by `start` has ended.
alive() {
    if kill -0 "$1" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$1/status"; then return 0; fi
    printf 'bench: the server of section %s, process %s, has ended; its log ends:\n' "$section" "$1" >&2
    tail -n 40 "${logs[$1]:-/dev/null}" >&2
    fail "section $section cannot go on"
}

# start SOCKET COMMAND...: runs a server until the section ends; sets $pid. Its output is in SOCKET.log.
start() {
    local socket=$1
    shift
    "$@" >"$socket.log" 2>&1 &
    pid=$!
    running+=("$pid")
    logs[$pid]="$socket.log"
    for _ in $(seq 3000); do
        [ ! -S "$socket" ] || return 0
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.01
    done
    cat "$socket.log" >&2
    fail "$1 does not start"
}

# population TENANTS USERS: sets $population to a folder of tenants and data, which is made once, and writes the users'
# tokens to $work/users.
population() {
    build Population
    population=.build-bench/population-$1-$2
    "$program" "$population" "$1" "$2" >"$work/users" || fail "there are no users"
}

# The bare responder as the reference, on $work/constant.sock.
start_constant() {
    build_c constant -lfcgi -lpthread
    start "$work/constant.sock" "$program" "$work/constant.sock"
}

# start_nginx: serves the text on standard input, inside of http { }, on $base; PORT in it is replaced by the port.
start_nginx() {
    local site port
    site=$(cat)
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 12000))
        {
            # Root's nginx would run its workers as nobody, who may not open the sockets.
            [ "$(id -u)" -ne 0 ] || echo 'user root;'
            cat <<END
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/nginx.log warn;
events {}
http {
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path $work/nginx-body;
    fastcgi_temp_path $work/nginx-fastcgi;
    proxy_temp_path $work/nginx-proxy;
    scgi_temp_path $work/nginx-scgi;
    uwsgi_temp_path $work/nginx-uwsgi;
    include fastcgi_params;
    fastcgi_keep_conn on;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
${site//PORT/$port}
}
END
        } >"$work/nginx.conf"
        cp /etc/nginx/fastcgi_params "$work/"
        nginx -e "$work/nginx.log" -p "$work" -c "$work/nginx.conf" &
        local nginx_pid=$!
        for _ in $(seq 50); do
            kill -0 "$nginx_pid" 2>/dev/null || break
            if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
                running+=("$nginx_pid")
                base="http://127.0.0.1:$port"
                return 0
            fi
            sleep 0.1
        done
    done
    cat "$work/nginx.log" >&2
    fail "nginx does not start"
}

# upstream NAME: an nginx upstream of the socket $work/NAME.sock with kept connections.
upstream() {
    printf 'upstream %s { server unix:%s max_fails=0; keepalive 32; keepalive_requests 100000000; }\n' \
        "$1" "$work/$1.sock"
}

# --- Measuring --------------------------------------------------------------------------------------------------------

# User and system time of a process with all its threads, in ticks.
ticks() {
    alive "$1"
    sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

# measure NAME PID URL [WRK_OPTION...]: adds a sample of requests/s and CPU per request (us) to those of NAME.
measure() {
    local name=$1 server=$2 url=$3 before after
    shift 3
    before=$(ticks "$server")
    wrk -t1 -c16 -d"${seconds}s" "$@" "$url" >"$work/wrk.out"
    after=$(ticks "$server")
    if grep -E 'Non-2xx|Socket errors' "$work/wrk.out" >&2; then fail "$name answers with errors"; fi
    awk -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" '
        /requests in/ { requests = $1 }
        /Requests\/sec/ { rate = $2 }
        END { print rate, ticks / hertz / requests * 1e6 }' "$work/wrk.out" >>"$work/$name.samples"
}

# measure_users NAME CONNECTIONS: adds a sample of requests/s, p50 and p99 (us) of what users.lua asks $base for to those
# of NAME.
measure_users() {
    local name=$1 connections=$2
    wrk -t1 -c"$connections" -d"${seconds}s" --latency -s "$here/users.lua" "$base" >"$work/wrk.out"
    if grep -E 'Non-2xx|Socket errors' "$work/wrk.out" >&2; then fail "$name answers with errors"; fi
    awk '
        function microseconds(text) { return text * (text ~ /us$/ ? 1 : text ~ /ms$/ ? 1e3 : 1e6) }
        /^ *50%/ { median = microseconds($2) }
        /^ *99%/ { worst = microseconds($2) }
        /Requests\/sec/ { rate = $2 }
        END { print rate, median, worst }' "$work/wrk.out" >>"$work/$name.samples"
}

# median NAME FIELD: of the samples; field 1 is requests/s, field 2 CPU per request in us.
median() {
    awk -v field="$2" '{ print $field }' "$work/$1.samples" | sort -n |
        awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

# table REFERENCE NAME=TEXT...: the medians of each name, and their ratios to those of the reference.
table() {
    local reference=$1 entry
    shift
    printf '  %-44s %12s %7s %14s %7s\n' '' requests/s ratio 'CPU/request' ratio
    for entry in "$@"; do
        awk -v text="${entry#*=}" -v rate="$(median "${entry%%=*}" 1)" -v cpu="$(median "${entry%%=*}" 2)" \
            -v reference_rate="$(median "$reference" 1)" -v reference_cpu="$(median "$reference" 2)" 'BEGIN {
                printf "  %-44s %12.0f %7.2f %11.1f us %7.2f\n",
                    text, rate, rate / reference_rate, cpu, cpu / reference_cpu
            }'
    done
}

# The resident memory of a server in MB.
memory() {
    alive "$1"
    awk '/VmRSS/ { print $2 / 1024 }' "/proc/$1/status"
}

# --- Sections ---------------------------------------------------------------------------------------------------------

sections=("$@")
if [ ${#sections[@]} -eq 0 ]; then
    for file in "$here"/sections/*.sh; do sections+=("$(basename "$file" .sh)"); done
fi
for section in "${sections[@]}"; do
    [ -f "$here/sections/$section.sh" ] || fail "there is no section $section"
    rm -f "$work"/*.samples "$work"/*.sock*
    # A separate shell for each section, so that its definitions do not affect the next one.
    (
        trap stop_all EXIT
        trap 'exit 130' INT
        trap 'exit 143' TERM
        # shellcheck disable=SC1090
        . "$here/sections/$section.sh"
    )
done
