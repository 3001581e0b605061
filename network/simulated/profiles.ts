/**
 * Kinds of access network, as data. The values are this project's choices, not measurements: each is set so that what a
 * procedure must survive on such a network (slow answers, bursts of loss, packets out of order) really occurs. A run's
 * report prints the ones it used. They describe one handset-to-server link; a call crosses two.
 */
import type { LinkParameters } from './link-parameters.ts';

export type ProfileName = 'perfect' | 'home-wifi' | '3g' | '4g' | 'congested';

export interface Profile {
  readonly parameters: LinkParameters;
  /** Why these values. Printed in reports. */
  readonly rationale: string;
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  perfect: {
    parameters: {},
    rationale: 'Chosen: no delay, no loss. Separates what a procedure does from what a network does to it.',
  },
  'home-wifi': {
    parameters: {
      delayMs: 12,
      jitterMs: 3,
      distribution: 'normal',
      lossGemodel: { p: 0.001, r: 0.5, oneMinusH: 0.5 },
    },
    rationale:
      'Chosen: a domestic broadband line, 24 ms round trip; radio retries hide most loss, what is left (0.1 %) comes in pairs.',
  },
  '3g': {
    parameters: {
      delayMs: 75,
      jitterMs: 20,
      distribution: 'normal',
      lossGemodel: { p: 0.004, r: 0.2, oneMinusH: 0.5 },
    },
    rationale:
      'Chosen: HSPA of 2015, 150 ms round trip; scheduling and retransmission on the radio link spread the delay; 1 % loss in bursts of about five packets at handover.',
  },
  '4g': {
    parameters: {
      delayMs: 30,
      jitterMs: 8,
      distribution: 'normal',
      lossGemodel: { p: 0.0012, r: 0.3, oneMinusH: 0.5 },
    },
    rationale: 'Chosen: LTE under moderate load, 60 ms round trip, 0.2 % loss in short bursts.',
  },
  congested: {
    parameters: {
      delayMs: 250,
      jitterMs: 120,
      distribution: 'normal',
      lossRandom: 0.02,
      lossGemodel: { p: 0.01, r: 0.1, oneMinusH: 0.7 },
      duplicate: 0.001,
    },
    rationale:
      'Chosen: a full cell at a major incident, half a second round trip, 8 % loss mostly in bursts of ten, frequent reordering. The worst network a procedure with a deadline should meet.',
  },
};
