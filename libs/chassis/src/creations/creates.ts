import assert from 'node:assert/strict';
import { Module, SetMetadata, type CallHandler, type DynamicModule, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { tap, type Observable } from 'rxjs';
import { idempotencyKeyOf, wasCreated } from './creations.js';

export const createsKey = 'isu:creates';

/** On every POST that creates something: an `Idempotency-Key` is required, and the handler goes through `Creations`. */
export const Creates = (): MethodDecorator => SetMetadata(createsKey, true);

export class CreationInterceptor implements NestInterceptor {
  private readonly reflector = new Reflector();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!this.reflector.get<boolean | undefined>(createsKey, context.getHandler())) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    idempotencyKeyOf(request);
    return next.handle().pipe(tap(() => assert(wasCreated(request), 'A route with @Creates() answers through Creations.creating.')));
  }
}

@Module({})
class CreationModule {}

export const creationModule = (): DynamicModule => ({
  module: CreationModule,
  providers: [{ provide: APP_INTERCEPTOR, useValue: new CreationInterceptor() }],
});
