import { Module, VersioningType, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import express, { type Request, type Response } from 'express';
import { entrance } from './http/entrance.js';
import { documentationPolicy } from './http/headers.js';
import type { RequestHandler } from './http/http-host.js';
import { verbsOf } from './http/verbs.js';
import { nestLogger, type Logger } from './logs/logger.js';
import type { ServiceMetrics } from './metrics/service-metrics.js';
import { openApiDocument, type CallerCredential } from './openapi/openapi.js';
import { answerProblem, ProblemFilter } from './problems/problem-filter.js';
import { refuse } from './problems/standard-refusals.js';
import { correlationOf } from './requests/correlation.js';
import { RequestValidation } from './requests/request-validation.js';

interface ApplicationParts {
  readonly name: string;
  readonly title: string;
  readonly log: Logger;
  readonly metrics: ServiceMetrics;
  readonly production: boolean;
  /** How its documentation says that one is known to it. */
  readonly knownBy: CallerCredential;
  /** In the order in which their guards are asked. */
  readonly modules: readonly DynamicModule[];
  /** Routes that no guard can judge; with any of them, the start is refused. */
  readonly unguarded: (app: INestApplication) => readonly string[];
  /** The consumer that it hosts, when it has one. */
  readonly strategy?: CustomTransportStrategy;
}

export interface Application {
  readonly handle: RequestHandler;
  /** Starts the consumer, which the application hosts. */
  start(): Promise<void>;
  /** Routes and consumer: what is under way is finished. */
  close(): Promise<void>;
}

@Module({})
class ServiceRoot {}

/** The Nest application of a service, without a port of its own: it answers requests that the host hands to it. */
export async function createApplication(parts: ApplicationParts): Promise<Application> {
  const { name, title, log, metrics, production, strategy } = parts;
  const server = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  server.use(entrance({ name, log, metrics, production }));
  server.use(`/api/${name}/docs`, (_: Request, response: Response, next: () => void) => {
    response.setHeader('content-security-policy', documentationPolicy);
    next();
  });

  const options = { bodyParser: false, logger: nestLogger(log), abortOnError: false };
  const app = await NestFactory.create<NestExpressApplication>(
    { module: ServiceRoot, imports: [...parts.modules] },
    new ExpressAdapter(server),
    options,
  );
  app.setGlobalPrefix(`api/${name}`);
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  app.useGlobalFilters(new ProblemFilter(log, (request) => verbsOf(server, request)));
  app.useGlobalPipes(new RequestValidation());
  SwaggerModule.setup(`api/${name}/docs`, app, openApiDocument(app, title, parts.knownBy), {
    jsonDocumentUrl: `api/${name}/v1/openapi.json`,
    raw: ['json'],
  });
  if (strategy) app.connectMicroservice({ strategy });
  await app.init();
  server.use((request: Request, response: Response) => answerProblem(response, refuse('not-found'), correlationOf(request)));

  const unguarded = parts.unguarded(app);
  if (unguarded.length > 0) throw new Error(`Routes that the policy does not hold: ${unguarded.join('; ')}`);
  return {
    handle: server as unknown as RequestHandler,
    start: async () => void (await app.startAllMicroservices()),
    close: () => app.close(),
  };
}
