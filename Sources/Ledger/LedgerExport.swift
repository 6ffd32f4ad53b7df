/// The lines around the records of an export, by which its beginning and its end are known.
public enum LedgerExport {
  /// The first line of an export that does not begin with the head: the hash that its first record
  /// follows from.
  public static func beginning(_ number: Int64, after hash: String) -> String {
    "part from=\(number) \(hash)"
  }

  /// The last line: how many records there are, which is the last, hashed behind it.
  public static func closing(records: Int64, last: Int64, after hash: String) -> String {
    let body = "end records=\(records) last=\(last)"
    return body + " " + Digest.hexadecimal(of: Array((hash + body).utf8))
  }
}
