import Glibc

/// What a caller may do, from the groups that its user is in.
public enum Role: Int, Comparable, Sendable {
  case none, viewer, `operator`, technician

  public static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }

  /// The groups that make a role, weakest first.
  static let groups: [(name: String, role: Role)] = [
    ("wellspring-viewer", .viewer), ("wellspring-operator", .operator),
    ("wellspring-technician", .technician),
  ]

  /// Root and the daemon's own user may do everything; others what their groups allow.
  static func of(_ peer: Peer) -> Role {
    if peer.user == 0 || peer.user == getuid() { return .technician }
    var best = Role.none
    for (name, role) in groups {
      guard let group = getgrnam(name)?.pointee else { continue }
      if group.gr_gid == peer.group || isMember(peer.user, of: group) { best = max(best, role) }
    }
    return best
  }

  private static func isMember(_ user: UInt32, of group: group) -> Bool {
    guard let entry = getpwuid(user)?.pointee, let name = entry.pw_name else { return false }
    if entry.pw_gid == group.gr_gid { return true }
    var place = group.gr_mem
    while let member = place?.pointee {
      if strcmp(member, name) == 0 { return true }
      place = place?.advanced(by: 1)
    }
    return false
  }
}
