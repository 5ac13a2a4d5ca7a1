# Reading 50 tasks of a user from the whole server: token, database and JSON included.
start_constant
constant_pid=$pid
build steward
steward=$program
mkdir "$work/tenants" "$work/data"
for number in $(seq 1000); do
    mkdir "$work/tenants/tenant-$number"
    printf 'name: Tenant %s\nprovider: offline\nlimits: {requests_per_minute: 10000000}\n' "$number" >"$work/tenants/tenant-$number/tenant.yaml"
done
admin() { "$steward" "$@" --tenants "$work/tenants" --data "$work/data"; }
admin key create tenant-1 >/dev/null
token=$(admin token issue tenant-1 alice --ttl 8h)

started=$EPOCHREALTIME
start "$work/steward.sock" "$steward" serve --tenants "$work/tenants" --data "$work/data" \
    --fastcgi "unix:$work/steward.sock" --log-level error
steward_pid=$pid
listening=$EPOCHREALTIME
idle_memory=$(awk '/VmRSS/ { print $2 / 1024 }' "/proc/$steward_pid/status")
start_nginx <<END
$(upstream constant)
$(upstream steward)
server {
    listen 127.0.0.1:PORT;
    fastcgi_buffers 8 16k;
    location /constant { fastcgi_pass constant; }
    location / { fastcgi_pass steward; }
}
END
printf 'Authorization: Bearer %s\n' "$token" >"$work/header"
for number in $(seq 50); do
    curl --silent --fail -o /dev/null -H "@$work/header" -H 'Content-Type: application/json' "$base/api/alice/tasks" \
        --data "{\"title\": \"Task number $number\", \"description\": \"What there is to say of it\"}" ||
        fail "task $number is not created"
done
url="$base/api/alice/tasks?limit=50"
answer=$(curl --silent -H "@$work/header" "$url")
[ "$(grep -o '"title"' <<<"$answer" | wc -l)" = 50 ] || fail "there are not 50 tasks in: ${answer:0:200}"
# Not on the command line, which every user of this machine can read.
cat >"$work/token.lua" <<'END'
for line in io.lines(os.getenv("TOKEN_HEADER")) do wrk.headers["Authorization"] = line:match(": (.*)") end
END
export TOKEN_HEADER="$work/header"
for _ in $(seq "$rounds"); do
    measure constant "$constant_pid" "$base/constant"
    measure tasks "$steward_pid" "$url" -s "$work/token.lua"
done
printf '\nReading 50 tasks (%s bytes) through nginx from a cached database, 1,000 tenants\n' "${#answer}"
table constant "constant=(a) C on libfcgi, a constant" "tasks=steward, 50 tasks"
echo "  goals: at least 0.5 of the requests/s of (a), at most 150 us of CPU"
awk -v from="$started" -v to="$listening" -v idle="$idle_memory" \
    -v now="$(awk '/VmRSS/ { print $2 / 1024 }' "/proc/$steward_pid/status")" 'BEGIN {
        printf "  1,000 tenants: listening after %.2f s; memory %.0f MB idle, %.0f MB after the requests\n",
            to - from, idle, now
    }'
