import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileFaults } from '@isu/chassis';
import type { MoneyLine } from '../payments/money-line.js';
import { readBankFile } from './read-bank-file.js';

/**
 * What each published file must be read as, by hand from its entries: lines, of which payments, reversals and rejected orders (the others are refused, each
 * with its reason), and payments minus reversals in euros; or the code for which it is refused whole. An entry that is refused is one line, a
 * batch booking as many as its transactions.
 */
type Expected = string | readonly [lines: number, payments: number, reversals: number, rejectedOrders: number, total: string];

const notAccepted = 'message-not-accepted';

const statements: Readonly<Record<string, Expected>> = {
  'camt.053.001.02--bank-statement-import--test_files-camt053.xml': [1, 0, 0, 0, '0'], // one debit that is no return
  // 1 405.31 − (564.05 + 100.00) = 741.26; the plain debit of 754.25 is refused
  'camt.053.001.02--bank-statement-import--test_files-test-camt053.xml': [4, 1, 2, 0, '741.26'],
  // 1 405.31 − 594.05 = 811.26: the single transaction says 564.05, the entry is what was booked
  'camt.053.001.02--bank-statement-import--test_files-test-camt053-2.xml': [3, 1, 1, 0, '811.26'],
  'camt.053.001.02--bank-statement-import--test_files-test-camt053-3.xml': [4, 1, 2, 0, '741.26'],
  'camt.053.001.02--bank-statement-import--test_files-test-camt053-bookgdt-dttm.xml': [1, 0, 0, 0, '0'],
  'camt.053.001.02--bankstatementparser--camt053_duplicate_same_day.xml': [2, 0, 0, 0, '0'],
  'camt.053.001.02--bankstatementparser--camt053_garbled_amount.xml': [1, 0, 0, 0, '0'], // « 12..34 »
  'camt.053.001.02--camt--camt053.v2.all-balance-types.xml': [1, 1, 0, 0, '8.85'],
  'camt.053.001.02--camt--camt053.v2.five.decimals.xml': [1, 1, 0, 0, '8.85'],
  'camt.053.001.02--camt--camt053.v2.minimal.ultimate.xml': [1, 1, 0, 0, '8.85'],
  'camt.053.001.02--camt--camt053.v2.minimal.xml': [1, 1, 0, 0, '8.85'],
  'camt.053.001.02--camt--camt053.v2.multi.statement.xml': [2, 1, 0, 0, '8.85'], // two statements: + 8.85, a plain debit of 7.00
  'camt.053.001.02--camt--camt053.v2.with-account-name.xml': [1, 1, 0, 0, '8.85'],
  'camt.053.001.02--camt--camt053.v2.with-party-ids.xml': [1, 1, 0, 0, '8.85'],
  'camt.053.001.02--camt--camt053.v2.wrong.xml': [0, 0, 0, 0, '0'], // a header and no statement
  'camt.053.001.02--camt--camt53.only-Dt-with-DtTm.xml': [0, 0, 0, 0, '0'],
  'camt.053.001.02--camt-to-coda--account_statement-2.xml': [462, 10, 0, 0, '425004.99'], // ten credits among 462 entries
  'camt.053.001.02--camt-to-coda--account_statement.xml': [3, 1, 0, 0, '789904.40'],
  'camt.053.001.02--camt053--camt053.xml': [7, 0, 0, 0, '0'], // Swedish crowns
  'camt.053.001.02--camt053--error-camt053.xml': [2, 1, 0, 0, '50'],
  'camt.053.001.02--camt053--example-camt053-b.xml': [19, 0, 0, 0, '0'], // 18 in dollars, a debit in euros
  // 2 000 + 500 + 3 000 + 2 120 + 5 455 + 10 000 = 23 075; four debits
  'camt.053.001.02--iso20022--FI_camt_053_sample.xml': [10, 6, 0, 0, '23075'],
  // Credits 1 + 1 + 1 + 10 × 1 + 1 + 7 × 1 + 7 = 28, in 22 lines; returns 1 + 921; four debits: 28 − 922 = − 894
  'camt.053.001.02--iso20022.js--abn_amro-example_camt.xml': [28, 22, 2, 0, '-894'],
  'camt.053.001.02--pyiso20022--camt053_001_02.xml': [15, 0, 0, 0, '0'],
  'camt.053.001.02--sepa_file_parser--camt053-valid_example.xml': [4, 1, 0, 0, '1'],
  'camt.053.001.02--sepa_file_parser--missing_creditor_identifier.xml': [4, 1, 0, 0, '1'],
  'camt.053.001.02--sepa_file_parser--valid_example_with_other_id.xml': [0, 0, 0, 0, '0'],
  'camt.053.001.04--bank-statement-import--test_files-test-camt053-no-ntry.xml': [0, 0, 0, 0, '0'],
  'camt.053.001.04--bank-statement-import--test_files-test-camt053-txdtls.xml': [1, 0, 0, 0, '0'], // Swiss francs
  'camt.053.001.04--camt--camt053.v4.xml': [1, 1, 0, 0, '8.85'],
  'camt.053.001.04--sepa_file_parser--valid_example_v4.xml': [13, 0, 0, 0, '0'],
  'camt.053.001.08--camt--camt053.v8.xml': [1, 1, 0, 0, '8.85'],
  // No entry of these says its status: none is taken for booked.
  'camt.053.001.08--camt-to-coda--2024-03-08.xml': [4, 0, 0, 0, '0'],
  'camt.053.001.08--camt-to-coda--2024-06-28.xml': [13, 0, 0, 0, '0'],
  'camt.053.001.08--camt-to-coda--2024-09-27.xml': [14, 0, 0, 0, '0'],
};

