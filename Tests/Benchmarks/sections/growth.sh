# Ten thousand users in 200 tenants: the cost of a start, and reads of users of whom most are not among the 1,000 open
# databases.
population 200 10000
build steward
steward=$program
cp -r "$population/tenants" "$disk/growth-tenants"
for number in $(seq 201 1000); do
    mkdir "$disk/growth-tenants/tenant-$number"
    printf 'provider: offline\n' >"$disk/growth-tenants/tenant-$number/tenant.yaml"
done

# ready_after: milliseconds from the start of the server, $pid, until it says that it is ready.
ready_after() {
    local from=$EPOCHREALTIME
    start "$work/steward.sock" "$steward" serve --tenants "$disk/growth-tenants" --data "$population/data" \
        --fastcgi "unix:$work/steward.sock" --log-level error
    until curl --silent --fail -o /dev/null "$base/readyz"; do
        kill -0 "$pid" 2>/dev/null || fail "the server ended"
    done
    awk -v from="$from" -v to="$EPOCHREALTIME" 'BEGIN { print (to - from) * 1000 }'
}

start_nginx <<END
$(upstream steward)
server {
    listen 127.0.0.1:PORT;
    fastcgi_buffers 8 16k;
    location / { fastcgi_pass steward; }
}
END
for _ in $(seq "$rounds"); do
    ready_after >>"$work/ready.samples"
    sleep 2
    memory "$pid" >>"$work/idle.samples"
    kill "$pid"
    wait "$pid" || true
    rm -f "$work/steward.sock"
done
ready_after >/dev/null
export TARGET='/tasks?limit=50'
head -n 1 "$work/users" >"$work/user"
# The first round fills the pool and is not measured.
USERS="$work/users" ORDER=random measure_users warm 16
status_field() { "$steward" status --json --data "$population/data" | grep -o "\"$1\": *[0-9]*" | grep -o '[0-9]*$'; }
hits=0
misses=0
for _ in $(seq "$rounds"); do
    USERS="$work/user" measure_users cached 16
    before=($(status_field hits) $(status_field misses))
    USERS="$work/users" ORDER=random measure_users spread 16
    hits=$((hits + $(status_field hits) - before[0]))
    misses=$((misses + $(status_field misses) - before[1]))
done
unset TARGET
awk -v ready="$(median ready 1)" -v idle="$(median idle 1)" 'BEGIN {
    printf "\nWith 1,000 tenants and 10,000 users: ready after %.0f ms (goal: below 500), %.0f MB idle (goal: below 40)\n",
        ready, idle
}'
printf '\nReading a page of tasks, 16 requests in flight, medians of %s rounds\n' "$rounds"
printf '  %-44s %12s %9s %9s\n' '' requests/s p50 p99
for entry in "cached=one user, the database open" "spread=10,000 users at random, 1,000 databases open"; do
    name=${entry%%=*}
    awk -v text="${entry#*=}" -v rate="$(median "$name" 1)" -v p50="$(median "$name" 2)" \
        -v p99="$(median "$name" 3)" 'BEGIN {
            printf "  %-44s %12.0f %6.2f ms %6.2f ms\n", text, rate, p50 / 1000, p99 / 1000
        }'
done
used=$(memory "$pid")
awk -v cached="$(median cached 2)" -v spread="$(median spread 2)" -v hits="$hits" -v misses="$misses" \
    -v memory="$used" 'BEGIN {
        printf "  p50 at random %.1f of the cached one (goal: at most 6), hit rate %.0f %%, ", spread / cached,
            100 * hits / (hits + misses)
        printf "memory %.0f MB (goal: below 150)\n", memory
    }'
