# The CPU time of the offline adapter for hostile messages of 5,000 characters.
build OfflineBenchmark
printf '\nThe offline adapter and hostile messages, milliseconds of CPU: alone, after forty of them, with a hundred titles\n'
"$program"
