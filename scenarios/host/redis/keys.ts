/** The names of what calldrill has in a Redis. All begin alike, so that they can be counted and taken away. */

/** What every key begins with. */
export const PREFIX = 'calldrill';
/** Hex digits of a build in names. */
const BUILD_DIGITS = 16;

/** The queue of one build: a worker of another one never sees its jobs. BullMQ takes no colon in it. */
export function queueName(build: string): string {
  return `runs-${build.slice(0, BUILD_DIGITS)}`;
}

/** Who hands out, while it is there: what it is, as JSON. */
export function handOutKey(handOut: string): string {
  return `${PREFIX}:handout:${handOut}`;
}

/** Where workers tell a hand-out what becomes of its runs: a list. */
export function repliesKey(handOut: string): string {
  return `${PREFIX}:replies:${handOut}`;
}

/** A worker, while it is there: what it is and does, as JSON. */
export function workerKey(worker: string): string {
  return `${PREFIX}:worker:${worker}`;
}

/** Everything of a run beside its job. */
export interface RunKeys {
  /** A set: the hand-outs that want it. */
  readonly wants: string;
  /** What it came to: compressed JSON. */
  readonly ending: string;
  /** A hash: its files by their paths, compressed. */
  readonly files: string;
  /** A list: pieces of a live capture that nobody has fetched. */
  readonly capture: string;
  /** How many pieces were taken. */
  readonly taken: string;
}

/** By the id of its job. */
export function runKeys(job: string): RunKeys {
  const key = (what: string): string => `${PREFIX}:${what}:${job}`;
  return {
    wants: key('wants'),
    ending: key('ending'),
    files: key('files'),
    capture: key('capture'),
    taken: key('taken'),
  };
}

/** A text that orders are of, by its SHA-256. */
export function textKey(sha256: string): string {
  return `${PREFIX}:text:${sha256}`;
}

/** The channel on which jobs are named that nobody wants any more. */
export const CANCELLED = `${PREFIX}:cancelled`;

/** A script of Redis over the keys of a run: takes away what it left when the last who wants it has let go, and says whether that was so. */
export const LET_GO = `redis.call('SREM', KEYS[1], ARGV[1])
if redis.call('SCARD', KEYS[1]) > 0 then return 0 end
redis.call('DEL', unpack(KEYS))
return 1`;

/**
 * A script of Redis over the hand-outs that want a run (a set): tells those that are there what is written, and says how many they are. Its words
 * are the beginnings of two keys, of a hand-out that is there and of the list where it is told, what is written, and the seconds that it holds.
 */
export const TELL = `local told = 0
for _, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if redis.call('EXISTS', ARGV[1] .. name) == 1 then
    redis.call('RPUSH', ARGV[2] .. name, ARGV[3])
    redis.call('EXPIRE', ARGV[2] .. name, ARGV[4])
    told = told + 1
  end
end
return told`;
