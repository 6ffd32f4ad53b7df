extension Composer {
  /// Reads what `document` includes, then adds it to the files.
  @discardableResult
  func read(_ document: Node, origin: Int, depth: Int) -> Int {
    var below: Set<Int> = []
    if case .map(let pairs) = document.content,
      let list = pairs.first(where: { $0.key.text == "include" })?.value
    {
      for item in texts(list, "include") {
        guard let place = include(item, origin, depth) else { continue }
        below.insert(files[place].origin)
        below.formUnion(files[place].below)
      }
    }
    files.append(File(origin: origin, document: document, below: below))
    return files.count - 1
  }

  /// The place among the files of the one that `item` names, read once however often it is included.
  private func include(_ item: Node, _ origin: Int, _ depth: Int) -> Int? {
    let name = item.text ?? ""
    let including = diagnostics.origin(origin)
    let path = SourceFile.path(of: name, from: including.file)
    let source: SourceFile
    switch SourceFile.read(path, isPart: true) {
    case .success(let found): source = found
    case .failure(let problem):
      error(
        item.mark, "'\(name)' cannot be read: \(problem.what)",
        "name a file as it is found from this one's folder, which this user may read")
      return nil
    }
    if let identity = source.identity, let place = known[identity] {
      guard let place else {
        error(item.mark, "'\(name)' leads back to itself", "take one of the includes out")
        return nil
      }
      return place
    }
    guard depth < ComposeLimits.includeDepth else {
      error(
        item.mark, "included deeper than \(ComposeLimits.includeDepth) files",
        "a plant needs no such depth")
      return nil
    }
    fileCount += 1
    byteCount += source.bytes.count
    guard fileCount <= ComposeLimits.files, byteCount <= ComposeLimits.bytes else {
      error(
        item.mark,
        "more than \(ComposeLimits.files) files or \(ComposeLimits.bytes) bytes together",
        "a plant needs no more; use templates for what is alike")
      return nil
    }
    let use = Origin.Use(place: diagnostics.place(item.mark))
    let part = diagnostics.add(Origin(file: path, uses: [use] + including.uses))
    if let identity = source.identity { known[identity] = .some(nil) }
    let parser = Parser(bytes: source.bytes, diagnostics: diagnostics, origin: part)
    let toldBefore = diagnostics.all.count
    guard let document = parser.document(), case .map = document.content else {
      hasFailed = true
      if diagnostics.all.count == toldBefore {
        error(
          item.mark, "'\(name)' is no part of a plant",
          "mend it: it is sections with their names")
      }
      return nil
    }
    let place = read(document, origin: part, depth: depth + 1)
    if let identity = source.identity { known[identity] = place }
    return place
  }
}
