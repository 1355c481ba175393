export { startService } from './start-service.js';
export { startFront, type BuiltFront, type FrontContext, type FrontDefinition, type FrontPlace, type RunningFront } from './start-front.js';
export type { HostContext, Place } from './hosting.js';
export { exitOnFault, runFront, runService, stopOnSignal, type BusWanted, type OpenBus } from './run-service.js';
export type { BuiltService, Environment, RunningService, ServiceContext, ServiceDefinition } from './service.js';

export {
  ConfigurationRefused,
  isDevelopment,
  readSettings,
  Setting,
  variablesOf,
  type Variables,
  type WrongSetting,
} from './settings/settings.js';
export { ProcessSettings } from './settings/process-settings.js';
export { ServiceSettings } from './settings/service-settings.js';

export { Refusal, refusals, type RefusalWording } from './problems/refusal.js';
export { invalidRequest, refuse, tooManyRequests, unavailable, unreadableBody } from './problems/standard-refusals.js';
export { problemMediaType, type FieldError, type Problem } from './problems/problem.js';
export { isPassingFault, problemOf, refusalOf } from './problems/problem-of.js';

export { LineOfText, valueOf, ValueOf, type ValueClass } from './requests/value-fields.js';
export { Accepts, bodyModule } from './requests/body-reader.js';
export { correlationOf, traceparentOf } from './requests/correlation.js';
export { inSpan } from './tracing/spans.js';
export { startTracing, type Tracing } from './tracing/tracing.js';
export { parseStrictJson, UnacceptableJson } from './requests/strict-json.js';

export { accept, type Acceptance } from './files/acceptance.js';
export { FileFaults, fileErrors, isCut, reasonOf, type FileFault } from './files/file-fault.js';
export { layWhole } from './files/lay-whole.js';
export { faultsOf, isObject, lineFields, said, type Field, type FieldFault, type JsonObject } from './files/line-fields.js';
export { isWrongEncoding } from './files/lines-of.js';
export { readNumberedFile, type AddFault, type ReadFile, type SeriesHeader, type SeriesTrailer } from './files/numbered-file.js';

export { Answers } from './openapi/answers.js';
export { accountSchemas } from './openapi/account-schemas.js';
export { wire, type WireSchema } from './openapi/wire.js';

export { Creations } from './creations/creations.js';
export { Creates } from './creations/creates.js';

export { BusSettings } from './bus/bus-settings.js';
export { openEmbeddedBus } from './bus/open-embedded-bus.js';
export { openKafkaBus } from './bus/open-kafka-bus.js';
export { HttpHost, type Mount, type RequestHandler } from './http/http-host.js';
export { RateLimit } from './http/rate-limit.js';
export { apiHeaders } from './http/headers.js';
export type { Readiness } from './health/readiness.js';
export { catalogue as metricsCatalogue, type MetricName } from './metrics/catalogue.js';
export { ServiceMetrics } from './metrics/service-metrics.js';

export { endOfDayInParis, parisDay, parisInstant } from './clocks/paris.js';
export { MovableClock, systemClock } from './clocks/system-clock.js';
export { createLogger, type Logger } from './logs/logger.js';
export type { LogField, LogFields } from './logs/redaction.js';
export { terminalDestination } from './logs/terminal.js';

export type { Block, Column, PrintedDocument, TableBlock } from './documents/document.js';
export { renderPdf } from './documents/pdf.js';
export { renderCsv, type Cell } from './documents/csv.js';

export {
  channels,
  deliveryStates,
  type Channel,
  type MessageToDeliver,
  type OutgoingMessage,
} from './outgoing-messages/outgoing-message.js';
export { letterWorker } from './outgoing-messages/letters.js';
export { FolderOfLetters, type Letter, type PrintPort } from './outgoing-messages/print-port.js';
export { outgoingMessageMigration } from './outgoing-messages/outgoing-message.migration.js';
export { OutgoingMessages, type ShownMessage } from './outgoing-messages/outgoing-messages.js';
export { OutgoingMessagesController } from './outgoing-messages/outgoing-messages.controller.js';

