import Foundation

/// The maximum number of file descriptors of this process.
struct DescriptorLimit {
    let descriptors: Int

    /// Raises the soft limit to the hard limit. The soft limit protects programs that use `select`, which this one does
    /// not.
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

    /// The maximum number of open databases: each takes two descriptors, and half of all are for connections.
    var databaseCapacity: Int { min(1000, max(16, descriptors / 4)) }

    /// The maximum number of requests in flight. Each takes a descriptor, a chat (three quarters of them) another one
    /// to its provider, and a quarter again is for idle connections of nginx: half of all together.
    var concurrentRequests: Int { min(4096, max(64, descriptors / 4)) }
}
