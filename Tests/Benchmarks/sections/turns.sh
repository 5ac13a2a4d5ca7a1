# A turn with one tool round: two streamed calls of a model that answers at once, from a process of its own.
#
# TURNS (10000) is the number of turns over which the memory is measured, by 256 users, each in a new conversation.
build TurnBenchmark
chats=$program
build steward
steward=$program
"$chats" upstream >"$work/upstream.port" &
upstream_pid=$!
running+=("$upstream_pid")
for _ in $(seq 100); do
    [ ! -s "$work/upstream.port" ] || break
    sleep 0.1
done
port=$(cat "$work/upstream.port")
[ -n "$port" ] || fail "the upstream does not start"

rm -rf "$work/tenants" "$work/data"
mkdir -p "$work/tenants/bench" "$work/data"
cat >"$work/tenants/bench/tenant.yaml" <<END
name: Bench
provider: openai-compatible
providers:
  openai-compatible: {model: bench, base_url: "http://127.0.0.1:$port/v1", allow_private: true}
limits: {chats_per_minute: 100000, requests_per_minute: 10000000, concurrent_chats: 100, tasks: 1000000, conversations: 1000000, database: 1024MB}
END
admin() { "$steward" "$@" --tenants "$work/tenants" --data "$work/data"; }
admin key create bench >/dev/null
for number in $(seq 256); do echo "user-$number $(admin token issue bench "user-$number" --ttl 8h)"; done >"$work/users"
start "$work/steward.sock" "$steward" serve --tenants "$work/tenants" --data "$work/data" \
    --fastcgi "unix:$work/steward.sock" --log-level error
steward_pid=$pid
start_nginx <<END
$(upstream steward)
server {
    listen 127.0.0.1:PORT;
    location / { fastcgi_pass steward; }
}
END

# load NAME TURNS CHATS TYPE: adds a sample of turns/s, our CPU and the upstream's per turn (us), median and p99 (ms).
load() {
    local name=$1 turns=$2 steward_before upstream_before
    steward_before=$(ticks "$steward_pid")
    upstream_before=$(ticks "$upstream_pid")
    "$chats" load "$base" "$work/users" "$turns" "$3" "$4" >"$work/load.out"
    awk -v turns="$turns" -v hertz="$(getconf CLK_TCK)" -v steward=$(($(ticks "$steward_pid") - steward_before)) \
        -v upstream=$(($(ticks "$upstream_pid") - upstream_before)) '{
            print turns / $1, steward / hertz / turns * 1e6, upstream / hertz / turns * 1e6, $2, $3
        }' "$work/load.out" >>"$work/$name.samples"
}

# Afterwards each user has a database.
"$chats" load "$base" "$work/users" 1024 16 json >/dev/null
for _ in $(seq "$rounds"); do
    load alone 1000 1 json
    load json 3000 16 json
    load events 3000 16 events
    "$chats" latency "$base" "$work/users" 500 "$port" "$work/commits-$RANDOM.sqlite" >>"$work/latency.samples"
done
printf '\nA turn with one tool round (two streamed calls, 3 commits) through nginx, medians of %s rounds\n' "$rounds"
printf '  %-24s %10s %14s %14s %12s %12s\n' '' turns/s 'CPU of ours' 'of upstream' 'median' p99
for entry in "alone=1 chat" "json=16 chats" "events=16 chats, as events"; do
    name=${entry%%=*}
    printf '  %-24s %10.0f %11.0f us %11.0f us %9.2f ms %9.2f ms\n' "${entry#*=}" "$(median "$name" 1)" \
        "$(median "$name" 2)" "$(median "$name" 3)" "$(median "$name" 4)" "$(median "$name" 5)"
done
awk -v turn="$(median latency 1)" -v calls="$(median latency 2)" -v commits="$(median latency 3)" 'BEGIN {
    printf "  1 chat: %.2f ms a turn, %.2f ms its two calls made directly, %.2f ms three bare commits: %.2f ms added\n",
        turn, calls, commits, turn - calls - commits
}'
echo "  goals: at most 1000 us of our CPU; less than 1.5 ms added"

turns=${TURNS:-10000}
used=$(memory "$steward_pid")
printf '  memory over %s turns: %.0f MB' "$turns" "$used"
for _ in $(seq 10); do
    "$chats" load "$base" "$work/users" $((turns / 10)) 16 json >/dev/null
    used=$(memory "$steward_pid")
    printf ' %.0f' "$used"
done
printf '\n'
