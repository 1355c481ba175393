import { foldAccount } from '@isu/account';
import { bucketsOf, leavesOf, PeerRefused, type FingerprintBucket, type FingerprintLeaf, type RestPeers } from '@isu/chassis';
import type { Author } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import type { DataSource } from 'typeorm';
import { copyHolders, type Copies, type Copy, type CopyHolder } from './copies.js';

interface Parts {
  readonly db: DataSource;
  readonly facts: FactStore;
  readonly peers: Pick<RestPeers, 'get' | 'factsHeldBy'>;
}

/** A tree of a million accounts takes seconds to be made. */
const treeTimeoutMs = 60_000;
const mostFacts = 500;

interface Tree {
  readonly buckets: readonly FingerprintBucket[];
  readonly accounts: readonly FingerprintLeaf[];
}

/** Asks the services for their copies; its own it reads. Never inside a transaction. */
export class CopiesReader {
  constructor(private readonly parts: Parts) {}

  async trees(): Promise<(readonly FingerprintBucket[])[]> {
    const { db, peers } = this.parts;
    return Promise.all(
      copyHolders.map(async (service) =>
        service === 'urssaf-sync'
          ? bucketsOf(db.manager)
          : (await peers.get<Tree>(service, 'fingerprints/tree', { timeoutMs: treeTimeoutMs })).buckets,
      ),
    );
  }

  /** The accounts of these buckets that are in any copy, with every copy that is stored of them. */
  async stored(buckets: readonly string[]): Promise<Map<string, Copies>> {
    const { db, peers } = this.parts;
    const lists = await Promise.all(
      copyHolders.map(async (service) => {
        if (service === 'urssaf-sync') return [service, await leavesOf(db.manager, buckets)] as const;
        const path = `fingerprints/tree?under=${buckets.join(',')}`;
        return [service, (await peers.get<Tree>(service, path, { timeoutMs: treeTimeoutMs })).accounts] as const;
      }),
    );
    const found = new Map<string, Record<CopyHolder, Copy | null>>();
    for (const [service, leaves] of lists)
      for (const { account, fold, vector, fingerprint } of leaves) {
        const copies = found.get(account) ?? { collection: null, benefits: null, 'urssaf-sync': null };
        copies[service] = { fold, vector, fingerprint };
        found.set(account, copies);
      }
    return found;
  }

  /** The copies of one account as they are now, folded from the facts: null where a service has never heard of it. */
  async now(account: string): Promise<Copies> {
    const [collection, benefits, own] = await Promise.all([
      this.viewOf('collection', account),
      this.viewOf('benefits', account),
      this.own(account),
    ]);
    return { collection, benefits, 'urssaf-sync': own };
  }

  private async viewOf(service: Exclude<CopyHolder, 'urssaf-sync'>, account: string): Promise<Copy | null> {
    try {
      const { fold, vector, fingerprint } = await this.parts.peers.get<Omit<Copy, 'fold'> & { fold: number }>(
        service,
        `accounts/${account}/view`,
      );
      return { fold: String(fold), vector, fingerprint };
    } catch (fault) {
      if (fault instanceof PeerRefused && fault.status === 404) return null;
      throw fault;
    }
  }

  private async own(account: string): Promise<Copy | null> {
    const facts = await this.parts.facts.factsOf(this.parts.db.manager, account);
    if (facts.length === 0) return null;
    const { fold, vector, fingerprint } = foldAccount(facts);
    return { fold: String(fold), vector, fingerprint };
  }

  /** One author's facts about an account in one service's copy, as texts, by number. */
  async texts(holder: Author, author: Author, account: string, to: number): Promise<string[]> {
    const { db, facts, peers } = this.parts;
    const found: string[] = [];
    for (let from = 1; from <= to; from += mostFacts) {
      const end = Math.min(to, from + mostFacts - 1);
      found.push(
        ...(holder === 'urssaf-sync'
          ? await facts.wireOf(db.manager, { author, stream: account, fromSeq: from, toSeq: end })
          : await peers.factsHeldBy(holder, { author, stream: account, fromSeq: from, toSeq: end })),
      );
    }
    return found;
  }
}
