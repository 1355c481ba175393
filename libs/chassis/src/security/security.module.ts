import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessAuditController } from './journal/access-audit.controller.js';
import { AccessJournal } from './journal/access-journal.js';
import { JournalController } from './journal/journal.controller.js';
import { JournalDuty } from './policy/journal-duty.js';
import { PolicyGuard, type GuardParts } from './policy/guard.js';

@Module({})
class SecurityModule {}

/** Puts the guard before every route of the application and the duty to journal behind it; shows people who looked at their account. */
export const securityModule = (parts: GuardParts): DynamicModule => ({
  module: SecurityModule,
  controllers: [JournalController, AccessAuditController],
  providers: [
    { provide: AccessJournal, useValue: parts.journal },
    { provide: APP_GUARD, useValue: new PolicyGuard(parts) },
    { provide: APP_INTERCEPTOR, useValue: new JournalDuty() },
  ],
});
