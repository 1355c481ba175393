import { type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { catchError, from, map, switchMap, throwError, type Observable } from 'rxjs';
import { accessOf } from './allowed.js';

/** Behind a handler that searches: an answer that shows people without a journal entry does not leave, and a search in vain is entered too. */
export class JournalDuty implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const access = accessOf(context.switchToHttp().getRequest<Request>());
    if (!access?.owesEntry) return next.handle();
    return next.handle().pipe(
      catchError((fault: unknown) => {
        const entered = access.owesEntry ? access.showing([]) : Promise.resolve();
        return from(entered).pipe(switchMap(() => throwError(() => fault)));
      }),
      map((answer: unknown) => {
        if (access.owesEntry) throw new Error(`${access.operation} showed people without telling the journal (access.showing).`);
        return answer;
      }),
    );
  }
}
