# Reading the answers that a hostile provider could send, CPU of one thread.
build DecodingBenchmark
printf '\nReading answers of a provider, 4 MB each, CPU for each byte\n'
"$program"
