import CMalloc

/// The heaps (arenas) of glibc: by default up to eight per core, each of which keeps much of the memory it once used.
enum MallocArenas {
    /// Limits the number of arenas for threads that start later. The number of cores suffices, because no more threads
    /// allocate at the same time.
    static func limit(to count: Int) { mallopt(M_ARENA_MAX, Int32(count)) }
}
