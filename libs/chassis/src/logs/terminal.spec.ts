import { createLogger } from './logger.js';
import { terminalDestination } from './terminal.js';

describe('what is said in the terminal of a system in one process', () => {
  const said = (everything: boolean): string => {
    const lines: string[] = [];
    const log = createLogger({
      service: 'urssaf-sync',
      destination: terminalDestination({ out: { write: (line) => lines.push(line) }, everything }),
    });
    log.info({}, 'the service is started');
    log.info({ method: 'GET', route: '/polled', status: 200 }, 'request');
    log.info({ method: 'GET', route: '/unchanged', status: 304 }, 'request');
    log.info({ method: 'POST', route: '/refused', status: 409 }, 'request');
    log.warn({}, 'the partner is late');
    return lines.join('');
  };

  it('is no request that got what it asked for: addresses and warnings stay in sight', () => {
    expect(said(false)).toMatch(/the service is started.*\n.*\/refused status=409.*\n.*! the partner is late/);
    expect(said(false)).not.toMatch(/polled|unchanged/);
  });

  it('is everything, for whoever asks for the level debug', () => {
    expect(said(true)).toMatch(/\/polled status=200.*\n.*\/unchanged status=304.*\n.*\/refused/);
  });
});
