import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { invalidRequest } from '../problems/standard-refusals.js';
import { fieldErrors } from './accepted.js';

/**
 * Turns a body or a query into its request class, or refuses field by field. A field that the class does not know is refused
 * too: nobody sets `role` or `credit` by adding it to a form. Path parameters have pipes of their own (`valueOf`).
 */
export class RequestValidation extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      validationError: { target: true, value: true },
      exceptionFactory: (errors) => invalidRequest(fieldErrors(errors)),
    });
  }

  protected override toValidate(metadata: ArgumentMetadata): boolean {
    return (metadata.type === 'body' || metadata.type === 'query') && metadata.data === undefined && super.toValidate(metadata);
  }

  /** What stands outside a request class is read by its own pipe, which must see the text: `Number` would take `0x7e0` for a year. */
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}
