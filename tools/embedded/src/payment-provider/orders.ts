import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** An order as a merchant sent it, and what came of it here. */
export interface ProviderOrder {
  readonly order: string;
  readonly amount: string;
  readonly currency: string;
  readonly issuedOn: string;
  readonly expiresAt: string;
  readonly methods: readonly ('account' | 'card')[];
  readonly status: 'pending' | 'paid' | 'refused' | 'cancelled';
  /** The number of the statement that says so. */
  readonly statement: string;
  readonly reference?: string;
  readonly bankReference?: string;
  readonly method?: 'account' | 'card';
  readonly paidOn?: string;
  readonly reason?: string;
}

/** The provider's books: a file of the data folder, written whole before anything is said of it. */
export class OrderBook {
  private readonly orders: Map<string, ProviderOrder>;

  constructor(private readonly file: string) {
    this.orders = new Map(read(file).map((one) => [one.order, one]));
  }

  find(order: string): ProviderOrder | undefined {
    return this.orders.get(order);
  }

  /** Latest first. */
  get all(): ProviderOrder[] {
    return [...this.orders.values()].reverse();
  }

  keep(order: ProviderOrder): ProviderOrder {
    this.orders.set(order.order, order);
    const beside = `${this.file}.part`;
    writeFileSync(beside, JSON.stringify([...this.orders.values()]), { mode: 0o600 });
    renameSync(beside, this.file);
    return order;
  }
}

function read(file: string): ProviderOrder[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProviderOrder[];
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fault;
  }
}
