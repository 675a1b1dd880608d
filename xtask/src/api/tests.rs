use super::*;

fn listed(language: Language, text: &str) -> Vec<String> {
    let path = Path::new("SahaCore.swift");
    listing(language, file_declarations(language, path, text)).lines().map(str::to_owned).collect()
}

const KOTLIN: &str = r#"
package dev.saha.core

/** @suppress */
public object FfiConverterTypeX : FfiConverter<Int, Long> { override fun lift(value: Long): Int = 1 }
internal interface Hidden { fun no() }
public interface VisitsInterface {
    fun `get`(`id`: VisitId): Visit
    companion object
}
/**
 * Visits. { A brace in a comment, a /* nested */ one. }
 */
open class Visits: Disposable, AutoCloseable, VisitsInterface
{
    @Suppress("UNUSED_PARAMETER")
    /** @suppress */
    constructor(noHandle: NoHandle) { this.handle = 0 }
    protected val handle: Long
    private val said = "a { brace ${ "in a text" }" + '{'
    @Throws(SahaException::class)override fun `get`(`id`: VisitId): Visit {
        return callWithHandle { lift(it) }
    }
    override suspend fun `run`(
        `budget`: SyncBudget) : SyncReport
        = later { it }
    companion object { fun none(): Visits? = null }
}
data class NewSale (
    /** To whom. */
    val `customer`: kotlin.String
    ,
    val `discountsBp`: List<kotlin.Int> = listOf()
){
    companion object
}
enum class Wait {
    /** Nothing. */
    NOTHING,
    ONLY_REFUSED;
    companion object
}
sealed class SahaException: kotlin.Exception() {
    class NotFound(val `id`: kotlin.String) : SahaException() {
        override val message
            get() = "id=${ `id` }"
    }
}
public class Live private constructor(core: Core, public val name: String, private val secret: Int) {
    internal fun hidden() {}
    public suspend fun <T> flow(kind: Kind, again: (Kind) -> T): Flow<T> = callbackFlow { send(again(kind)) }
    public val names: List<String> get() = emptyList()
}
"#;

#[test]
fn kotlin_is_listed_without_what_is_hidden() {
    let expected = [
        "dev.saha.core.Live  class Live",
        "dev.saha.core.Live  val name: String",
        "dev.saha.core.Live  suspend fun <T> flow(kind: Kind, again: (Kind) -> T): Flow<T>",
        "dev.saha.core.Live  val names: List<String>",
        "dev.saha.core.NewSale  data class NewSale",
        "dev.saha.core.NewSale  val customer: String",
        "dev.saha.core.NewSale  val discountsBp: List<Int> = listOf()",
        "dev.saha.core.SahaException  sealed class SahaException: Exception",
        "dev.saha.core.SahaException.NotFound  class NotFound: SahaException",
        "dev.saha.core.SahaException.NotFound  val id: String",
        "dev.saha.core.SahaException.NotFound  override val message",
        "dev.saha.core.Visits  open class Visits: Disposable, AutoCloseable, VisitsInterface",
        "dev.saha.core.Visits  @Throws(SahaException::class) override fun get(id: VisitId): Visit",
        "dev.saha.core.Visits  override suspend fun run(budget: SyncBudget): SyncReport",
        "dev.saha.core.Visits.Companion  fun none(): Visits?",
        "dev.saha.core.Wait  enum class Wait",
        "dev.saha.core.Wait  NOTHING",
        "dev.saha.core.Wait  ONLY_REFUSED",
    ];
    assert_eq!(listed(Language::Kotlin, KOTLIN), expected);
}

const SWIFT: &str = r#"
public protocol VisitsProtocol: AnyObject {
    func get(id: VisitId)throws  -> Visit
}
open class Visits: VisitsProtocol, @unchecked Sendable {
    fileprivate let handle: UInt64
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public struct NoHandle { public init() {} }
    @_documentation(visibility: private)
    required public init(unsafeFromHandle handle: UInt64) { self.handle = handle }
    deinit { print("{ \(handle) ") }
open func get(id: VisitId)throws  -> Visit  {
    return try lift { $0 }
}
open func run(budget: SyncBudget)async throws  -> SyncReport  { return try await x() }
}
public struct FfiConverterTypeVisits { public static func lift() {} }
public
enum SahaError: Swift.Error, Equatable {
    case NotFound(
        id: String
    )
    case Closed
}
public struct Money: Hashable {
    public private(set) var amountMinor: Int64 = 3
    public var text: String { get { "x" } }
    var hidden: Int
    public init(
        /** Minor units. */amountMinor: Int64,
        currency: String = "{") { }
    public subscript(index: Int) -> Int { 1 }
}
extension Money: Sendable {}
public extension Money { func shown() -> Int { 1 } }
extension Money { func hidden() {}
    public func said() {} }
extension RustBuffer { public func no() {} }
public protocol Sink: Sendable { func log(line: String) throws }
"#;

#[test]
fn swift_is_listed_without_what_is_hidden() {
    let expected = [
        "SahaCore.Money  struct Money: Hashable",
        "SahaCore.Money  var amountMinor: Int64",
        "SahaCore.Money  var text: String",
        "SahaCore.Money  init(amountMinor: Int64, currency: String = \"_\")",
        "SahaCore.Money  subscript(index: Int) -> Int",
        "SahaCore.Money  extension Money: Sendable",
        "SahaCore.Money  func shown() -> Int",
        "SahaCore.Money  func said()",
        "SahaCore.SahaError  enum SahaError: Swift.Error, Equatable",
        "SahaCore.SahaError  case NotFound(id: String)",
        "SahaCore.SahaError  case Closed",
        "SahaCore.Sink  protocol Sink: Sendable",
        "SahaCore.Sink  func log(line: String) throws",
        "SahaCore.Visits  open class Visits: VisitsProtocol, @unchecked Sendable",
        "SahaCore.Visits  open func get(id: VisitId) throws -> Visit",
        "SahaCore.Visits  open func run(budget: SyncBudget) async throws -> SyncReport",
    ];
    assert_eq!(listed(Language::Swift, SWIFT), expected);
}

#[test]
fn a_difference_names_the_line_that_is_gone_and_the_one_that_is_new() {
    assert_eq!(differences("k.api", "A  fun a()\n", "A  fun a()\n"), Vec::<String>::new());
    let found = differences("k.api", "A  fun a()\nA  fun b()\n", "A  fun a()\nA  fun b(x: Int)\n");
    assert_eq!(found, ["k.api: gone: A  fun b()", "k.api: new: A  fun b(x: Int)"]);
}

#[test]
fn the_order_of_a_records_fields_is_part_of_its_api() {
    let found = differences("k.api", "A  val a: Int\nA  val b: Int\n", "A  val b: Int\nA  val a: Int\n");
    assert_eq!(found, ["k.api: the order of declarations changed"]);
}

#[test]
fn many_differences_are_named_up_to_a_number_and_then_counted() {
    let many: Vec<String> = (0..50).map(|number| format!("A  fun f{number}()\n")).collect();
    let found = differences("k.api", "", &many.concat());
    assert_eq!(found.len(), NAMED + 1);
    assert_eq!(found.last().unwrap(), "k.api: and 10 more differences");
}
