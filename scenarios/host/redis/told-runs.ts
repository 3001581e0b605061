/** What a worker tells of its runs to those who want them, and what it asks Redis for: each is one way there and back. */
import type { ChainableCommander, Redis } from 'ioredis';
import { handOutKey, repliesKey, runKeys, TELL, textKey } from './keys.ts';
import { packEnding, type RunEnding, type RunReply } from './messages.ts';
import { KEPT_S } from './run-in-redis.ts';
import type { SourceTexts } from './sent-order.ts';

/** Texts that are remembered */
const TEXTS_MAX = 512;

/** Of one worker, by the ids of jobs. */
export class ToldRuns {
  readonly #redis: Redis;
  /** Texts of orders by their SHA-256. */
  readonly #texts = new Map<string, string>();

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** Says that a run begins, and to how many. What another attempt left is taken away. */
  async begin(id: string, by: string): Promise<number> {
    const { files, capture, taken } = runKeys(id);
    const begun = this.#redis.pipeline().del(files, capture, taken);
    told(begun, id, { kind: 'started', job: id, by });
    return Number((await done(begun)).at(-1));
  }

  /** Without an ending, whoever wants the run finds that Redis has lost something. */
  async end(id: string, ending: RunEnding | 'lost'): Promise<void> {
    const { ending: key, wants, files } = runKeys(id);
    const ended = this.#redis.pipeline().expire(files, KEPT_S).expire(wants, KEPT_S);
    if (ending === 'lost') ended.del(key);
    else ended.set(key, packEnding(ending), 'EX', KEPT_S);
    told(ended, id, { kind: 'ended', job: id });
    await done(ended);
  }

  /** Tells everybody who wants a run and is there. */
  async tell(id: string, reply: RunReply): Promise<void> {
    await done(told(this.#redis.pipeline(), id, reply));
  }

  /** Undefined when Redis has lost one. */
  async textsOf(needs: readonly string[]): Promise<SourceTexts | undefined> {
    const unknown = needs.filter((sha256) => !this.#texts.has(sha256));
    if (this.#texts.size + unknown.length > TEXTS_MAX) this.#texts.clear();
    const missing = needs.filter((sha256) => !this.#texts.has(sha256));
    if (missing.length === 0) return this.#texts;
    const texts = await this.#redis.mget(missing.map(textKey));
    for (const [at, text] of texts.entries()) {
      if (text === null) return undefined;
      this.#texts.set(missing[at] ?? '', text);
    }
    return this.#texts;
  }
}

/** Adds what tells everybody who wants a run. */
function told(pipeline: ChainableCommander, id: string, reply: RunReply): ChainableCommander {
  return pipeline.eval(
    TELL,
    1,
    runKeys(id).wants,
    handOutKey(''),
    repliesKey(''),
    JSON.stringify(reply),
    KEPT_S,
  );
}

/** What each command gave. Throws what one of them was refused with. */
async function done(pipeline: ChainableCommander): Promise<readonly unknown[]> {
  const results = (await pipeline.exec()) ?? [];
  for (const [error] of results) if (error !== null) throw error;
  return results.map(([, result]) => result);
}
