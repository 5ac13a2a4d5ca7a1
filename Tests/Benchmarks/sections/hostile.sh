# The worst that users, strangers and providers send, and how a quiet user of another tenant fares beside it. The goal is a
# 99th percentile of at most 50 ms, or five times that of the first row.
#
# OLD names another steward, which is attacked in the same run; SCENARIOS those to play.
build HostileBenchmark
hostile=$program
build steward
# shellcheck disable=SC2086
"$hostile" ${OLD:+"old=$OLD"} "new=$program" ${SCENARIOS:-} || fail "the attacks ended early"
