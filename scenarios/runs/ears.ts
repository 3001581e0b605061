/**
 * The ears of a run: one at each end of each call, for whoever wants to hear it afterwards. What they hear is what came out of the
 * jitter buffer, with what was missing made up. Nothing in a run depends on them, and without them nothing of it is computed.
 */
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { Ear, writeWav } from '../../network/rtp/index.ts';
import type { Earpiece, Listen } from '../world/index.ts';
import type { HeardRecording } from '../evidence/heard-calls.ts';

/** Frames of 20 ms that all ears of a run remember together: four hours. What is heard later is left out. */
const HEARD_FRAMES_MAX = 4 * 3_600 * 50;

/** The folder, below that of the variant. */
const FOLDER = 'heard';
/** Characters of a name, before what tells it from others and `.wav`: a longer one is no path of a results folder. */
const NAME_LENGTH_MAX = 120;

/** One set for a whole run; beyond its bounds nothing more is kept, and the recordings that lack it say so. */
export class Ears {
  readonly #ears: { readonly earpiece: Earpiece; readonly ear: Ear; cut: boolean }[] = [];
  readonly #framesEach: number | undefined;
  #room: number;

  /** Bounds for one ear and for all of them, in frames; those of an {@link Ear} and four hours when left out. */
  constructor({ each, all = HEARD_FRAMES_MAX }: { readonly each?: number; readonly all?: number } = {}) {
    this.#framesEach = each;
    this.#room = all;
  }

  readonly listen: Listen = (earpiece) => {
    const listening = { earpiece, ear: new Ear(this.#framesEach), cut: false };
    this.#ears.push(listening);
    return (frame) => {
      if (this.#room > 0 && listening.ear.hear(frame)) this.#room--;
      else listening.cut = true;
    };
  };

  /** What they heard, in the order in which they began to. Called once, when the run is over; `events` name the calls. */
  recordings(events: readonly AnyTraceEvent[]): readonly HeardRecording[] {
    const calls = new Map(
      events.flatMap(({ type, data }) =>
        type === 'handset.call-placed' ? [[data.csb, data.call] as const] : [],
      ),
    );
    const taken = new Set<string>();
    return this.#ears
      .filter(({ ear, cut }) => ear.seconds > 0 || cut)
      .map(({ earpiece, ear, cut }) => {
        const file = fileOf(earpiece, calls.get(earpiece.csb), taken);
        taken.add(file);
        const { seconds } = ear;
        return { ...earpiece, sound: { file, seconds, cut }, octets: writeWav(ear.samples()) };
      });
  }
}

/** `heard/alice-to-bob-1-bob.wav`. */
function fileOf({ user, csb }: Earpiece, call: string | undefined, taken: ReadonlySet<string>): string {
  const full = `${(call ?? csb).replace('#', '-')}-${user}`;
  const name = full.length > NAME_LENGTH_MAX ? `${csb}-${user}` : full;
  let file = `${FOLDER}/${name}.wav`;
  // Somebody with two phones may call himself.
  for (let n = 2; taken.has(file); n++) file = `${FOLDER}/${name}-${n}.wav`;
  return file;
}
