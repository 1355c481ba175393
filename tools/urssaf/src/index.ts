export type { KeptBatch, Movement } from './books.js';
export type { Misbehaviour } from './misbehaviours.js';
export type { UrssafState } from './page.js';
