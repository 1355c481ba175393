import { Module, SetMetadata, type CanActivate, type DynamicModule, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { unreadableBody } from '../problems/standard-refusals.js';
import { routePolicyKey } from '../security/policy/allowed.js';
import { parseStrictJson, UnacceptableJson } from './strict-json.js';

const acceptsKey = 'isu:accepts';
export const maxBodyBytes = 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** For the few routes that take files: these media types are left unread, and the use case reads the request as a stream. */
export const Accepts = (...mediaTypes: string[]): MethodDecorator => SetMetadata(acceptsKey, mediaTypes);

/**
 * Reads the body before the policy is asked, which may need to know what the body is about; but not for somebody who shows no
 * token where one is wanted. JSON in UTF-8 up to 1 MiB, and nothing else unless the route says `@Accepts(…)`.
 */
export class BodyReader implements CanActivate {
  private readonly reflector = new Reflector();

  /** `bearers`: from who shows a token, where one is wanted. `anyone`: the guard before this one has let them in. */
  constructor(private readonly from: 'bearers' | 'anyone' = 'bearers') {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (!hasBody(request) || !this.isAwaited(request, context)) return true;

    const mediaType = mediaTypeOf(request);
    const files = this.reflector.get<string[] | undefined>(acceptsKey, context.getHandler());
    if (!(files ?? ['application/json']).includes(mediaType)) throw unsupported(files ?? ['application/json']);
    if (!files) request.body = jsonOf(await bytesOf(request));
    return true;
  }

  private isAwaited(request: Request, context: ExecutionContext): boolean {
    const isPublic = this.reflector.getAllAndOverride<unknown>(routePolicyKey, [context.getHandler(), context.getClass()]) === 'public';
    return this.from === 'anyone' || isPublic || request.headers.authorization !== undefined;
  }
}

@Module({})
class BodyModule {}

export const bodyModule = (from?: 'anyone'): DynamicModule => ({
  module: BodyModule,
  providers: [{ provide: APP_GUARD, useValue: new BodyReader(from) }],
});

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? '0') > 0;

/** The media type alone; a charset other than UTF-8 or a content encoding makes it one that nobody accepts. */
function mediaTypeOf(request: Request): string {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  const plain = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  return plain && (request.headers['content-encoding'] ?? 'identity') === 'identity' ? type.trim() : '';
}

const unsupported = (accepted: readonly string[]) =>
  unreadableBody('unsupported-media-type', `Le corps doit être, en UTF-8 et sans compression : ${accepted.join(', ')}.`, 415);

const tooLarge = () => unreadableBody('body-too-large', 'Le corps de la demande dépasse 1 Mio.', 413);

async function bytesOf(request: Request): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? '0') > maxBodyBytes) throw tooLarge();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > maxBodyBytes) {
        parts.length = 0;
        request.removeAllListeners('data').resume();
        return reject(tooLarge());
      }
      return parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
    request.on('close', () => reject(unreadableBody('body-cut', 'Le corps de la demande s’est interrompu.')));
  });
}

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw unreadableBody('body-encoding', 'Le corps de la demande n’est pas en UTF-8.');
  }
}

function jsonOf(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return parseStrictJson(textOf(bytes));
  } catch (error) {
    if (error instanceof UnacceptableJson) throw unreadableBody(error.code, `Attendu : ${error.accepted}.`);
    throw error;
  }
}
