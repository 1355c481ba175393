export { adjust } from './adjustment.js';
export type { AdjustedLine, Adjustment } from './adjustment.js';
export type { Breakdown, ExplainedBreakdown, ExplainedLine, Line, Part } from './breakdown.js';
export { explain, groundTexts, price, rules } from './calculate.js';
export type { Dated, Known } from './dated.js';
export type { Bound, Derivation, ParameterInForce } from './derivation.js';
export { calendarOf, changeNoticeDays, finalSettlementDay, firstPaymentDelayDays, singlePaymentSlot } from './instalments/calendar.js';
export type { Periodicity, Slot } from './instalments/calendar.js';
export {
  changeEstimate,
  changePeriodicity,
  firstYearSlots,
  periodicityCountsFrom,
  quarterlyNoticeDays,
  slotsFrom,
} from './instalments/changes.js';
export { cutEqually, spreadAgain } from './instalments/cut.js';
export type { Instalment, OwedLine } from './instalments/cut.js';
export { allocationOrder, inLegalOrder, rankInLegalOrder } from './instalments/legal-order.js';
export { pass } from './law/pass.js';
export { quarterIncome } from './law/quarters.js';
export { priceLiberalPension } from './liberal-pension.js';
export { lineCodes } from './owed.js';
export type { LineCode, Relief, ReliefCode, Rule, Share, Text } from './owed.js';
export { readSituation } from './reading.js';
export { PricingRefusal } from './refusal.js';
export type { PricingRefusalCode } from './refusal.js';
export { pricedYears, rulesVersion } from './revisions.js';
export { acreEndsOn as reliefOfStartersEndsOn } from './rules/acre.js';
export { assessedAutomatically, penalBase, undeclaredEndBase } from './rules/automatic-assessment.js';
export type { PenalBase, UndeclaredEnd, UndeclaredEndBase, UndeclaredIncome } from './rules/automatic-assessment.js';
export { declarationDeadline, lastDeclarationDeadline } from './rules/declaration-deadline.js';
export { lateDeclarationPenalty } from './rules/late-declaration.js';
export type { LateDeclarationPenalty, Lateness } from './rules/late-declaration.js';
export { lateSurcharges } from './rules/late-surcharges.js';
export type { LatePayment, LateSurcharges, Surcharge } from './rules/late-surcharges.js';
export { microExit } from './rules/micro-exit.js';
export type { DeclaredPeriod, MicroExit } from './rules/micro-exit.js';
export { microReliefRunsOn } from './rules/micro-acre.js';
export { missingDeclarations } from './rules/micro-missing-declaration.js';
export type { DeclarationRhythm, MissingDeclarationDue, MissingDeclarations } from './rules/micro-missing-declaration.js';
export { offlineSurcharge, onlineDuty } from './rules/online-declaration.js';
export type { OfflineSurcharge, OnlineDuty } from './rules/online-declaration.js';
export { smallDebt } from './rules/small-debts.js';
export { decidesRemission, isRemittedAutomatically, monthsMayBeRemitted } from './rules/surcharge-remission.js';
export type { PaidLate } from './rules/surcharge-remission.js';
export { underEstimateSurcharge } from './rules/under-estimate.js';
export type { Estimate, UnderEstimate } from './rules/under-estimate.js';
export { cashCalendar } from './cash-calendar.js';
export type { CashCalendar, CashFlow, Forecast } from './cash-calendar.js';
export { Rehearsal, rehearse } from './rehearsal.js';
export type { ProfileEffect, RehearsalReport, RehearsedPerson } from './rehearsal.js';
export type { TrialValue } from './trial.js';
export { incomeForNet, simulate } from './simulator.js';
export type { Simulation } from './simulator.js';
export { priceActivities } from './several-activities.js';
export { explainSpouse, inTheSpousesName, priceSpouse } from './spouse.js';
export type {
  Acre,
  Activity,
  AssessedSituation,
  Earnings,
  HealthProfession,
  LiberalSituation,
  MicroSituation,
  OverseasStart,
  PensionSection,
  Situation,
  SpouseOption,
  Stage,
  Status,
  Term,
  TraderSituation,
} from './situation.js';
