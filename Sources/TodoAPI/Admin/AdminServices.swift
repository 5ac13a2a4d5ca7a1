package import Identity
package import JSON
package import TodoStore

/// What the admin socket lets its operator see and do.
package struct AdminServices: Sendable {
    package let status: @Sendable () -> JSONObject
    /// In the text format of Prometheus.
    package let metrics: @Sendable () -> String
    /// Reads all tenants again and says what has changed.
    package let reload: @Sendable () async -> JSONObject
    /// Begins to hand over to the process that takes this one's place.
    package let handOver: @Sendable () -> Void

    /// What users have stored.
    package let databases: UserDatabases
    /// What a tenant's users are held to; nil for a tenant that is not usable.
    package let limits: @Sendable (TenantID) -> StoreLimits?

    package init(
        status: @escaping @Sendable () -> JSONObject, metrics: @escaping @Sendable () -> String,
        reload: @escaping @Sendable () async -> JSONObject, handOver: @escaping @Sendable () -> Void,
        databases: UserDatabases, limits: @escaping @Sendable (TenantID) -> StoreLimits?
    ) {
        self.status = status
        self.metrics = metrics
        self.reload = reload
        self.handOver = handOver
        self.databases = databases
        self.limits = limits
    }
}
