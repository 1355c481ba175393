import { Module, VersioningType, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import express, { type Request, type Response } from 'express';
import { CreationInterceptor } from './creations/creates.js';
import type { Exchange } from './exchange.js';
import { entrance } from './http/entrance.js';
import { documentationPolicy } from './http/headers.js';
import type { RequestHandler } from './http/http-host.js';
import { verbsOf } from './http/verbs.js';
import { nestLogger } from './logs/logger.js';
import { openApiDocument } from './openapi/openapi.js';
import { answerProblem, ProblemFilter } from './problems/problem-filter.js';
import { refuse } from './problems/standard-refusals.js';
import { BodyReader } from './requests/body-reader.js';
import { correlationOf } from './requests/correlation.js';
import { RequestValidation } from './requests/request-validation.js';
import { standardRooms } from './rooms/standard-rooms.js';
import { unpolicedRoutes } from './security/policy/unpoliced-routes.js';
import { securityModule } from './security/security.module.js';
import { TokenVerifier } from './security/tokens/bearer.js';
import type { BuiltService, ServiceContext, ServiceDefinition } from './service.js';
import { plays } from './settings/parts.js';

interface ApplicationParts {
  readonly definition: Pick<ServiceDefinition, 'name' | 'title' | 'servesAccountView'>;
  readonly context: ServiceContext;
  readonly built: BuiltService;
  readonly exchange: Exchange;
}

export interface Application {
  readonly handle: RequestHandler;
  /** Starts the consumer, which the application hosts. */
  start(): Promise<void>;
  /** Routes and consumer: what is under way is finished. */
  close(): Promise<void>;
}

@Module({})
class BodyModule {}

@Module({})
class ServiceRoot {}

/** The Nest application of a service, without a port of its own: it answers requests that the host hands to it. */
export async function createApplication(parts: ApplicationParts): Promise<Application> {
  const { definition, context, exchange } = parts;
  const { name, title } = definition;
  const server = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  server.use(entrance({ log: context.log, metrics: context.metrics, production: context.settings.environment === 'production' }));
  server.use(`/api/${name}/docs`, (_: Request, response: Response, next: () => void) => {
    response.setHeader('content-security-policy', documentationPolicy);
    next();
  });

  const options = { bodyParser: false, logger: nestLogger(context.log), abortOnError: false };
  const app = await NestFactory.create<NestExpressApplication>(rootModule(parts), new ExpressAdapter(server), options);
  app.setGlobalPrefix(`api/${name}`);
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  app.useGlobalFilters(new ProblemFilter(context.log, (request) => verbsOf(server, request)));
  app.useGlobalPipes(new RequestValidation());
  SwaggerModule.setup(`api/${name}/docs`, app, openApiDocument(app, title), {
    jsonDocumentUrl: `api/${name}/v1/openapi.json`,
    raw: ['json'],
  });
  if (plays(context.settings.role, 'consumer')) app.connectMicroservice({ strategy: exchange.strategy });
  await app.init();
  server.use((request: Request, response: Response) => answerProblem(response, refuse('not-found'), correlationOf(request)));

  const unpoliced = unpolicedRoutes(app);
  if (unpoliced.length > 0) throw new Error(`Routes that the policy does not hold: ${unpoliced.join('; ')}`);
  return {
    handle: server as unknown as RequestHandler,
    start: async () => void (await app.startAllMicroservices()),
    close: () => app.close(),
  };
}

/** Guards run in the order of the imports: the body is read, then the policy is asked. */
function rootModule({ definition, context, built, exchange }: ApplicationParts): DynamicModule {
  const { settings, clock, journal, log } = context;
  const verifier = new TokenVerifier({ issuer: settings.issuer }, clock);
  return {
    module: ServiceRoot,
    imports: [
      { module: BodyModule, providers: [{ provide: APP_GUARD, useValue: new BodyReader() }] },
      securityModule({ verifier, journal, log }),
      standardRooms({ context, parking: exchange.parking, servesAccountView: definition.servesAccountView }),
      built.module,
    ],
    providers: [{ provide: APP_INTERCEPTOR, useValue: new CreationInterceptor() }],
  };
}
