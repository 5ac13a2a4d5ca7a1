# The worst requests without a valid token, to a server with 200 tenants of 8 origins each.
population 200 200
build StrangerBenchmark
strangers=$program
build steward
steward=$program
rm -rf "$disk/strangers-tenants"
cp -r "$population/tenants" "$disk/strangers-tenants"
for folder in "$disk"/strangers-tenants/*/; do
    tenant=$(basename "$folder")
    {
        echo 'allowed_origins:'
        for number in 1 2 3 4 5 6 7 8; do echo "  - https://todo-$number.$tenant.example"; done
    } >>"$folder/tenant.yaml"
done
start "$work/steward.sock" "$steward" serve --tenants "$disk/strangers-tenants" --data "$population/data" \
    --fastcgi "unix:$work/steward.sock" --log-level error
printf '\nRequests without a good token, straight to the socket, 200 tenants: CPU of the server for each\n'
head -n 1 "$work/users" | "$strangers" "$work/steward.sock" "$pid"