export { copyRows, type CopiedValue } from './database/copy-rows.js';
export { loopingWorker, type Worker } from './workers/worker.js';
export { asLeader, StandingLeader } from './workers/leader.js';
export { businessDays, daily, monthlyOn, onDemand, quarterlyOn, yearlyOn, type Calendar } from './jobs/calendar.js';
export { heldByNobody, HoldLost, type Held, type Advance, type Checkpoint, type Figures, type Job, type JobTurn } from './jobs/job.js';
export type { JobRun, RunState } from './jobs/job-run.table.js';
export { jobMigration } from './jobs/job.migration.js';
export { Jobs, type ShownJob } from './jobs/jobs.js';
export { prepareSchema } from './database/connect.js';
export { PreparingClient } from './database/preparing-client.js';
export { homeOf } from './database/provision.js';
export { MigrationRefused } from './database/migrate.js';
export { addressOf } from './peers/addresses.js';
export { PeerRefused, RestPeers } from './peers/rest-peers.js';
export { bucketsOf, leavesOf, type FingerprintBucket, type FingerprintLeaf } from './fingerprints/fingerprint-tree.js';
export type { OnFolded } from './fingerprints/fingerprint-worker.js';
export type { AccountStretch, OnRebuild } from './fingerprints/rebuild-job.js';
export { fingerprintMigration } from './fingerprints/fingerprint.migration.js';
export { fingerprintTreeMigration } from './fingerprints/fingerprint-tree.migration.js';
export { KnownFlows } from './flows/known-flows.js';

export { acceptedAlgorithms, audience, BearerToken, TokenVerifier, type Bearer, type TokenSettings } from './security/tokens/bearer.js';
export { isPurpose, organisations, organisationsOf, readClaims, roles, TokenRefused } from './security/tokens/claims.js';
export type { Identity, Organisation, Role, Subject } from './security/tokens/claims.js';
export { IssuerUnavailable } from './security/tokens/issuer-endpoints.js';
export { accessTokenType, apiResource, assertionGrant, ServiceTokens, tokenExchangeGrant } from './security/tokens/service-tokens.js';
export type { ServiceClientSettings, ServiceCredential } from './security/tokens/service-tokens.js';

export { Access } from './security/policy/access.js';
export { accessOf, Allowed, CurrentAccess, currentSubject, Public } from './security/policy/allowed.js';
export type { Operation } from './security/policy/operations.js';
export { aimedAt, reaches, type Aim, type Reach, type Target } from './security/policy/reach.js';
export { holdingFundsOf, type HoldingFunds } from './security/policy/holding-funds.js';
export { holdingFundMigration } from './security/policy/holding-fund.migration.js';
export { routesOf, unpolicedRoutes, type Route } from './security/policy/unpoliced-routes.js';

export { AccessJournal, type AccessEntry } from './security/journal/access-journal.js';
export { chainPage, chainPageOf, ChainQuery, type ChainPage } from './security/journal/chain-page.js';
export { journalSealer, type SealedJournal } from './security/journal/journal-sealer.js';
export { accessChain, journalHead, journalLag, sealEntries, type ChainedJournal, type JournalLag } from './security/journal/sealing.js';
export { verifyJournal, type JournalVerdict } from './security/journal/verification.js';

export { FieldProtection, PersonErased } from './security/protection/field-protection.js';
export type { FieldPlace, FieldToSeal, SealedField } from './security/protection/field-protection.js';
export { KeyRing, KeyRingRefused } from './security/protection/key-ring.js';
export { rowScopeByHolderSql, rowScopeSql, serviceScope, setScope } from './security/protection/row-scope.js';
export { SealBroken } from './security/protection/sealed-box.js';

export { securityMigrations } from './security/migrations.js';
export { personKeyMigration } from './security/protection/person-key.migration.js';
export { securityModule } from './security/security.module.js';
