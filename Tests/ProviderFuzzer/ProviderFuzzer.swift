import TestSupport

/// Called by libFuzzer with each input, an answer of a provider; see `make fuzz`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let failure = DecoderCheck.failure(of: Array(UnsafeBufferPointer(start: bytes, count: count)))
    precondition(failure == nil, failure ?? "")
    return 0
}
