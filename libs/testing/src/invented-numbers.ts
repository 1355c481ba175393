/**
 * Numbers with right keys that nobody can bear: no French commune has the code 990, no bank the code 99999, and the national
 * register gives no SIREN that begins with three zeros.
 */

export interface Birth {
  sex: 'F' | 'M';
  /** ISO day. */
  bornOn: string;
  /** Two characters, Corsica as 2A or 2B. */
  department: string;
  rank: number;
}

export function inventedNir({ sex, bornOn, department, rank }: Birth): string {
  const body = `${sex === 'M' ? 1 : 2}${bornOn.slice(2, 4)}${bornOn.slice(5, 7)}${department}990${String(rank).padStart(3, '0')}`;
  const inDigits = body.replace('2A', '19').replace('2B', '18');
  return body + String(97 - Number(BigInt(inDigits) % 97n)).padStart(2, '0');
}

/** A French account: bank, branch, account, the bank's own key (RIB) and the two digits of ISO 13616. */
export function inventedIban(accountDigits: number): string {
  const [bank, branch, account] = ['99999', '00990', String(accountDigits).padStart(11, '0')] as const;
  const ribKey = 97n - ((89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(account)) % 97n);
  const body = `${bank}${branch}${account}${String(ribKey).padStart(2, '0')}`;
  // F is 15 and R is 27 in the computation of the international key.
  const key = 98n - (BigInt(`${body}152700`) % 97n);
  return `FR${String(key).padStart(2, '0')}${body}`;
}

/** A one-establishment business: SIREN 000…, NIC 00011 with the digit that makes Luhn right. */
export function inventedSiret(sequence: number): string {
  const siren = withLuhnDigit(`000${String(sequence).padStart(5, '0')}`);
  return withLuhnDigit(`${siren}0001`);
}

function withLuhnDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, character, index) => {
    const digit = Number(character) * (index % 2 === 0 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}
