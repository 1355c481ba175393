import { digestOf } from '@isu/contracts';
import { FactPen } from './fact-pen.js';
import { sequentialIds } from './sequential-ids.js';

const [karim, nadia] = ['1300000000129', '1300000000226'];

describe('the pen of authors who are not there', () => {
  it('numbers and chains each stream by author, from 1 and without holes', () => {
    const pen = new FactPen(sequentialIds(1));
    const opened = (stream: string) =>
      pen.write({ type: 'collection.account-opened.v1', stream, effectiveOn: '2016-05-20', data: { openedOn: '2016-05-20' } as never });
    const [first, other, second] = [opened(karim), opened(nadia), opened(karim)];
    const ended = pen.write({
      type: 'affiliation.ended.v1',
      stream: karim,
      effectiveOn: '2016-05-20',
      data: { on: '2016-05-20', cause: 'cessation' },
    });
    expect([first, other, second, ended].map(({ seq }) => seq)).toEqual([1, 1, 2, 1]);
    expect([first.previous, second.previous, ended.previous]).toEqual([null, digestOf(first), null]);
    expect(new Set([first, other, second, ended].map(({ id }) => id)).size).toBe(4);
  });
});
