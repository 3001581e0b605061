/**
 * Witnesses: whatever watches a world and is part of it. A witness is a fold over what it is shown, event by event and packet by
 * packet: from its state and that it makes the next state, and what it has to say of it, which becomes events of the trace. It
 * keeps nothing anywhere else and changes nothing, so a world that is built again from its options has the same witnesses,
 * who say the same.
 *
 * Its state is a plain value: it can be written down at any moment, and taken up again.
 */
import type { AnyTraceEvent, EventNumber, Trace, TraceEvents, TraceType } from '../../sim/trace.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type { CapturedPacket } from '../../network/packet.ts';
import type { TappableLink } from '../../network/tap.ts';

/** What JSON can write down and read again without a loss. A type of state is an alias: an interface is open, so never plain. */
export type PlainValue =
  string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** What a witness says: an event that happens on the witness, because of what it was shown. */
export type Statement = {
  [Type in TraceType]: { readonly type: Type; readonly data: TraceEvents[Type] };
}[TraceType];

/** What a witness makes of what it was shown. */
export interface Testimony<State extends PlainValue> {
  readonly state: State;
  readonly says?: readonly Statement[];
}

/** What is left on a medium that was treated. */
export interface LeftOnMedium {
  readonly usable: number;
  /** Remnants in whatever state: erased records, sectors that were written over, pieces of paper. */
  readonly raw: number;
}

/** What a witness may look at when an event makes it want to. Looking changes nothing. */
export interface Sight {
  /** Octets of a device's storage, as full extraction gets them; undefined when there is none, or no device any more. */
  storageOf(device: string): Uint8Array | undefined;
  /** How many secrets whoever takes a medium in hand can use, and how much else is left; undefined of what is none, or there no more. */
  leftOn?(thing: string): LeftOnMedium | undefined;
}

/** A fold over what happens in a world; `take` and `takePacket` are pure functions. */
export interface Witness<State extends PlainValue = PlainValue> {
  /** Where its statements happen; unique in a world. */
  readonly id: string;
  readonly initial: State;
  /** Whether events of such a type can make anything of its state; of all types when left out. It is shown no others. */
  heeds?(type: TraceType): boolean;
  /** Shown each event that it heeds from the first on, in their order, its own among them. */
  take(state: State, event: AnyTraceEvent, sight: Sight): Testimony<State>;
  /** Shown each packet that sets out on any link which the world begins with. Links are tapped only for those who have it. */
  takePacket?(state: State, captured: CapturedPacket): Testimony<State>;
}

/** What each witness knows, by its id. */
export type WitnessStates = { readonly [id: string]: PlainValue };

/** The witnesses of one world, and what they know by now. */
export class Witnesses implements Kept<WitnessStates> {
  readonly #trace: Trace;
  readonly #watching = new Map<string, { readonly witness: Witness; state: PlainValue }>();

  /** Put it up before the first event, or with what they knew when a world was kept. */
  constructor(trace: Trace, witnesses: readonly Witness[], sight: Sight, kept?: WitnessStates) {
    this.#trace = trace;
    for (const witness of witnesses) {
      const { id, initial } = witness;
      assert(!this.#watching.has(id), `there is one witness ${id}`);
      this.#watching.set(id, { witness, state: kept?.[id] ?? initial });
    }
    const watching = [...this.#watching.values()];
    const heeding = new Map<TraceType, typeof watching>();
    trace.listen((event) => {
      let those = heeding.get(event.type);
      if (those === undefined) {
        those = watching.filter(({ witness }) => witness.heeds?.(event.type) ?? true);
        heeding.set(event.type, those);
      }
      for (const each of those) {
        const { state, says } = each.witness.take(each.state, event, sight);
        each.state = state;
        if (says !== undefined) this.#say(each.witness, says, event.n);
      }
    });
  }

  /** Shows those who want to see packets what crosses these links. */
  tap(links: readonly TappableLink[]): void {
    const watching = [...this.#watching.values()].filter(({ witness }) => witness.takePacket !== undefined);
    if (watching.length === 0) return;
    for (const link of links)
      link.tap((captured) => {
        for (const each of watching) {
          const taken = each.witness.takePacket?.(each.state, captured);
          if (taken === undefined) continue;
          each.state = taken.state;
          if (taken.says !== undefined) this.#say(each.witness, taken.says, this.#trace.current);
        }
      });
  }

  /** What one of them knows by now. */
  stateOf<State extends PlainValue>({ id }: Witness<State>): State {
    const watching = this.#watching.get(id);
    assert(watching !== undefined, 'it is a witness of this world');
    // What is kept under an id came out of the witness that has it.
    return watching.state as State;
  }

  /** What all of them know by now, by their ids: a plain value too. */
  save(): WitnessStates {
    return Object.fromEntries([...this.#watching].map(([id, { state }]) => [id, state]));
  }

  #say({ id }: Witness, says: readonly Statement[], cause: EventNumber): void {
    for (const { type, data } of says) this.#trace.append<TraceType>(type, id, data, cause);
  }
}
