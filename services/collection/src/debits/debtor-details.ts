import type { RestPeers } from '@isu/chassis';
import type { BankDetailsOfDebtor } from './debit.js';

/** Who gives names, IBANs and mandates, at the moment they are needed. */
export interface DebtorDetails {
  of(accounts: readonly string[], correlation: string): Promise<Map<string, BankDetailsOfDebtor>>;
}

/** As many as affiliation answers at a time. */
const accountsACall = 1_000;
const answersWithinMs = 30_000;

/** Asked of affiliation in bulk and held in memory only, for as long as a step of a run lasts. An answer that does not come stops the step. */
export class DetailsOfAffiliation implements DebtorDetails {
  constructor(private readonly peers: Pick<RestPeers, 'post'>) {}

  async of(accounts: readonly string[], correlation: string): Promise<Map<string, BankDetailsOfDebtor>> {
    const parts = Array.from({ length: Math.ceil(accounts.length / accountsACall) }, (_, rank) =>
      accounts.slice(rank * accountsACall, (rank + 1) * accountsACall),
    );
    const found = new Map<string, BankDetailsOfDebtor>();
    for (const part of parts) {
      const answer = await this.peers.post<(BankDetailsOfDebtor & { readonly account: string })[]>(
        'affiliation',
        'debit-details',
        { accounts: part },
        { correlation, timeoutMs: answersWithinMs },
      );
      for (const { account, ...details } of answer) found.set(account, details);
    }
    return found;
  }
}
