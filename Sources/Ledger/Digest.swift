import CGcrypt

/// SHA-256 by libgcrypt. (FIPS 180-4)
public enum Digest {
  /// How many characters a hash has when written.
  public static let length = 64

  private static let isReady: Bool = wellspring_gcrypt_begin() == 0

  /// The hash of `bytes`, as 64 hexadecimal digits in lower case.
  public static func hexadecimal(of bytes: [UInt8]) -> String {
    precondition(isReady, "the libgcrypt that is installed is older than the one it was built for")
    var hash = [UInt8](repeating: 0, count: length / 2)
    gcry_md_hash_buffer(Int32(GCRY_MD_SHA256.rawValue), &hash, bytes, bytes.count)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
