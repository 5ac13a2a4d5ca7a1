# Verifying a token, against the bare HMAC.
build TokenBenchmark
printf '\nVerifying a token, CPU\n'
"$program"
