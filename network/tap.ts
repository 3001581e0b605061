/** What a wiretapper can do with a link, whichever fabric it is of: know its name and ends, and see what crosses it. */
import type { CapturedPacket } from './packet.ts';

/** Is shown each packet that crosses a tapped link, as it is there: before loss, and with the time. */
export type TapListener = (captured: CapturedPacket) => void;

/** A link as somebody sees it who listens in: its ends, and a tap to put on it. Nothing of it can be changed. */
export interface TappableLink {
  readonly name: string;
  /** The two hosts that it joins. */
  readonly ends: readonly [string, string];
  /** Shows `listener` each packet as it sets out, until the returned function is called. */
  tap(listener: TapListener): () => void;
}
