import { Gauge, type Registry } from 'prom-client';

/** One number, or one for each value of the gauge's own labels. */
export type Reading = number | readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];

type Read = () => Promise<Reading> | Reading;

/** A gauge that the services of a process share, each with a reading of its own, taken when the figures are asked for. */
export class ReadGauge extends Gauge {
  private readonly reads = new Map<string, Read>();
  /** What stands of each service now. */
  private readonly shown = new Map<string, readonly Record<string, string>[]>();

  constructor(registry: Registry, described: { name: string; help: string; labelNames: string[] }) {
    super({ ...described, registers: [registry] });
  }

  readBy(service: string, read: Read): void {
    this.reads.set(service, read);
  }

  forget(service: string): void {
    this.reads.delete(service);
    this.clear(service);
  }

  /** Called by the registry before it tells the figures. */
  async collect(): Promise<void> {
    await Promise.all([...this.reads].map(([service, read]) => this.readOne(service, read)));
  }

  /** A reading that fails leaves a hole in the series, which is what happened. */
  private async readOne(service: string, read: Read): Promise<void> {
    const reading = await Promise.resolve()
      .then(read)
      .catch((): Reading => []);
    this.clear(service);
    if (!this.reads.has(service)) return;
    const values = typeof reading === 'number' ? [{ labels: {}, value: reading }] : reading;
    const shown = values.map(({ labels, value }) => ({ labels: { service, ...labels }, value }));
    for (const { labels, value } of shown) this.set(labels, value);
    this.shown.set(
      service,
      shown.map(({ labels }) => labels),
    );
  }

  private clear(service: string): void {
    for (const labels of this.shown.get(service) ?? []) this.remove(labels);
    this.shown.delete(service);
  }
}
