import type { HostContext } from '@isu/chassis';
import { authors, topicOf, type Author } from '@isu/contracts';
import { partitionCount, type Bus, type Subscription, type WireFact } from '@isu/messaging';
import type { AccountChanged } from '../face/news.js';

type Hear = (news: AccountChanged) => void;

/** The other services learn a fact a moment after us, from the same bus: the page that asked at once asks them once more. */
const echoMs = 1_500;
const accountPattern = /^\d{13}$/;

/**
 * What happens to accounts, as it happens, for the pages that are open (F30). The portal keeps nothing of what it hears: who was not
 * listening asks when their page opens.
 */
export class News {
  private readonly listeners = new Map<string, Set<Hear>>();
  private readonly echoes = new Set<NodeJS.Timeout>();
  private hearing: Subscription | null = null;

  constructor(
    private readonly bus: Bus,
    private readonly context: Pick<HostContext, 'metrics' | 'log'>,
  ) {
    context.metrics.gauge('isu_news_streams', () => [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0));
  }

  async start(): Promise<void> {
    await this.bus.ensureTopics(authors.map((author) => ({ topic: topicOf(author), partitions: partitionCount })));
    this.hearing = await this.bus.listen(authors.map(topicOf), (fact) => this.hear(fact));
  }

  async stop(): Promise<void> {
    for (const echo of this.echoes) clearTimeout(echo);
    await this.hearing?.stop();
  }

  /** Until the answer is called. */
  of(account: string, hear: Hear): () => void {
    const listening = this.listeners.get(account) ?? new Set();
    this.listeners.set(account, listening.add(hear));
    return () => {
      listening.delete(hear);
      if (listening.size === 0) this.listeners.delete(account);
    };
  }

  private hear({ key, bytes }: WireFact): void {
    if (!accountPattern.test(key) || !this.listeners.has(key)) return;
    const news = newsIn(bytes);
    if (!news) return;
    this.tell(key, news);
    const echo = setTimeout(() => {
      this.echoes.delete(echo);
      this.tell(key, news);
    }, echoMs);
    this.echoes.add(echo);
  }

  private tell(account: string, news: AccountChanged): void {
    for (const hear of this.listeners.get(account) ?? []) hear(news);
  }
}

/** Type, author and number, and nothing of what the fact says. Null for what is no fact: it is for readers to set aside, not for us. */
function newsIn(bytes: Uint8Array): AccountChanged | null {
  try {
    const { type, seq } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { type: unknown; seq: unknown };
    const author = authors.find((known: Author) => String(type).startsWith(`${known}.`));
    return author && typeof seq === 'number' ? { author, type: String(type), seq } : null;
  } catch {
    return null;
  }
}