const notices: Readonly<Record<string, Expected>> = {
  'camt.054.001.02--account-payment--test-sepa-camt-unpaid.xml': [1, 0, 1, 0, '-100'],
  'camt.054.001.02--camt--camt054.v2.with-account-name.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.02--camt--camt054.v2.xml': [1, 0, 0, 0, '0'],
  // 1 900 + 100 + 400 + 100 + 2 500 + 500 = 5 500; two debits, and returns that are told for information only
  'camt.054.001.02--iso20022--FI_camt_054_sample.xml': [9, 6, 0, 0, '5500'],
  'camt.054.001.02--metasfresh--camt54_v02.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.02--metasfresh--camt54_v02_QRR_MultipleTrxTypes.xml': [2, 0, 0, 0, '0'],
  'camt.054.001.04--bank-statement-import--test_files-test-camt054.xml': [1, 1, 0, 0, '5'],
  'camt.054.001.04--camt--camt054.v4.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--iso20022--200519_camt.054-Debit_P_CH2909000000250094239_1110092692_0_2.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--iso20022--200519_camt054-ESR-ASR_P_CH2909000000250094239_1110092704_0_.xml': [2, 0, 0, 0, '0'],
  'camt.054.001.04--iso20022--200519_camt054-epo_p_ch5109000000250092291_1110097605_0_2019-2.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--iso20022--200519_camt054-epo_p_ch5109000000250092291_1110097605_0_2019.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--iso20022--200519_camt054-returns_p_ch2909000000250094239_1109800798_0_.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--iso20022--camt.054-ES_P_CH0309000000250090342_38000000_0_2016052723011.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--iso20022--camt_054_Beispiel_SammelbuchungEs.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--metasfresh--camt054.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--metasfresh--camt054_QRR_MultipleTrxTypes.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--metasfresh--camt54_no_Btch.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--metasfresh--camt54_one_ESR_reference_missing.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.04--sepa_file_parser--camt054-valid_example.xml': [4, 0, 0, 0, '0'],
  'camt.054.001.08--camt--camt054.v8-with-UETR.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.08--camt--camt054.v8-with-financial-institution.xml': [1, 0, 0, 0, '0'],
  'camt.054.001.08--camt--camt054.v8.xml': [1, 0, 0, 0, '0'],
};

const reports: Readonly<Record<string, Expected>> = {
  'pain.002.001.03--account-payment--test-sepa-pain-unpaid.xml': [4, 0, 0, 4, '0'], // AC01, MS02, MD06, AM04
  'pain.002.001.03--account-payment--test-sepa-unpaid.xml': [4, 0, 0, 4, '0'],
  'pain.002.001.03--iso20022.js--pain_002_v3_accepted.xml': [0, 0, 0, 0, '0'],
  'pain.002.001.03--iso20022.js--pain_002_v3_group_reject.xml': [1, 0, 0, 1, '0'], // the whole message, DU01
  'pain.002.001.03--iso20022.js--pain_002_v3_payment_accepted.xml': [0, 0, 0, 0, '0'],
  'pain.002.001.03--xs2a--payment_initiation_status_raw.xml': [0, 0, 0, 0, '0'],
};

/** Orders, subsets under a namespace of their own, and reports without the namespace of ISO 20022. */
const expectedOf = (name: string): Expected | undefined =>
  statements[name] ?? notices[name] ?? reports[name] ?? (/^pain\.(?:00[18]|002--|002\.001\.03\.ch)/.test(name) ? notAccepted : undefined);

const samples = join(process.env['ISU_SHARED'] ?? join(process.cwd(), '..', 'shared'), 'data', 'iso20022', 'samples');
const names = existsSync(samples) ? readdirSync(samples).filter((name) => name.endsWith('.xml')) : [];
const isThere = names.length > 0;

(isThere ? describe : describe.skip)(
  `F81 published bank files (${isThere ? String(names.length) : 'left out: the folder is absent'})`,
  () => {
    it('are all spoken of here, and all that are spoken of are there', () => {
      expect(names.filter((name) => expectedOf(name) === undefined)).toEqual([]);
      const spokenOf = Object.keys({ ...statements, ...notices, ...reports });
      expect(spokenOf.filter((name) => !names.includes(name))).toEqual([]);
      expect(names.filter((name) => expectedOf(name) === notAccepted)).toHaveLength(29);
    });

    it.each(isThere ? names.map((name) => [name, JSON.stringify(expectedOf(name))]) : [['none', '']])(
      '%s is read as %s',
      async (name, expected) => {
        const faults = new FileFaults();
        const lines: MoneyLine[] = [];
        const { file } = await readBankFile(inParts(readFileSync(join(samples, name ?? ''))), {
          faults,
          stage: async (run) => void lines.push(...run.map(({ record }) => record)),
        });
        const of = (kind: MoneyLine['kind']): number => lines.filter((line) => line.kind === kind).length;
        const [fault] = faults.list;
        const read = fault?.code ?? [lines.length, of('payment'), of('reversal'), of('rejected-order'), file?.total.toString()];
        expect(JSON.stringify(read)).toBe(expected);
      },
    );
  },
);

/** Cut where no element ends. */
async function* inParts(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 997) yield bytes.subarray(start, start + 997);
}
