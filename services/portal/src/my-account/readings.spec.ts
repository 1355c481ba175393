import { describe, expect, it } from '@jest/globals';
import { visitsOf } from './readings.js';

const entry = (service: 'affiliation' | 'collection', at: string, changes: object = {}) => ({
  ...{ service, wallAt: `2026-11-22T${at}.000Z`, org: 'rsi', role: 'agent', funds: ['13'], purpose: 'Réclamation du 12 mai' },
  ...{ operation: 'accounts.view', ...changes },
});

describe('I9 — who opened my account, as the person is told', () => {
  it('one visit of an office for one purpose is one line, whatever it read in whichever service', () => {
    const visits = visitsOf([entry('collection', '10:05:00'), entry('affiliation', '10:00:00'), entry('collection', '10:34:59')]);
    expect(visits).toHaveLength(1);
    expect(visits[0]).toMatchObject({
      firstAt: '2026-11-22T10:00:00.000Z',
      lastAt: '2026-11-22T10:34:59.000Z',
      purpose: 'Réclamation du 12 mai',
    });
    expect(visits[0]?.operations.map(({ service }) => service)).toEqual(['affiliation', 'collection', 'collection']);
  });

  it.each([
    ['after half an hour', { wallAt: '2026-11-22T10:30:00.000Z' }],
    ['for another purpose', { purpose: 'Contrôle' }],
    ['by another organisation', { org: 'urssaf' }],
    ['by another fund', { funds: ['26'] }],
  ])('%s it is another visit', (_, changes) => {
    expect(visitsOf([entry('collection', '10:00:00'), entry('collection', '10:01:00', changes)])).toHaveLength(2);
  });

  it('the latest comes first', () => {
    const visits = visitsOf([entry('collection', '08:00:00'), entry('collection', '10:00:00')]);
    expect(visits.map(({ firstAt }) => firstAt.slice(11, 16))).toEqual(['10:00', '08:00']);
  });
});
