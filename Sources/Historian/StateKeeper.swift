import Glibc

/// The state folder of one plant, through times when its disk is full, read-only or away: then
/// nothing is saved, and each save tries again.
///
/// Used from one queue. The folder is locked for as long as it can be reached; one that cannot is
/// locked as soon as it is there, before anything in it is touched.
public final class StateKeeper {
  private let folder: String
  private let notice: @Sendable (String) -> Void
  private var lock: FolderLock?
  private var store: StateStore?
  /// What was saved before; empty when there was nothing, or nothing could be read.
  public let state: [(path: String, text: String)]
  /// Why nothing can be saved since the start; nil when all was well.
  public let problem: StoreFailure?
  /// Whether what stands in the folder was read, or written, by this keeper.
  private var isOurs: Bool
  /// A connection that failed once may do so for ever: one that was opened on a read-only disk
  /// does.
  private var hasFailed = false
  private var hasSaved = false

  private var path: String { folder + "/state.sqlite" }

  /// Opens the folder as far as its disk lets it.
  ///
  /// It throws for what does not pass by itself: another daemon holds the folder, it is no folder,
  /// or a newer program wrote the state.
  ///
  /// - Parameter notice: told what a person should know of a file that was put aside.
  public init(folder: String, notice: @escaping @Sendable (String) -> Void)
    throws(StoreFailure)
  {
    self.folder = folder
    self.notice = notice
    let path = folder + "/state.sqlite"
    var found: [(path: String, text: String)]?
    var failure: StoreFailure?
    do throws(StoreFailure) {
      lock = try FolderLock(folder)
      store = try StateKeeper.store(path, notice)
      found = store?.state
    } catch {
      guard error.mayPass else { throw error }
      failure = error
      if lock != nil { found = StateStore.readable(path) }
    }
    problem = failure
    state = found ?? []
    isOurs = found != nil
  }

  /// Whether what was saved before could be read, be it nothing.
  public var hasRead: Bool { isOurs }

  /// Saves as `StateStore.save` does, after opening what could not be opened before.
  ///
  /// - Parameter ledger: makes the ledger's new rows behind its last one, which is another on
  ///   another disk.
  public func save(
    _ rows: [(path: String, text: String)], _ events: [StateStore.EventRow],
    meters: [StateStore.MeterRow] = [],
    ledger: (_ last: StateStore.LedgerRow?) -> [StateStore.LedgerRow] = { _ in [] }
  ) throws(StoreFailure) {
    if store == nil || hasFailed || lock?.isHeld(of: folder) != true { try open() }
    do throws(StoreFailure) {
      if let store {
        try store.save(rows, events, ledger: ledger(store.lastLedgerRow), meters: meters)
      }
      hasSaved = true
    } catch {
      hasFailed = true
      throw error
    }
  }

  /// The newest events, newest first; none while they cannot be read.
  public func events(limit: Int) -> [StateStore.EventRow] {
    (try? store?.events(limit: limit)) ?? []
  }

  /// Lines of the ledger as `StateStore.ledger` gives them; nil while they cannot be read.
  public func ledger(from number: Int64, after timeMilliseconds: Int64?, limit: Int)
    -> StateStore.LedgerPage?
  {
    try? store?.ledger(from: number, after: timeMilliseconds, limit: limit)
  }

  /// The meters of the first day from one on that was kept; nil while they cannot be read.
  public func meters(of distribution: String, from day: Int64) -> [StateStore.MeterRow]? {
    try? store?.meters(of: distribution, from: day)
  }

  /// The last reading of each meter before a day; nil while they cannot be read.
  public func metersBefore(_ day: Int64, of distribution: String) -> [StateStore.MeterRow]? {
    try? store?.metersBefore(day, of: distribution)
  }

  private func open() throws(StoreFailure) {
    if lock?.isHeld(of: folder) != true {
      lock = try FolderLock(folder)
      // Another disk is there now than the one that was looked at.
      isOurs = hasSaved || !state.isEmpty
    }
    if !isOurs, StateStore.holdsAnything(path) {
      let copy = try StateStore.putAside(path, as: "unread")
      notice(
        "the saved state could not be read at the start and is kept as '\(copy)': hours and energy begin anew"
      )
    }
    isOurs = true
    // Closed before: two connections share what the first has found of the disk.
    store = nil
    store = try StateKeeper.store(path, notice)
    hasFailed = false
  }

  private static func store(_ path: String, _ notice: (String) -> Void) throws(StoreFailure)
    -> StateStore
  {
    let store = try StateStore(path: path)
    if let copy = store.damagedCopy {
      notice(
        "the saved state was damaged and is kept as '\(copy)': beginning anew, check modes and hours"
      )
    }
    return store
  }
}
