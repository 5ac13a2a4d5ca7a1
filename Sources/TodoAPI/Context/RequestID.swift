/// The generator of request ids: 96 random bits as hexadecimal digits.
package enum RequestID {
    package static func make() -> String {
        let (head, tail) = (UInt32.random(in: .min ... .max), UInt64.random(in: .min ... .max))
        return padded(String(head, radix: 16), 8) + padded(String(tail, radix: 16), 16)
    }

    private static func padded(_ digits: String, _ width: Int) -> String {
        String(repeating: "0", count: width - digits.count) + digits
    }
}
