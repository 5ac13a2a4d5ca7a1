import CPostgres

/// The memory of a result, which libpq allocated.
final class ResultMemory {
    let libpq: LibPQ
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer, libpq: LibPQ) {
        self.pointer = pointer
        self.libpq = libpq
    }

    deinit { libpq.pointee.PQclear(pointer) }
}
