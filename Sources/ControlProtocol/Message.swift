/// A call of JSON-RPC 2.0: one object on one line. Batches are not taken: a client that has several
/// calls writes several lines, and is answered in their order.
public struct Call: Sendable {
  public var method: String
  public var parameters: JSON
  /// A text, a whole number below 2^53, or null; nil for a notification, which gets no answer.
  public var id: JSON?

  public init(method: String, parameters: JSON = [:], id: JSON? = 1) {
    self.method = method
    self.parameters = parameters
    self.id = id
  }

  public var line: String {
    var members: [JSON.Member] = [.init("jsonrpc", "2.0")]
    if let id { members.append(.init("id", id)) }
    members += [.init("method", .text(method)), .init("params", parameters)]
    return JSON.object(members).line
  }

  /// A call from a line, or what to answer with.
  public static func parse(_ bytes: [UInt8]) throws(BadCall) -> Call {
    let value: JSON
    do throws(JSONError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw BadCall(failure: Failure(.parse, "not JSON: \(error)"), id: .null)
    }
    let id = value["id"]
    guard id.map(isIdentifier) ?? true else {
      throw bad("the id is a text, a whole number below 2^53, or null", nil)
    }
    guard value.members != nil, value["jsonrpc"]?.text == "2.0" else {
      throw bad("not a JSON-RPC 2.0 call: one object with \"jsonrpc\": \"2.0\"", id)
    }
    guard let method = value["method"]?.text else { throw bad("the call names no method", id) }
    let parameters = value["params"] ?? [:]
    guard parameters.members != nil else {
      throw bad("the parameters are given by name, as an object", id)
    }
    return Call(method: method, parameters: parameters, id: id)
  }

  private static func bad(_ text: String, _ id: JSON?) -> BadCall {
    BadCall(failure: Failure(.invalid, text), id: id ?? .null)
  }

  /// Whether it comes back to the caller just as it was sent: from 2^53 on, a number may have been
  /// another one.
  private static func isIdentifier(_ value: JSON) -> Bool {
    switch value {
    case .null, .text: true
    case .number(let number): number == number.rounded() && abs(number) < JSON.exactWhole
    case .bool, .list, .object: false
    }
  }
}

/// A line that is no call: why, and whose answer that is.
public struct BadCall: Error, Sendable, Hashable {
  public let failure: Failure
  /// The call's own identifier where it could be read, else null.
  public let id: JSON
}

/// Why a call was not carried out.
public struct Failure: Error, Sendable, Hashable {
  /// The codes of JSON-RPC 2.0, and ours below -32000.
  public enum Code: Int, Sendable, CaseIterable {
    case parse = -32700
    case invalid = -32600
    case unknownMethod = -32601
    case parameters = -32602
    /// The caller's role does not allow it.
    case forbidden = -32001
    /// A rule stands against it: `data` has the reason.
    case refused = -32002
    /// Too much at once; later.
    case busy = -32003
    /// Done, but the disk would not take it.
    case notSaved = -32004
  }

  public var code: Code
  public var message: String
  public var data: JSON

  public init(_ code: Code, _ message: String, data: JSON = .null) {
    self.code = code
    self.message = message
    self.data = data
  }
}

/// The answer to a call.
public enum Reply {
  public static func result(_ result: JSON, id: JSON) -> String {
    let reply: JSON = ["jsonrpc": "2.0", "id": id, "result": result]
    return reply.line
  }

  public static func failure(_ failure: Failure, id: JSON) -> String {
    let error: JSON = [
      "code": .number(Double(failure.code.rawValue)), "message": .text(failure.message),
      "data": failure.data,
    ]
    let reply: JSON = ["jsonrpc": "2.0", "id": id, "error": error]
    return reply.line
  }

  public static func outcome(_ outcome: Result<JSON, Failure>, id: JSON) -> String {
    switch outcome {
    case .success(let value): result(value, id: id)
    case .failure(let error): failure(error, id: id)
    }
  }

  /// Something told without being asked: the client subscribed to it.
  public static func notification(_ method: String, _ parameters: JSON) -> String {
    let message: JSON = ["jsonrpc": "2.0", "method": .text(method), "params": parameters]
    return message.line
  }
}
