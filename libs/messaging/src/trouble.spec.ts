import { describe, expect, it } from '@jest/globals';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { faultFields, isPassingTrouble, NotAcceptingWrites } from './trouble.js';

const sqlFault = (code: string) =>
  new QueryFailedError('SELECT $1', ['2840675123456'], Object.assign(new Error('a value 2840675123456'), { code }));

describe('A fault of the road to the database, or of the fact in hand', () => {
  it.each(['08006', '40001', '40P01', '53300', '57P01', '57P03', '55P03', 'ECONNREFUSED', 'ECONNRESET'])(
    '%s passes: wait and try again',
    (code) => {
      expect(isPassingTrouble(sqlFault(code))).toBe(true);
      expect(isPassingTrouble(new Error('wrapped', { cause: sqlFault(code) }))).toBe(true);
    },
  );

  it.each(['23505', '22P02', '42703', '57014', 'P0001'])('%s does not pass: it concerns one fact', (code) => {
    expect(isPassingTrouble(sqlFault(code))).toBe(false);
  });

  it('knows what the drivers say without a code, and a gate that is still closed', () => {
    expect(isPassingTrouble(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isPassingTrouble(new Error('timeout exceeded when trying to connect'))).toBe(true);
    expect(isPassingTrouble(new NotAcceptingWrites('asking'))).toBe(true);
    expect(isPassingTrouble(new QueryRunnerAlreadyReleasedError())).toBe(true);
    expect(isPassingTrouble(new TypeError('x is not a function'))).toBe(false);
    expect(isPassingTrouble('a rejected word')).toBe(false);
  });

  it('knows the socket that a stopped server has taken away from a file that is missing', () => {
    const missing = (syscall: string) => Object.assign(new Error(`${syscall} ENOENT`), { code: 'ENOENT', syscall });
    expect(isPassingTrouble(missing('connect'))).toBe(true);
    expect(isPassingTrouble(missing('open'))).toBe(false);
  });

  it('logs kind and code, never a value (R14)', () => {
    expect(faultFields(sqlFault('23505'))).toEqual({ fault: 'QueryFailedError', code: '23505' });
    expect(faultFields('2840675123456')).toEqual({ fault: 'string', code: null });
  });
});
