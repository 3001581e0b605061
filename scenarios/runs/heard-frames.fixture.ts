/**
 * What somebody heard of a call, judged without jitter buffer and concealment: from what was said, and from which packets arrived.
 * A file is walked through place by place. Each frame in it is one that arrived, sample for sample, or made up; and what G.711
 * Appendix I says of one that is made up is looked for in the sound itself.
 */
import { FRAME } from './captured-call.fixture.ts';

/** Everything is heard so much later: a quarter of the longest pitch period, 3.75 ms. */
export const HEARD_DELAY = 30;
/** Samples at the beginning of a frame after a gap, and at the end of one before it, that run into what is made up. */
const AFTER_GAP = 80;
const BEFORE_GAP = HEARD_DELAY;
/** The pitch periods that there are, in samples; one of them is repeated unchanged for 10 ms. */
const PERIODS = Array.from({ length: 81 }, (_, n) => 40 + n);
const REPEATED = 80;
/** Samples before a gap from which what is made up can come. */
const PAST = 3 * 120 + HEARD_DELAY;
/** A gap is silent from here on: 60 ms. */
const SILENT_FROM = 480;
/** By so many frames, either way, the play-out may have been moved: the nearest first. */
const MOVES = Array.from({ length: 24 }, (_, n) => [n + 1, -n - 1]).flat();

/** What went into the network and what of it came out, by number of the frame. */
export interface Said {
  /** The samples of each frame that was sent, in order. */
  readonly frames: readonly Int16Array[];
  /** Numbers of those that arrived. */
  readonly arrived: ReadonlySet<number>;
}

/** One frame of a file. */
interface Place {
  /** The number of the frame whose turn it was, and of the one that is there; undefined when it was made up. */
  readonly turn: number;
  readonly heard: number | undefined;
}

/** What a file was found to hold, place by place; it is as it must be when `problems` is empty. */
export interface Walk {
  readonly places: readonly Place[];
  /** Frames that were heard; places in the file, up to the last of them, where one was made up. */
  readonly heard: number;
  readonly madeUp: readonly number[];
  /** Places before which the play-out was moved, and by how many frames. */
  readonly moves: readonly (readonly [place: number, by: number])[];
  /** What is not as it must be. */
  readonly problems: readonly string[];
}

/** Explains each place of a file by a frame that arrived or by concealment; what it cannot explain is a problem. */
export function walkThrough(samples: Int16Array, said: Said): Walk {
  const { places, moves } = placesIn(samples, said);
  const end = places.findLastIndex(({ heard }) => heard !== undefined);
  return {
    places,
    heard: new Set(places.flatMap(({ heard }) => heard ?? [])).size,
    madeUp: places.flatMap(({ heard }, place) => (heard === undefined && place < end ? place : [])),
    moves,
    problems: [...frameProblems(samples, places, said), ...gapProblems(samples, places)],
  };
}

/** Samples of a frame that is silent, as the jitter buffer sees it, are below 120. */
export const isSilent = (frame: Int16Array | undefined): boolean =>
  frame?.every((sample) => Math.abs(sample) < 120) ?? true;

/** The index of the first sample of a place, with the delay that concealment puts before everything. */
export const startOf = (place: number): number => place * FRAME + HEARD_DELAY;

function placesIn(samples: Int16Array, { frames, arrived }: Said): Pick<Walk, 'places' | 'moves'> {
  const places: Place[] = [];
  const moves: [number, number][] = [];
  const isAt = (place: number, number: number): boolean =>
    arrived.has(number) && middleIs(samples, place, frames[number]);
  let turn = 0;
  let last = -1;
  for (let place = 0; place < samples.length / FRAME; place++) {
    const by = isAt(place, turn) ? 0 : MOVES.find((move) => turn + move > last && isAt(place, turn + move));
    if (by !== undefined) {
      if (by !== 0) moves.push([place, by]);
      last = turn + by;
      places.push({ turn, heard: last });
      turn = last + 1;
      // A silent frame is heard twice when the delay grows.
    } else if (isSilent(frames[last]) && isAt(place, last)) places.push({ turn, heard: last });
    else places.push({ turn: turn++, heard: undefined });
  }
  return { places, moves };
}

function* frameProblems(
  samples: Int16Array,
  places: readonly Place[],
  { frames, arrived }: Said,
): Generator<string> {
  const isGap = (place: number): boolean => places[place]?.heard === undefined && place in places;
  for (const [place, { turn, heard }] of places.entries()) {
    const from = isGap(place - 1) ? AFTER_GAP : 0;
    const to = isGap(place + 1) ? FRAME - BEFORE_GAP : FRAME;
    if (heard !== undefined && !partIs(samples, place, frames[heard], from, to))
      yield `place ${place}: frame ${heard} is not as it was said`;
    if (
      heard === undefined &&
      !arrived.has(turn) &&
      !isSilent(frames[turn]) &&
      middleIs(samples, place, frames[turn])
    )
      yield `place ${place}: frame ${turn} was heard, and never arrived`;
  }
}

function* gapProblems(samples: Int16Array, places: readonly Place[]): Generator<string> {
  for (let place = 0; place < places.length; place++) {
    if (places[place]?.heard !== undefined) continue;
    const first = place;
    while (place < places.length && places[place]?.heard === undefined) place++;
    const start = startOf(first);
    const gap = samples.subarray(start, startOf(place));
    const past = samples.subarray(Math.max(0, start - PAST), start);
    const repeats = (period: number): boolean =>
      gap.subarray(0, REPEATED).every((sample, i) => sample === samples[start + i - period]);
    if (!PERIODS.some(repeats)) yield `place ${first}: what is made up is no repetition`;
    if (loudest(gap) > loudest(past)) yield `place ${first}: what is made up is louder than what was heard`;
    if (loudest(gap.subarray(SILENT_FROM)) > 0)
      yield `place ${first}: a gap of more than 60 ms is not silent`;
  }
}

const loudest = (samples: Int16Array): number =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

/** Whether the middle of a place, which no join reaches, is that of a frame. */
const middleIs = (samples: Int16Array, place: number, frame: Int16Array | undefined): boolean =>
  partIs(samples, place, frame, AFTER_GAP, FRAME - BEFORE_GAP);

/** What lies behind the end of the file is any. */
function partIs(
  samples: Int16Array,
  place: number,
  frame: Int16Array | undefined,
  from: number,
  to: number,
): boolean {
  const start = startOf(place);
  for (let i = from; i < to && start + i < samples.length; i++)
    if (samples[start + i] !== frame?.[i]) return false;
  return true;
}
