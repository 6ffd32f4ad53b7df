/// Whole thousandths as a figure with three digits behind the point, exactly: litres as m³, Wh as kWh.
public enum Thousandths {
  public static func text(_ thousandths: Int64) -> String {
    let size = thousandths.magnitude
    let rest = "\(size % 1000)"
    let zeros = String(repeating: "0", count: 3 - rest.count)
    return (thousandths < 0 ? "−" : "") + "\(size / 1000).\(zeros)\(rest)"
  }
}
