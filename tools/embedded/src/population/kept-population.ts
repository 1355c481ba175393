import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoPerson } from './population.js';
import type { SeriesState } from './demo-urssaf.js';

/** What the folder remembers of its demonstration: who lives there, and where Urssaf's series stands. */
export interface KeptPopulation {
  readonly people: readonly DemoPerson[];
  readonly series: SeriesState;
}

/** The note of a population in the data folder: begun, then whole. A start that finds it begun only starts afresh. */
export class PopulationNote {
  private readonly begun: string;
  private readonly whole: string;

  constructor(folder: string) {
    this.begun = join(folder, 'population.begun');
    this.whole = join(folder, 'population.json');
  }

  get wasInterrupted(): boolean {
    return existsSync(this.begun);
  }

  read(): KeptPopulation | null {
    return existsSync(this.whole) ? (JSON.parse(readFileSync(this.whole, 'utf8')) as KeptPopulation) : null;
  }

  begin(): void {
    writeFileSync(this.begun, '');
  }

  complete(population: KeptPopulation): void {
    writeFileSync(this.whole, `${JSON.stringify(population, null, 2)}\n`);
    rmSync(this.begun, { force: true });
  }
}
