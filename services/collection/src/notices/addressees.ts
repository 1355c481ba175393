import type { Access, Logger, RestPeers } from '@isu/chassis';
import type { AccountNumber } from '@isu/values';
import type { Addressee } from './notice-document.js';

interface Identity {
  readonly familyName: string;
  readonly givenNames: string;
  readonly address: string | null;
}

/** Who a document is for: asked of affiliation in the name of who asks for the document, which journals it, at the moment of printing. */
export class Addressees {
  constructor(
    private readonly peers: Pick<RestPeers, 'get'>,
    private readonly log: Logger,
  ) {}

  /** Affiliation away, the document still comes, without a name: the account number says whose it is. */
  async of(account: AccountNumber, { token, correlation }: Pick<Access, 'token' | 'correlation'>): Promise<Addressee> {
    const code = account.toString().slice(0, 2);
    const question = { correlation, onBehalfOf: token };
    const [name, fund] = await Promise.all([
      this.asked<Identity>(`insured-persons/${account.toString()}/identity`, question),
      this.asked<{ name: string }>(`funds/${code}`, question),
    ]);
    return { name: name && `${name.givenNames} ${name.familyName}`, fund: fund ? `Caisse ${fund.name}` : `Caisse ${code}` };
  }

  /** For a letter that nobody asked for but a decision: in this service's own name. Null while affiliation does not answer. */
  async addressOf(account: string): Promise<readonly string[] | null> {
    const identity = await this.asked<Identity>(`insured-persons/${account}/identity`, {});
    return identity && [`${identity.givenNames} ${identity.familyName}`, ...(identity.address === null ? [] : [identity.address])];
  }

  private async asked<T>(path: string, question: Parameters<RestPeers['get']>[2]): Promise<T | null> {
    try {
      return await this.peers.get<T>('affiliation', path, question);
    } catch (error) {
      this.log.warn({ correlation: question?.correlation, error }, 'affiliation did not say whom a document is for');
      return null;
    }
  }
}
