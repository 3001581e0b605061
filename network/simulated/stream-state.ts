/** Where a stream is, and what is kept of one of its ends. */
import type { Address } from '../fabric.ts';
import type { SegmentWriterState } from './segment-writer.ts';
import type { SenderState } from './sender-state.ts';

/** Where a stream is: this end and the other. */
export interface EndsOfStream {
  readonly local: Address;
  readonly remote: Address;
}

/** One end of an open stream at rest, as a plain value. */
export type StreamState = {
  readonly side: 'client' | 'server';
  /** What it takes in one segment. */
  readonly segmentOctetsMax: number;
  /** Next position that it expects. */
  readonly received: number;
  readonly segments: SegmentWriterState;
  readonly sender: SenderState;
};

/** How far a stream is. */
export type StreamPhase =
  | 'syn-sent'
  | 'syn-received'
  | 'open'
  /** Over, but this end closed first and still answers a peer that missed the last acknowledgement. */
  | 'lingering'
  | 'gone';
