import type { FlowStanding, Stretch, UnderFourEyes } from './border.js';
import type { AgentNames } from './desk-file.js';
import type { Page, Part } from './parts.js';

/** `GET desk/flows/:partner/:flow/give-ups`: what is missing, and what was proposed to go on without it. */
export interface GiveUpsPage extends Page<{
  readonly flow: Part<FlowStanding>;
  /** Closed to whoever is not of a cell. */
  readonly giveUps: Part<{ readonly items: readonly GiveUp[] }>;
}> {
  readonly me: string;
  readonly names: AgentNames;
}

/** A proposal to go on without batches that will never come, and what became of it. */
export interface GiveUp extends Stretch, UnderFourEyes {
  readonly attestation: string;
}

/** `POST desk/flows/:partner/:flow/give-ups`, body. */
export interface GiveUpRequest extends Stretch {
  readonly attestation: string;
  /** 10 to 120 characters. */
  readonly reason: string;
  /** A UUID of the form that is sent: pressed twice, it is one proposal. */
  readonly key: string;
}
