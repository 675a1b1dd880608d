import Foundation
import Saha

/// The models of the screens: whoever shows one asks the session for it.
extension Session {
    /// Today.
    public func today(_ formats: Formats = Formats()) -> TodayModel { TodayModel(self, formats) }
    /// Customers.
    public func customers() -> CustomersModel { CustomersModel(self) }
    /// A customer.
    public func customer(_ id: CustomerId) -> CustomerModel { CustomerModel(self, id) }
    /// A prospect, or a customer's own data.
    public func form(_ id: CustomerId?) -> CustomerFormModel { CustomerFormModel(self, id) }
    /// A visit.
    public func visit(_ id: VisitId, _ formats: Formats = Formats()) -> VisitModel { VisitModel(self, formats, id) }
    /// A call.
    public func call(_ customer: CustomerId) -> CallModel { CallModel(self, customer) }
    /// A call that was logged.
    public func logged(_ call: CallId) -> LoggedCallModel { LoggedCallModel(self, call) }
    /// A planned visit.
    public func stop(_ item: PlanItemId) -> StopModel { StopModel(self, item) }
    /// A sale that is put together.
    public func sale(_ customer: CustomerId, visit: VisitId?, _ formats: Formats = Formats()) -> SaleModel {
        SaleModel(self, formats, customer, visit: visit)
    }
    /// A sale that was made.
    public func made(_ sale: SaleId, _ formats: Formats = Formats()) -> MadeSaleModel {
        MadeSaleModel(self, formats, sale)
    }
    /// Targets.
    public func targets(_ formats: Formats = Formats()) -> TargetsModel { TargetsModel(self, formats) }
    /// A target.
    public func target(_ id: TargetId, _ formats: Formats = Formats()) -> TargetModel { TargetModel(self, formats, id) }
    /// What waits and what was refused.
    public func changes(_ formats: Formats = Formats()) -> SyncModel { SyncModel(self, formats) }
    /// Settings.
    public func settings() -> SettingsModel { SettingsModel(self) }
}
