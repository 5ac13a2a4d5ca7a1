import Fuzzing

/// Called by libFuzzer with each input; see `make fuzz`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let findings = CSVFuzz.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
    guard findings.isEmpty else { fatalError(findings.joined(separator: "; ")) }
    return 0
}
