import type { Logger, RequestHandler, RunningService } from '@isu/chassis';

/**
 * The services of the process, each of which can be stopped and started again while the others go on: what a machine that is being
 * repaired looks like to people (F3), shown for real. A stopped service answers nothing, hears nothing and sends nothing.
 */
export class ServiceSwitch<Definition extends { readonly name: string } = { readonly name: string }> {
  private readonly running = new Map<string, RunningService>();

  constructor(
    private readonly definitions: readonly Definition[],
    private readonly startService: (definition: Definition) => Promise<RunningService>,
    private readonly log: Logger,
  ) {}

  /** All of them, or none: what did start is left to `stopAll`. */
  async startAll(): Promise<void> {
    const started = await Promise.allSettled(this.definitions.map((definition) => this.start(definition)));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async start(definition: Definition): Promise<void> {
    if (!this.running.has(definition.name)) this.running.set(definition.name, await this.startService(definition));
  }

  async stop(name: string): Promise<void> {
    const service = this.running.get(name);
    this.running.delete(name);
    await service?.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map((name) => this.stop(name)));
  }

  /**
   * `POST /demonstration/services/<name>/stop` and `/start`: for whoever sits at this machine, and not for a page that their browser
   * happens to show, which could not send the header without asking first.
   */
  handler(): RequestHandler {
    let last: Promise<unknown> = Promise.resolve();
    return (request, response) => {
      const [, name = '', act] = /^\/demonstration\/services\/([a-z-]+)\/(stop|start)$/.exec(request.url ?? '') ?? [];
      const definition = this.definitions.find((one) => one.name === name);
      if (!definition || !isMeantHere(request)) {
        response.writeHead(404).end();
        return;
      }
      // One after the other: a start that overtakes its stop would start nothing.
      last = last
        .then(() => (act === 'stop' ? this.stop(name) : this.start(definition)))
        .then(
          () => response.writeHead(204).end(),
          (error: unknown) => {
            this.log.error({ error, service: name }, 'a service could not be stopped or started');
            response.writeHead(500).end();
          },
        );
    };
  }
}

/** Asked by whoever sits at this machine, and on purpose. */
export const isMeantHere = (request: Parameters<RequestHandler>[0]): boolean =>
  request.method === 'POST' && request.headers['isu-demonstration'] !== undefined && isLoopback(request.socket.remoteAddress);

const isLoopback = (address = ''): boolean => address === '::1' || address.replace(/^::ffff:/, '').startsWith('127.');
