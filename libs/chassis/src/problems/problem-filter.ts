import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { correlationOf } from '../requests/correlation.js';
import type { Logger } from '../logs/logger.js';
import { problemMediaType } from './problem.js';
import { faultProblem, problemOf, refusalOf } from './problem-of.js';
import type { Refusal } from './refusal.js';
import { methodNotAllowed } from './standard-refusals.js';

/** The one place where an error becomes an answer. Faults are logged with their stack; refusals as information. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    /** The verbs that the address of this request knows; empty when it is unknown. */
    private readonly verbsOf: (request: Request) => readonly string[],
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const [request, response] = [host.switchToHttp().getRequest<Request>(), host.switchToHttp().getResponse<Response>()];
    const correlation = correlationOf(request);
    const refusal = this.wrongVerb(error, request) ?? refusalOf(error);
    if (!refusal || refusal.status >= 500) this.log.error({ correlation, error }, 'a request met a fault');
    else this.log.info({ correlation, status: refusal.status, code: refusal.code }, 'a request was refused');

    // The head of the answer is gone: cutting the connection is the only way left to say that the rest is not coming.
    if (response.headersSent) return void response.destroy();
    answerProblem(response, refusal, correlation);
  }

  private wrongVerb(error: unknown, request: Request): Refusal | undefined {
    if (!(error instanceof NotFoundException)) return undefined;
    const verbs = this.verbsOf(request);
    return verbs.length === 0 || verbs.includes(request.method) ? undefined : methodNotAllowed(verbs);
  }
}

/** Writes the problem document; without a refusal, that of a fault of ours. */
export function answerProblem(response: Response, refusal: Refusal | undefined, correlation: string): void {
  const problem = refusal ? problemOf(refusal, correlation) : faultProblem(correlation);
  if (problem.status === 401 && !response.hasHeader('www-authenticate')) response.setHeader('www-authenticate', 'Bearer');
  for (const [name, value] of Object.entries(refusal?.headers ?? {})) response.setHeader(name, value);
  response.status(problem.status).type(problemMediaType).send(JSON.stringify(problem));
}
