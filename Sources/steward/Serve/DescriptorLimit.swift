import Foundation

/// How many files and connections this process may have open.
struct DescriptorLimit {
    let descriptors: Int

    /// Raises the soft limit to the hard one: it protects programs that use `select`, which we do not.
    static func raise() -> DescriptorLimit {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return DescriptorLimit(descriptors: 1024)
        }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        _ = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return DescriptorLimit(descriptors: Int(limit.rlim_cur))
    }

    /// Databases that may be open at once: each takes two descriptors, and half of all are for connections.
    var databaseCapacity: Int { min(1000, max(16, descriptors / 4)) }

    /// Requests that may be under way. Each takes a descriptor, a chat (three quarters of them) one more to its provider,
    /// and a quarter again is for connections that nginx keeps: half of all together.
    var concurrentRequests: Int { min(4096, max(64, descriptors / 4)) }
}
