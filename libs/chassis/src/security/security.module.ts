import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { JournalDuty } from './policy/journal-duty.js';
import { PolicyGuard, type GuardParts } from './policy/guard.js';

@Module({})
class SecurityModule {}

/** Puts the guard before every route of the application, and the duty to journal behind it. */
export const securityModule = (parts: GuardParts): DynamicModule => ({
  module: SecurityModule,
  providers: [
    { provide: APP_GUARD, useValue: new PolicyGuard(parts) },
    { provide: APP_INTERCEPTOR, useValue: new JournalDuty() },
  ],
});
