package import Identity
package import JSON
package import TodoStore

/// The dependencies of the admin API.
package struct AdminServices: Sendable {
    package let status: @Sendable () -> JSONObject
    /// Returns the metrics in the text format of Prometheus.
    package let metrics: @Sendable () -> String
    /// Reads all tenants again and returns the changes.
    package let reload: @Sendable () async -> JSONObject
    /// Begins to hand over to the process that replaces this one.
    package let handOver: @Sendable () -> Void

    package let stores: UserStores
    /// Returns the limits of a tenant's users; nil for a tenant that is disabled or misconfigured.
    package let limits: @Sendable (TenantID) -> StoreLimits?

    package init(
        status: @escaping @Sendable () -> JSONObject, metrics: @escaping @Sendable () -> String,
        reload: @escaping @Sendable () async -> JSONObject, handOver: @escaping @Sendable () -> Void,
        stores: UserStores, limits: @escaping @Sendable (TenantID) -> StoreLimits?
    ) {
        self.status = status
        self.metrics = metrics
        self.reload = reload
        self.handOver = handOver
        self.stores = stores
        self.limits = limits
    }
}
