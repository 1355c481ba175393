import type { Surroundings } from './surroundings.js';
import { World } from './world.js';

export interface ContractCase {
  /** As in the contract: 1 to 15, with a letter where one number holds several stories. */
  readonly number: string;
  readonly title: string;
  run(surroundings: Surroundings): Promise<void>;
}

/** A case in a world of its own, cleaned up whatever happens. */
export function contractCase(
  number: string,
  title: string,
  story: { readers?: string[]; seed?: number; tell: (world: World) => Promise<void> },
): ContractCase {
  const run = async (surroundings: Surroundings) => {
    const world = await World.make(surroundings, story);
    try {
      await story.tell(world);
    } finally {
      await world.close();
    }
  };
  return { number, title, run };
}

/** The only reader of a case that has one. */
export function onlyReader(world: World) {
  const [reader] = world.readers;
  if (!reader) throw new RangeError('This case has no reader.');
  return reader;
}
