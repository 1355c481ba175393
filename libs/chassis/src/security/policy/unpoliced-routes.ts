import 'reflect-metadata';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { routePolicyKey, type RoutePolicy } from './allowed.js';
import { policy, type Target } from './policy.js';

export interface Route {
  readonly controller: Type;
  readonly name: string;
  readonly handler: object;
}

/** Every route of an application, or of the controllers given. */
export function routesOf(where: INestApplicationContext | readonly Type[]): Route[] {
  const controllers = Array.isArray(where) ? (where as readonly Type[]) : controllersIn(where as INestApplicationContext);
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return new MetadataScanner()
      .getAllMethodNames(prototype)
      .map((name) => ({ controller, name, handler: prototype[name] as object }))
      .filter(({ handler }) => Reflect.hasMetadata(PATH_METADATA, handler) && Reflect.hasMetadata(METHOD_METADATA, handler));
  });
}

/**
 * Every route that the policy does not hold, as `Controller.handler: why`. Empty is right: the boot refuses to start with
 * any, and each service has a spec that says so, which fails the build.
 */
export function unpolicedRoutes(where: INestApplicationContext | readonly Type[]): string[] {
  return routesOf(where).flatMap(({ controller, name, handler }) => {
    const fault = faultOf(routePolicyOf(handler, controller));
    return fault === null ? [] : [`${controller.name}.${name}: ${fault}`];
  });
}

const routePolicyOf = (handler: object, controller: Type): RoutePolicy | undefined =>
  (Reflect.getMetadata(routePolicyKey, handler) ?? Reflect.getMetadata(routePolicyKey, controller)) as RoutePolicy | undefined;

function faultOf(route: RoutePolicy | undefined): string | null {
  if (route === undefined) return 'neither @Allowed nor @Public';
  if (route === 'public') return null;
  const rule = policy[route.operation] as (typeof policy)[typeof route.operation] | undefined;
  if (!rule) return `the policy has no operation ${route.operation}`;
  const target: Target = rule.about;
  return target === 'account' && !route.aims.account ? `${route.operation} does not say where the account is` : null;
}

function controllersIn(app: INestApplicationContext): Type[] {
  const modules = [...app.get(ModulesContainer).values()];
  const types = modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype as Type));
  return [...new Set(types)];
}
