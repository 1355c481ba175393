import {
  createParamDecorator,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
  type INestApplication,
  type Type,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { correlationOf, routesOf, type Logger } from '@isu/chassis';
import type { Request } from 'express';
import { refuse } from '../refusals.js';
import { cookieOf } from './cookie.js';
import { isOurOwn, isReadByOthers } from './csrf.js';
import type { AgentSession, InsuredSession, Session } from './session.js';
import type { Sessions } from './sessions.js';

/**
 * Who may come in by a route. The portal holds nobody's data: what of an account a visitor sees is decided by the services, by the
 * policy, from the token that we ask for them. Here it is only decided which pages are whose.
 */
export type Door = 'anyone' | 'insured' | 'agent';

const doorKey = 'isu:door';
const navigationKey = 'isu:navigation';

export const OpenTo = (door: Door): CustomDecorator => SetMetadata(doorKey, door);

/** The browser goes there by itself, sent by another site: the two steps of an agent's sign-in, and nothing else. */
export const ReachedByNavigation = (): CustomDecorator => SetMetadata(navigationKey, true);

const sessionKey = Symbol('isu:session');
type Known = Request & { [sessionKey]?: Session | null };

interface GuardParts {
  readonly sessions: Sessions;
  readonly origins: readonly string[];
  readonly log: Logger;
}

/** Before every route, and before its body is read: was it asked by a page of ours, who asks, is the page theirs. */
export class DoorGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly parts: GuardParts) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Known>();
    if (!this.isAskedByUs(request, context)) throw this.denied(request, 'forged-request');
    const cookie = cookieOf(request);
    const session = cookie === null ? null : await this.parts.sessions.current(cookie);
    request[sessionKey] = session;
    const door = doorOf(context.getHandler(), context.getClass());
    if (door === 'anyone') return true;
    if (!session) throw this.denied(request, 'sign-in-required');
    if (session.kind !== door) throw this.denied(request, 'not-for-you');
    return true;
  }

  private isAskedByUs(request: Request, context: ExecutionContext): boolean {
    if (request.method !== 'GET' && request.method !== 'HEAD') return isOurOwn(request, this.parts.origins);
    return this.reflector.get<boolean | undefined>(navigationKey, context.getHandler()) === true || !isReadByOthers(request);
  }

  private denied(request: Request, code: 'forged-request' | 'sign-in-required' | 'not-for-you') {
    this.parts.log.warn({ correlation: correlationOf(request), code }, 'a request was denied');
    return refuse(code);
  }
}

const doorOf = (handler: object, controller: Type): Door | undefined =>
  (Reflect.getMetadata(doorKey, handler) ?? Reflect.getMetadata(doorKey, controller)) as Door | undefined;

/** Routes without a door; the portal does not start with any. */
export const doorlessRoutes = (app: INestApplication | readonly Type[]): string[] =>
  routesOf(app)
    .filter(({ handler, controller }) => doorOf(handler, controller) === undefined)
    .map(({ controller, name }) => `${controller.name}.${name}: no @OpenTo`);

export const sessionOf = (request: Request): Session | null => (request as Known)[sessionKey] ?? null;

/** Hands a handler whoever signed in; null where nobody need have. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Session | null =>
  sessionOf(context.switchToHttp().getRequest<Request>()),
);

export const Insured = createParamDecorator((_: unknown, context: ExecutionContext): InsuredSession => {
  const session = sessionOf(context.switchToHttp().getRequest<Request>());
  if (session?.kind !== 'insured') throw new Error('This route is not behind the door of insured people.');
  return session;
});

export const Agent = createParamDecorator((_: unknown, context: ExecutionContext): AgentSession => {
  const session = sessionOf(context.switchToHttp().getRequest<Request>());
  if (session?.kind !== 'agent') throw new Error('This route is not behind the door of agents.');
  return session;
});
