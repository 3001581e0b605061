/** A credential of a user at the server. */
import type { Period, TelNumber } from '../../network/mikey/index.ts';

/** One way in: a PSK, whose it is, and the month it is for. */
export type CrsCredential = {
  /** As it crosses the network in clear. */
  readonly identity: string;
  /** 32 octets. */
  readonly psk: Uint8Array;
  readonly number: TelNumber;
  readonly period: Period;
};
