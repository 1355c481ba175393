import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { problemMediaType } from '../problems/problem.js';
import { operationId, routeShapes, schemasOf, type JsonSchema, type RouteShape } from './request-classes.js';

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

const verbs = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** What a caller shows: an access token, or the cookie of a session. */
export type CallerCredential = 'bearer' | { readonly cookie: string };

/** OpenAPI 3.1 of a service: routes and answers from the controllers, requests from their classes, one problem document for every refusal. */
export function openApiDocument(app: INestApplication, title: string, knownBy: CallerCredential): OpenAPIObject {
  const builder = new DocumentBuilder().setTitle(`ISU — ${title}`).setVersion('1').setOpenAPIVersion('3.1.0');
  const signed = knownBy === 'bearer' ? builder.addBearerAuth() : builder.addCookieAuth(knownBy.cookie);
  const base = signed.addSecurityRequirements(knownBy === 'bearer' ? 'bearer' : 'cookie').build();
  const document = SwaggerModule.createDocument(app, base, { operationIdFactory: operationId });
  const shapes = routeShapes(app);
  const schemas = (document.components ??= {}).schemas as Record<string, unknown> | undefined;
  const described: Record<string, unknown> = { ...schemas, Problem: problemSchema };

  for (const path of Object.values(document.paths)) {
    for (const verb of verbs) {
      const operation = path[verb] as Operation | undefined;
      if (!operation) continue;
      const shape = shapes.get(operation.operationId);
      describeAnswer(operation, shape);
      operation.responses['default'] = { $ref: '#/components/responses/Problem' };
      describeRequest(operation, shape, described);
    }
  }
  document.components.schemas = described as NonNullable<typeof schemas> as typeof document.components.schemas;
  document.components.responses = {
    Problem: {
      description: 'Refus : document de problème (RFC 9457).',
      content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
  return document;
}

/** The status is the one that Nest answers with: there is one success. */
function describeAnswer(operation: Operation, shape: RouteShape | undefined): void {
  const [status] = Object.keys(operation.responses);
  if (!shape?.answer || status === undefined) return;
  const { description, schema, mediaType } = shape.answer;
  operation.responses[status] = { description, ...(schema && { content: { [mediaType]: { schema } } }) };
}

function describeRequest(operation: Operation, shape: RouteShape | undefined, schemas: Record<string, unknown>): void {
  const parameters = (operation.parameters ??= []);
  if (shape?.body) {
    for (const [name, schema] of schemasOf(shape.body)) schemas[name] = schema;
    const schema = { $ref: `#/components/schemas/${shape.body.name}` };
    operation.requestBody = { required: true, content: { 'application/json': { schema } } };
  }
  if (shape?.query) {
    const { properties = {}, required = [] } = schemasOf(shape.query).get(shape.query.name) as {
      properties?: Record<string, JsonSchema>;
      required?: string[];
    };
    const ours = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
    operation.parameters = [...parameters.filter(({ name, in: place }) => !(place === 'query' && name in properties)), ...ours];
  }
  if (shape?.creates) operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Choisie par l’appelant, répétée à chaque nouvel essai de la même demande.',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
};

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri-reference', examples: ['/problems/invalid-request'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable : pour les programmes.' },
    instance: { type: 'string', format: 'uuid', description: 'L’identifiant de corrélation, à citer pour demander de l’aide.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'accepted'],
        properties: {
          field: { type: 'string' },
          code: { type: 'string' },
          accepted: { type: 'string', description: 'Ce qui serait accepté.' },
        },
      },
    },
  },
};
