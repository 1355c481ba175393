import { ValidationPipe } from '@nestjs/common';
import { invalidRequest } from '../problems/standard-refusals.js';
import { fieldErrors } from './accepted.js';

/**
 * Turns a body or a query into its request class, or refuses field by field. A field that the class does not know is refused
 * too: nobody sets `role` or `credit` by adding it to a form.
 */
export const requestValidation = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: true, value: true },
    exceptionFactory: (errors) => invalidRequest(fieldErrors(errors)),
  });
