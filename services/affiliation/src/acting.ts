import type { Access } from '@isu/chassis';

/**
 * For whom a use case acts, and how far they see: who stands before a route, or who handed in a file whose lines are worked on after they
 * have left.
 */
export type Acting = Pick<Access, 'subject' | 'correlation' | 'reach' | 'canReach' | 'mustReach'>;
