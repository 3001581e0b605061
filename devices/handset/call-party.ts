/** A call as its two ends know it, and what it uses of the phone at this one. */
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment } from '../../network/fabric.ts';
import type { SessionKeys, SrtpPolicy, StreamStart, TelNumber } from '../../network/mikey/index.ts';
import type { Hear, Talk } from '../../network/rtp/index.ts';
import type { Ports } from '../ports.ts';
import type { ReceivedOffer } from '../signalling/session-description.ts';
import type { MediaHeard } from './media.ts';
import type { Session } from './session.ts';

/** What both ends of a call know of it. */
export interface CallParty {
  /** CSB ID as eight hexadecimal digits. */
  readonly csb: string;
  /** Users' names as this phone knows them. */
  readonly from: string;
  readonly to: string;
  /** The other end's number: dialled, or verified. */
  readonly peer: TelNumber;
  readonly ssv: Uint8Array;
  readonly policy: SrtpPolicy;
  readonly sending: SessionKeys;
  readonly receiving: SessionKeys;
  /** Where the stream of the peer begins, when its message said. */
  readonly peerStart?: StreamStart;
}

/** What a call uses of the phone that it is on. */
export interface CallPorts {
  readonly ports: Ports;
  readonly device: string;
  readonly user: string;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly session: Session;
  readonly talk: Talk | undefined;
  /** Attaches an ear to the call with this CSB ID. */
  readonly listen: ((csb: string) => Hear) | undefined;
}

/** What the caller's phone is told of the call that it places. */
export interface CallProgress {
  onRinging(): void;
  onAnswered(): void;
  onRefused(status: number, reason: string): void;
}

/** What goes into the offer of a call. */
export interface Offered {
  readonly iMessage: Uint8Array;
  /** The SSV in clear: the planted violation of `handset.keeps-ssv-to-itself`. */
  readonly leak: Uint8Array | undefined;
}

/** What comes of new keys that were offered within a call. */
export interface Renewed {
  readonly heard: MediaHeard;
  onTaken(): void;
  onRefused(status: number): void;
}

/** New keys of the peer, opened and verified. */
export interface RenewalTaken {
  readonly party: CallParty;
  readonly received: ReceivedOffer;
}
