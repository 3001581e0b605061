/**
 * The messages that a phone has accepted, as a replay cache that can be kept. The cache itself remembers digests; what is kept here is the
 * messages that it still knows and the floor below which it knows none, from which another one comes to the same answers: it is told of a
 * restart at the floor, and then accepts the messages again.
 *
 * What the cache drops is for the cache to decide, and shows in its size: it drops the earliest first.
 */
import { parseMessage, ReplayCache, unixMsOf, type Message } from '../../network/mikey/index.ts';
import type { Kept } from '../../sim/kept.ts';

/** How a replay cache counts: by the options of the cache that is kept and of the one that takes its place. */
type CacheOptions = ConstructorParameters<typeof ReplayCache>[0];

type CacheMoment = Parameters<ReplayCache['restart']>[0];

/** A replay cache as a plain value. */
export type AcceptedMessagesState = {
  /** Only messages later than this are known to be new, milliseconds since 1970; undefined when nothing was forgotten. */
  readonly floorUnixMs: number | undefined;
  /** The messages that it knows, by their timestamps; those of one moment as they came. */
  readonly messages: readonly Uint8Array[];
};

interface Accepted {
  readonly octets: Uint8Array;
  readonly unixMs: number;
}

/** Nothing is too old then. */
const LONG_AGO: CacheMoment = { unixMs: -Infinity, skewLimitMs: 0 };

/** A replay cache that can say what it knows. */
export class AcceptedMessages extends ReplayCache implements Kept<AcceptedMessagesState> {
  /** What the cache holds, in its order. */
  readonly #accepted: Accepted[] = [];
  #floorUnixMs: number | undefined;

  constructor(options: CacheOptions, kept?: AcceptedMessagesState) {
    super(options);
    if (kept === undefined) return;
    if (kept.floorUnixMs !== undefined) this.restart({ unixMs: kept.floorUnixMs, skewLimitMs: 0 });
    for (const octets of kept.messages) this.remember(readOnce(octets), LONG_AGO);
  }

  save(): AcceptedMessagesState {
    return { floorUnixMs: this.#floorUnixMs, messages: this.#accepted.map(({ octets }) => octets) };
  }

  override remember(message: Message, now: CacheMoment): void {
    super.remember(message, now);
    // It made room before it took the new one in.
    for (const { unixMs } of this.#accepted.splice(0, this.#accepted.length + 1 - this.size))
      this.#raiseFloor(unixMs);
    const unixMs = unixMsOf(message.timestamp);
    const later = this.#accepted.findLastIndex((each) => each.unixMs <= unixMs) + 1;
    this.#accepted.splice(later, 0, { octets: message.octets.slice(), unixMs });
  }

  override restart(now: CacheMoment): void {
    super.restart(now);
    this.#accepted.length = 0;
    this.#raiseFloor(now.unixMs + now.skewLimitMs);
  }

  #raiseFloor(unixMs: number): void {
    this.#floorUnixMs = Math.max(this.#floorUnixMs ?? unixMs, unixMs);
  }
}

/** What kept messages were read as: all that is taken up from one moment is told of the same. */
const readings = new WeakMap<Uint8Array, Message>();

function readOnce(octets: Uint8Array): Message {
  let message = readings.get(octets);
  if (message === undefined) readings.set(octets, (message = parseMessage(octets)));
  return message;
}
