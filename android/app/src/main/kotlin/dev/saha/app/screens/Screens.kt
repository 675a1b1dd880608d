package dev.saha.app.screens

import dev.saha.app.app.Route
import dev.saha.app.app.Session
import dev.saha.app.app.Tab
import dev.saha.domain.CallId
import dev.saha.domain.CustomerId
import dev.saha.domain.PlanItemId
import dev.saha.domain.SaleId
import dev.saha.domain.TargetId
import dev.saha.domain.VisitId

// The models of the screens: whoever shows one asks the session for it, and gets the same for as long as it is open.

/** Today. */
fun Session.today(): TodayModel = model(Tab.TODAY) { TodayModel(this, formats) }

/** Customers. */
fun Session.customers(): CustomersModel = model(Tab.CUSTOMERS) { CustomersModel(this, formats) }

/** Targets. */
fun Session.targets(): TargetsModel = model(Tab.TARGETS) { TargetsModel(this, formats) }

/** What waits and what was refused. */
fun Session.changes(): SyncModel = model(Tab.SYNC) { SyncModel(this, formats) }

/** Settings. */
fun Session.settings(): SettingsModel = model(Tab.SETTINGS) { SettingsModel(this) }

/** A customer. */
fun Session.customer(id: CustomerId): CustomerModel = model(Route.Customer(id)) { CustomerModel(this, formats, id) }

/** A prospect, or a customer's own data. */
fun Session.form(id: CustomerId?): CustomerFormModel = model(Route.Form(id)) { CustomerFormModel(this, id) }

/** A visit. */
fun Session.visit(id: VisitId): VisitModel = model(Route.Visit(id)) { VisitModel(this, formats, id) }

/** A call. */
fun Session.call(customer: CustomerId): CallModel = model(Route.Call(customer)) { CallModel(this, customer) }

/** A call that was logged. */
fun Session.logged(call: CallId): LoggedCallModel = model(Route.Logged(call)) { LoggedCallModel(this, call) }

/** A planned visit. */
fun Session.stop(item: PlanItemId): StopModel = model(Route.Stop(item)) { StopModel(this, formats, item) }

/** A sale that is put together. */
fun Session.sale(customer: CustomerId, visit: VisitId?): SaleModel =
    model(Route.Sale(customer, visit)) { SaleModel(this, formats, customer, visit) }

/** A sale that was made. */
fun Session.made(sale: SaleId): MadeSaleModel = model(Route.Made(sale)) { MadeSaleModel(this, formats, sale) }

/** A target. */
fun Session.target(id: TargetId): TargetModel = model(Route.Target(id)) { TargetModel(this, formats, id) }

/** How typed values are written for him. */
val Session.formats: Formats get() = Formats(lang.locale)
