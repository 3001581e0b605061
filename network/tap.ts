/** What a wiretapper can do with a link, whichever fabric it is of: know its name and ends, and see what crosses it. */
import type { CapturedPacket } from './packet.ts';

export type TapListener = (captured: CapturedPacket) => void;

export interface TappableLink {
  readonly name: string;
  /** The two hosts that it joins. */
  readonly ends: readonly [string, string];
  /** Shows `listener` each packet as it sets out, until the returned function is called. */
  tap(listener: TapListener): () => void;
}
