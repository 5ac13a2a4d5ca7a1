import CMalloc

/// The heaps from which glibc serves threads: by default up to eight for each core, and each keeps much of what it once held.
enum MallocArenas {
    /// Has an effect on threads that start later. As many as cores are enough: only so many threads allocate at once.
    static func limit(to count: Int) { mallopt(M_ARENA_MAX, Int32(count)) }
}
