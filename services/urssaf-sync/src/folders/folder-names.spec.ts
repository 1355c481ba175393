import { Refusal } from '@isu/chassis';
import { bankFolder, batchOfReceipt, kindOf, nameOfBatch, withoutEnding } from './folder-names.js';
import { reasonText } from './reason-text.js';

describe('names of files in a partner’s folder', () => {
  it.each<[string, ReturnType<typeof kindOf>]>([
    ['payments-000000012.ndjson', 'batch'],
    ['lot du 19 mai.ndjson', 'strange'],
    ['lot-19-mai.ndjson', 'batch'],
    ['payments-000000012.ndjson.sig', 'signature'],
    ['assessments-000000013.receipt.json', 'receipt'],
    ['assessments-13.receipt.json', 'strange'],
    ['payments-000000012.ndjson.part', 'being-written'],
    ['payments-000000012.ndjson.filepart', 'being-written'],
    ['.payments-000000012.ndjson.Xy12', 'being-written'],
    ['..ndjson', 'being-written'],
    ['payments.ndjson~', 'strange'],
    ['été.ndjson', 'strange'],
    [`${'a'.repeat(200)}.ndjson`, 'strange'],
    ['notes.txt', 'strange'],
  ])('%s: %s', (name, kind) => expect(kindOf(name, 'urssaf')).toBe(kind));

  it.each<[string, ReturnType<typeof kindOf>]>([
    ['camt054-20160519.xml', 'bank-file'],
    ['camt054-20160519.xml.part', 'being-written'],
    ['payments-000000012.ndjson', 'strange'],
  ])('%s, from the bank: %s', (name, kind) => expect(kindOf(name, bankFolder)).toBe(kind));

  it('what the bank writes is nothing that a partner lays', () => expect(kindOf('camt054-20160519.xml', 'urssaf')).toBe('strange'));

  it('our batch and its receipt name each other', () => {
    expect(nameOfBatch({ flow: 'incomes-out', number: 13 })).toBe('incomes-out-000000013.ndjson');
    expect(batchOfReceipt('incomes-out-000000013.receipt.json')).toEqual({ flow: 'incomes-out', number: 13 });
    expect(['a-1.ndjson', 'a-000000001.receipt.json', 'c.xml'].map(withoutEnding)).toEqual(['a-1', 'a-000000001', 'c']);
  });

  it('I8 why a file is set aside is said in French, place by place, and its name cannot write lines of its own', () => {
    const errors = [{ field: 'line 2, amount', code: 'money-malformed', accepted: 'un montant' }];
    const refusal = new Refusal({ code: 'batch-refused', status: 422, title: 'Fichier refusé', detail: 'Rien n’a changé.', errors });
    expect(reasonText('a\nb.ndjson', refusal).split('\n')).toEqual([
      'Fichier mis en quarantaine : a?b.ndjson',
      'Fichier refusé (batch-refused)',
      'Rien n’a changé.',
      '- line 2, amount : money-malformed. Attendu : un montant.',
      'Corrigez-le et déposez-le de nouveau, avec sa signature, dans « inbox ».',
      '',
    ]);
  });
});
