import type { Answer, MoneyHouse } from './money-house.spec-kit.js';

/** An account as it is led: what the parts of a life act upon, and where they say what they did. */
export interface Led {
  readonly house: MoneyHouse;
  readonly name: string;
  readonly account: string;
  act(act: string, told?: Readonly<Record<string, unknown>>): void;
}

export const ofAccount = (led: Led, path: string): string => `collection/accounts/${led.account}/${path}`;
export const read = (led: Led, path: string): Promise<Answer['json']> => led.house.must('GET', ofAccount(led, path));

export interface DueDate {
  readonly id: string;
  readonly dueOn: string;
  readonly remaining: string;
  readonly reference: string;
}

export const dueDatesOf = async (led: Led): Promise<DueDate[]> => (await read(led, 'instalments')).instalments;
