import Foundation

/// A document.
enum JSON: Codable, Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let values = try? container.decode([JSON].self) {
            self = .list(values)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .object(let fields): try container.encode(fields)
        }
    }

    /// What a document in that text says.
    init(parsing text: Data) throws {
        self = try JSONDecoder().decode(JSON.self, from: text)
    }

    subscript(name: String) -> JSON {
        guard case .object(let fields) = self else { return .null }
        return fields[name] ?? .null
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}

extension JSON {
    /// What a value of the package looks like in every language: field names in snake case, an enum's case without fields by its
    /// name.
    init(showing value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        self = try JSON(parsing: encoder.encode(value)).plain
    }

    /// Swift writes the case `inProgress` as `{"inProgress": {}}` and ids in capitals.
    private var plain: JSON {
        switch self {
        case .object(let fields):
            if fields.count == 1, let (name, inside) = fields.first, inside == .object([:]) { return .text(name) }
            return .object(fields.mapValues(\.plain))
        case .list(let values): return .list(values.map(\.plain))
        case .text(let text) where UUID(uuidString: text) != nil: return .text(text.lowercased())
        default: return self
        }
    }

    /// A value of the package from what a scenario says of it. `prototype` gives what is left out, and where an enum's case is
    /// meant by a text.
    func read<Value: Codable>(over prototype: Value) throws -> Value {
        let known = try JSON(parsing: JSONEncoder().encode(prototype))
        return try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(known.overlaid(by: self)))
    }

    private func overlaid(by said: JSON) -> JSON {
        switch (self, said) {
        case (_, .null): return .null
        case (.object(let fields), .text(let name)) where fields.count == 1:
            return .object([name.camelCase: .object([:])])
        case (.list(let known), .list(let values)):
            return .list(values.map { (known.first ?? .null).overlaid(by: $0) })
        case (.object(let known), .object(let fields)):
            return .object(
                fields.reduce(into: known) { all, field in
                    let name = field.key.camelCase
                    all[name] = (known[name] ?? .null).overlaid(by: field.value)
                })
        case (_, .object(let fields)):
            return .object(fields.reduce(into: [:]) { $0[$1.key.camelCase] = JSON.null.overlaid(by: $1.value) })
        default: return said
        }
    }

    /// Where `actual` is not as this says, if it is not.
    func difference(from actual: JSON, at path: String) -> String? {
        switch (self, actual) {
        case (.text("<any>"), _) where actual != .null: return nil
        case (.text("<uuid>"), .text(let id)) where UUID(uuidString: id) != nil: return nil
        case (.object(let expected), .object):
            return expected.sorted { $0.key < $1.key }.lazy
                .compactMap { $0.value.difference(from: actual[$0.key], at: "\(path).\($0.key)") }.first
        case (.list(let expected), .list(let values)):
            let isOpen = expected.last == .text("<more>")
            let wanted = isOpen ? expected.dropLast() : expected[...]
            guard wanted.count <= values.count, isOpen || wanted.count == values.count else { break }
            return zip(wanted, values).enumerated().lazy
                .compactMap { at, pair in pair.0.difference(from: pair.1, at: "\(path).\(at)") }.first
        case _ where self == actual: return nil
        default: break
        }
        return "\(path): expected \(self), and it is \(actual)"
    }
}

extension String {
    /// `lat_e7` as Swift spells it: `latE7`.
    fileprivate var camelCase: String {
        let words = split(separator: "_")
        return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}

/// Results by the names that steps gave them.
struct Memory {
    private var results: [String: JSON] = [:]

    mutating func keep(_ name: String, _ result: JSON) {
        results[name] = result
    }

    /// `value`, with what is remembered in place of each `$name.field`.
    func fill(_ value: JSON) throws -> JSON {
        switch value {
        case .text(let text) where text.hasPrefix("$"):
            let path = text.dropFirst().split(separator: ".").map(String.init)
            guard let name = path.first, var found = results[name] else { throw Failed("nothing is called \(text)") }
            for part in path.dropFirst() {
                if case .list(let values) = found, let at = Int(part), at < values.count {
                    found = values[at]
                } else {
                    found = found[part]
                }
            }
            return found
        case .list(let values): return .list(try values.map(fill))
        case .object(let fields): return .object(try fields.mapValues(fill))
        default: return value
        }
    }
}
