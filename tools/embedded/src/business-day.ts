import type { MovableClock, RequestHandler } from '@isu/chassis';
import { isDayText } from '@isu/contracts';
import { Day } from '@isu/values';
import { isMeantHere } from './service-switch.js';

/** `POST /demonstration/day/2016-05-27`: the system lives on another business day from now on, forwards only. Everything else is left to `otherwise`. */
export const dayHandler =
  (clock: MovableClock, otherwise: RequestHandler): RequestHandler =>
  (request, response) => {
    const [, day] = /^\/demonstration\/day\/(\S+)$/.exec(request.url ?? '') ?? [];
    if (!isDayText(day) || !isMeantHere(request)) return otherwise(request, response);
    // Facts are recorded on the business day: one that goes back would write before what is written.
    if (Day.of(day).isBefore(clock.today())) return void response.writeHead(409).end();
    clock.moveTo(Day.of(day));
    response.writeHead(204).end();
  };
