import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Subject } from '../tokens/claims.js';
import type { Access } from './access.js';
import type { Operation } from './operations.js';

/** Where in the request the target is named. */
export type AimSource = `${'param' | 'query' | 'body'}:${string}`;

export interface RouteAims {
  readonly account?: AimSource;
  readonly fund?: AimSource;
  readonly partner?: AimSource;
}

/** What a route says of itself: an operation of the policy, or that anybody may call it. */
export type RoutePolicy = { readonly operation: Operation; readonly aims: RouteAims } | 'public';

export const routePolicyKey = 'isu:route-policy';

/** The route carries out this operation; the policy decides for whom. `@Allowed('accounts.view', { account: 'param:account' })`. */
export const Allowed = (operation: Operation, aims: RouteAims = {}): CustomDecorator =>
  SetMetadata(routePolicyKey, { operation, aims } satisfies RoutePolicy);

/** Open to anybody, without a token: health, documentation. Never anything about a person. */
export const Public = (): CustomDecorator => SetMetadata(routePolicyKey, 'public' satisfies RoutePolicy);

const accessKey = Symbol('isu:access');

type Judged = Request & { [accessKey]?: Access };

export const keepAccess = (request: Request, access: Access): void => void ((request as Judged)[accessKey] = access);

/** What the guard found about the one who asks; undefined on a public route. */
export const accessOf = (request: Request): Access | undefined => (request as Judged)[accessKey];

/** Who asks, on a route that is not public. */
export const currentSubject = (request: Request): Subject => currentAccess(request).subject;

function currentAccess(request: Request): Access {
  const access = accessOf(request);
  if (!access) throw new Error('A public route has no access to speak of.');
  return access;
}

/** Hands a handler the guard's finding: `view(@CurrentAccess() access: Access)`. */
export const CurrentAccess = createParamDecorator((_: unknown, context: ExecutionContext): Access =>
  currentAccess(context.switchToHttp().getRequest<Request>()),
);
