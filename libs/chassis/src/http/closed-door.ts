import { problemMediaType } from '../problems/problem.js';
import { problemOf } from '../problems/problem-of.js';
import { refuse } from '../problems/standard-refusals.js';
import { correlationOf } from '../requests/correlation.js';
import type { RequestHandler } from './http-host.js';

/** The routes of an instance that does not play `http`: nobody should be sent here. Its health and measures answer all the same. */
export const closedDoor: RequestHandler = (request, response) => {
  const problem = problemOf(refuse('not-found'), correlationOf(request));
  request.resume();
  response.writeHead(404, { 'content-type': problemMediaType }).end(JSON.stringify(problem));
};
