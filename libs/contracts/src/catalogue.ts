import { affiliationFacts } from './affiliation.events.js';
import { collectionFacts } from './collection.events.js';
import { onlinePaymentFacts } from './online-payment.events.js';
import { urssafSyncFacts } from './urssaf-sync.events.js';

/** Every fact that crosses a service boundary: its type, with author and version, and the class of its payload. */
export const catalogue = { ...affiliationFacts, ...collectionFacts, ...onlinePaymentFacts, ...urssafSyncFacts } as const;

export type FactType = keyof typeof catalogue;
export type FactData<T extends FactType> = T extends FactType ? InstanceType<(typeof catalogue)[T]> : never;

export const factTypes = Object.keys(catalogue) as FactType[];
export const isKnownType = (type: string): type is FactType => Object.hasOwn(catalogue, type);
