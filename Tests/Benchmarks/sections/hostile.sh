# The worst requests of users, strangers and providers, and the latency of a quiet user of another tenant. The goal is a
# 99th percentile of at most 50 ms, or five times that of the first row.
#
# OLD is another steward, which is attacked in the same run; SCENARIOS selects scenarios.
build HostileBenchmark
hostile=$program
build steward
# shellcheck disable=SC2086
"$hostile" ${OLD:+"old=$OLD"} "new=$program" ${SCENARIOS:-} || fail "the attacks ended early"
