/** The earpiece of a phone in a call, where what its user hears can be listened to. */
import type { Hear } from '../../network/rtp/index.ts';

/** Says who listens in which call; an end of a call has one. */
export interface Earpiece {
  /** The phone, and whose it is. */
  readonly device: string;
  readonly user: string;
  /** The CSB ID of the call. */
  readonly csb: string;
}

/** Attaches an ear when a call begins. */
export type Listen = (earpiece: Earpiece) => Hear;
