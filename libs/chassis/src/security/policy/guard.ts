import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { Logger } from '../../logs/logger.js';
import { refuse, unavailable } from '../../problems/standard-refusals.js';
import { refusals, type Refusal } from '../../problems/refusal.js';
import { correlationOf } from '../../requests/correlation.js';
import type { AccessJournal } from '../journal/access-journal.js';
import type { Bearer, TokenVerifier } from '../tokens/bearer.js';
import { TokenRefused } from '../tokens/claims.js';
import { IssuerUnavailable } from '../tokens/issuer-endpoints.js';
import { Access, type Journaling } from './access.js';
import { actorOf } from './actors.js';
import { keepAccess, routePolicyKey, type RoutePolicy } from './allowed.js';
import type { BusinessClock } from '@isu/values';
import { decide, mustJournal } from './decision.js';
import type { HoldingFunds } from './holding-funds.js';
import { policy } from './policy.js';
import { aimedAt } from './reach.js';
import { acceptedPurpose, aimsOf, purposeOf } from './request-aims.js';

const refuseUse = refusals({
  'purpose-required': {
    status: 400,
    title: 'Motif de consultation absent',
    detail: () => 'Consulter le dossier d’une autre personne demande un motif, qui est inscrit au journal des accès.',
    field: 'Isu-Purpose',
    accepted: acceptedPurpose,
  },
});

export interface GuardParts {
  readonly verifier: TokenVerifier;
  readonly journal: AccessJournal;
  readonly holding: HoldingFunds;
  readonly clock: Pick<BusinessClock, 'today'>;
  readonly log: Logger;
  readonly countDenial?: (status: number) => void;
}

type Operated = Exclude<RoutePolicy, 'public'>;

/** Stands before every route: who asks, what the policy says, and the entry in the journal. What it cannot judge it refuses. */
export class PolicyGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly parts: GuardParts) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const route = this.reflector.getAllAndOverride<RoutePolicy | undefined>(routePolicyKey, [context.getHandler(), context.getClass()]);
    if (route === 'public') return true;
    const [request, response] = [context.switchToHttp().getRequest<Request>(), context.switchToHttp().getResponse<Response>()];
    const bearer = await this.authenticate(request, response);
    if (!route) throw this.denied(request, refuse('forbidden'), { code: 'route-without-policy' });
    const access = await this.judge(request, route, bearer);
    await this.journalWhatIsKnown(request, route, access);
    keepAccess(request, access);
    return true;
  }

  private async authenticate(request: Request, response: Response): Promise<Bearer> {
    const { authorization } = request.headers;
    try {
      return await this.parts.verifier.verify(authorization);
    } catch (fault) {
      if (fault instanceof IssuerUnavailable) {
        this.parts.log.error({ correlation: correlationOf(request), error: fault }, 'the issuer of tokens cannot be reached');
        throw unavailable();
      }
      if (!(fault instanceof TokenRefused)) throw fault;
      // RFC 6750, 3.1: no error code when no token came. Which check failed stays in our log.
      response.setHeader(
        'www-authenticate',
        authorization === undefined ? 'Bearer realm="isu"' : 'Bearer realm="isu", error="invalid_token"',
      );
      throw this.denied(request, refuse('unauthenticated'), { reason: fault.reason });
    }
  }

  private async judge(request: Request, { operation, aims }: Operated, { subject, token }: Bearer): Promise<Access> {
    const { holding, clock } = this.parts;
    const aimed = await aimedAt(aimsOf(request, aims), subject.funds.length > 0, holding);
    const decision = decide(subject, operation, aimed, clock.today().iso);
    if (decision.effect === 'deny') {
      const refusal = refuse(decision.because === 'function' ? 'forbidden' : 'not-found');
      throw this.denied(request, refusal, { operation, actor: actorOf(subject) ?? 'nobody', reason: `out-of-${decision.because}` });
    }
    const journaling = this.journalingFor(request, mustJournal(subject, decision.relation, policy[operation].personal), subject.purpose);
    const { effect, reach } = decision;
    const finding = { subject, operation, masked: effect === 'mask', reach, token, correlation: correlationOf(request) };
    return new Access(finding, holding, journaling);
  }

  private journalingFor(request: Request, journaled: boolean, purposeInToken: string | null): Journaling | null {
    if (!journaled) return null;
    const purpose = purposeOf(request, purposeInToken);
    if (purpose === null) throw refuseUse('purpose-required');
    return { journal: this.parts.journal, purpose };
  }

  /** Before the handler runs: an entry that cannot be written stops the request, and a handler that answers by itself cannot pass it by. */
  private async journalWhatIsKnown(request: Request, { operation, aims }: Operated, access: Access): Promise<void> {
    if (!access.owesEntry || policy[operation].about === 'search') return;
    const accounts = aimsOf(request, aims).flatMap((aim) => ('account' in aim ? [aim.account] : []));
    await (accounts.length > 0 ? access.showing(accounts) : access.showingList());
  }

  private denied(request: Request, refusal: Refusal, fields: Readonly<Record<string, string>>): Refusal {
    this.parts.log.warn({ correlation: correlationOf(request), status: refusal.status, ...fields }, 'a request was denied');
    this.parts.countDenial?.(refusal.status);
    return refusal;
  }
}
