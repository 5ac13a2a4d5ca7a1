# Creating tasks that are on disk before they are answered, against a bare loop of commits on the same disk.
population 64 64
build_c commits -lsqlite3
commits=$program
build steward
cp -r "$population/tenants" "$disk/creates-tenants"
start "$work/steward.sock" "$program" serve --tenants "$disk/creates-tenants" --data "$disk/creates" \
    --fastcgi "unix:$work/steward.sock" --log-level error
start_nginx <<END
$(upstream steward)
server {
    listen 127.0.0.1:PORT;
    location / { fastcgi_pass steward; }
}
END
export TARGET=/tasks BODY='{"title": "A task to be done", "description": "What there is to say of it"}'
head -n 1 "$work/users" >"$work/user"
for _ in $(seq "$rounds"); do
    "$commits" "$disk/commits.sqlite" "$seconds" >>"$work/bare.samples"
    USERS="$work/user" measure_users alone 1
    USERS="$work/user" measure_users one 16
    USERS="$work/users" measure_users many 64
done
unset TARGET BODY
printf '\nCreating tasks durably through nginx, medians of %s rounds\n' "$rounds"
printf '  %-44s %12s %7s %9s %9s\n' '' tasks/s ratio p50 p99
printf '  %-44s %12.0f %7.2f\n' '(a) C: rows and commits, one after another' "$(median bare 1)" 1
for entry in "alone=one user, 1 request at a time" "one=(b) one user, 16 requests in flight" \
    "many=(c) 64 users, 64 requests in flight"; do
    name=${entry%%=*}
    awk -v text="${entry#*=}" -v rate="$(median "$name" 1)" -v bare="$(median bare 1)" -v p50="$(median "$name" 2)" \
        -v p99="$(median "$name" 3)" 'BEGIN {
            printf "  %-44s %12.0f %7.2f %6.1f ms %6.1f ms\n", text, rate, rate / bare, p50 / 1000, p99 / 1000
        }'
done
echo "  goals: (b) at least 0.9 of (a), (c) more than (b)"
