import CPostgres

/// The notices of a connection, of which only the warnings count: one during COMMIT says that the standby may not have it.
final class Notices {
    private let libpq: LibPQ
    /// Whether a warning came since this was last set.
    var hasWarning = false

    init(libpq: LibPQ) { self.libpq = libpq }

    /// Receives the notices of a connection, which does not outlive this object.
    func receive(from handle: OpaquePointer) {
        _ = libpq.pointee.PQsetNoticeReceiver(
            handle,
            { context, result in
                guard let context else { return }
                let notices = Unmanaged<Notices>.fromOpaque(context).takeUnretainedValue()
                notices.receive(result)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func receive(_ result: OpaquePointer?) {
        let field = libpq.pointee.PQresultErrorField(result, Int32(steward_severity))
        if let field, String(cString: field) == "WARNING" { hasWarning = true }
    }
}
