public import Quantities

/// How an output is written where its device asks for more than the value, once.
public struct Writing: Sendable, Equatable {
  /// One row of a drive's state machine: what is written in place of the word for 1 while its status says so.
  public struct Step: Sendable, Equatable {
    /// The bits of the status word that are looked at.
    public var mask: UInt16
    /// What they are in this row.
    public var states: [UInt16]
    /// They are anything but that.
    public var isNegated: Bool
    public var word: UInt16

    public init(mask: UInt16, states: [UInt16], isNegated: Bool = false, word: UInt16) {
      self.mask = mask
      self.states = states
      self.isNegated = isNegated
      self.word = word
    }

    /// Whether a status word is of this row.
    public func fits(_ status: UInt16) -> Bool { states.contains(status & mask) != isNegated }
  }

  /// The input that holds the status word; there is one where there are steps.
  public var status: PointID?
  /// The first that fits counts; without one the word for 1 is written.
  public var steps: [Step]
  /// Whether the device lets it be read back.
  public var isReadBack: Bool
  /// The input that shows its effect.
  public var shownBy: PointID?
  /// Written again after so long although nothing changed: a device that stops without being spoken to.
  public var refresh: TimeSpan?
  /// Not written more often; the safe value is written at once all the same.
  public var minimumInterval: TimeSpan
  /// Not written more often in a day, for the sake of a permanent memory; the safe value always is.
  public var dailyBudget: Int?

  public init(
    status: PointID? = nil, steps: [Step] = [], isReadBack: Bool = true, shownBy: PointID? = nil,
    refresh: TimeSpan? = nil, minimumInterval: TimeSpan = .zero, dailyBudget: Int? = nil
  ) {
    self.status = status
    self.steps = steps
    self.isReadBack = isReadBack
    self.shownBy = shownBy
    self.refresh = refresh
    self.minimumInterval = minimumInterval
    self.dailyBudget = dailyBudget
  }

  /// Written when it changes, and read back.
  public static let plain = Writing()

  /// The word that a status asks for on the way to 1; nil for the word for 1 itself.
  public func word(at status: UInt16) -> UInt16? {
    steps.first { $0.fits(status) }?.word
  }
}
