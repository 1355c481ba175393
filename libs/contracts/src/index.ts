export { authorOf, authors, flowStream, isFlowStream, topicOf, type Author, type Fact, type Vector } from './envelope.js';
export { canonicalJson, digestOf, sha256 } from './digest.js';
export { ChainWalk, genesis, linkHash, type ChainFault, type ChainHead, type ChainLink } from './chain.js';
export { catalogue, factTypes, isKnownType, type FactData, type FactType } from './catalogue.js';
export {
  authorOfType,
  checkFact,
  draft,
  isFact,
  isStream,
  parseFact,
  payloadFaults,
  UnreadableFact,
  writeFact,
  type FactDraft,
} from './fact.js';
export {
  accountPattern,
  attestationPattern,
  dayPattern,
  digestPattern,
  flowPattern,
  instalmentPattern,
  instantPattern,
  isDayText,
  lineOfTextPattern,
  moneyPattern,
  positiveMoneyPattern,
  ratePattern,
  rumPattern,
  uuidPattern,
} from './fields.js';
export { paymentReferenceOf, readPaymentReference, type PaymentReference } from './payment-reference.js';
export { debitReferenceOf, readDebitReference, type DebitReference } from './debit-reference.js';
export { readRefundReference, refundReferenceOf, type RefundReference } from './refund-reference.js';
export { fundCodes, groups, regimes, spouseOptions, type Group, type Regime, type SpouseOption } from './affiliation.events.js';
export {
  activities,
  exOfficioBases,
  incomeKinds,
  means,
  periodicities,
  stages,
  type ExOfficioBase,
  type IncomeKind,
  type Means,
  type Periodicity,
  type Stage,
} from './collection.events.js';
export { remissionGrounds, surchargeCodes, type RemissionGround, type SurchargeCode } from './surcharge.events.js';
export {
  debitSequences,
  examinedOutcomes,
  returnOutcomes,
  type DebitSequence,
  type ExaminedOutcome,
  type ReturnOutcome,
} from './debit.events.js';
export { anomalyTypes, onlineOutcomes, type AnomalyType, type OnlineOutcome } from './urssaf-sync.events.js';
export {
  affiliationEvents,
  recoveryEvents,
  toldAmountOf,
  type AffiliationEvent,
  type AllocationRecord,
  type OutgoingRecord,
  type RecoveryEvent,
  type RecoveryRecord,
} from './outgoing-records.js';
export {
  controlAmountOf,
  declarants,
  lineOf,
  signedPartOf,
  writeBatch,
  type BalanceRecord,
  type BatchHeader,
  type BatchRecord,
  type BatchTrailer,
  type Declarant,
  type IncomeRecord,
  type MoneyRecord,
  type PaymentRecord,
  type ReversalRecord,
  type TaxIncomeRecord,
  type TurnoverRecord,
  type WrittenBatch,
} from './partner-batch.js';
