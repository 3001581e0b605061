/**
 * What attackers tried in a run, and what came of it: of a probe what `probe.result` sums up, of a line that a step or a person typed the
 * `attack.ended` of its attempt. Controls are not attempts.
 */
import type { Chronicle, TraceLine } from './chronicle.ts';
import { amount, choice, Unreadable, word, wordOrNone, words } from './json-text.ts';

/** One try. */
export interface Attempt {
  /** The event that tells of it. */
  readonly event: TraceLine;
  /** The id of the probe that it was. */
  readonly probe?: string | undefined;
  /** What the run had predicted of it. */
  readonly predicted?: string | undefined;
  readonly attacker: string;
  readonly attack: string;
  readonly route: string;
  readonly needs: readonly string[];
  readonly asset: string;
  readonly capability: string;
  /** The recording that it was aimed at. */
  readonly call?: string | undefined;
  readonly outcome: 'opened' | 'refused' | 'inconclusive';
  readonly reason?: string | undefined;
  readonly means: readonly string[];
  readonly sources: readonly string[];
  readonly audioSeconds: number;
  /** Whether it had controls, and both came out as they must. */
  readonly trusted: boolean;
}

const OUTCOMES = ['opened', 'refused', 'inconclusive'] as const;

/** All tries, in the order of the trace. */
export function attemptsIn({ all }: Chronicle): readonly Attempt[] {
  const ids = new Set<string>();
  return all.flatMap((event): readonly Attempt[] => {
    const { type, data } = event;
    if (type === 'probe.result') {
      const id = word(data, 'id');
      if (ids.has(id)) throw new Unreadable(`two results of the probe ${id}`);
      ids.add(id);
      const trusted = data['positiveControl'] === 'opened' && data['negativeControl'] === 'refused';
      return [{ ...triedIn(event), probe: id, predicted: word(data, 'predict'), trusted }];
    }
    if (type !== 'attack.ended' || word(data, 'arm') !== 'attempt') return [];
    return isOfProbe(event, all) ? [] : [{ ...triedIn(event), trusted: false }];
  });
}

/** Whether a later `probe.result` of the same path sums this attempt up: then the controls of that probe came in between. */
function isOfProbe(ended: TraceLine, all: readonly TraceLine[]): boolean {
  const later = all.slice(ended.n).filter((event) => TRYING.has(event.type) && samePath(event, ended));
  const next = later.findIndex(({ type, data }) => type === 'probe.result' || data['arm'] === 'attempt');
  return next > 0 && later[next]?.type === 'probe.result';
}

const TRYING = new Set(['attack.ended', 'probe.result']);

function samePath(one: TraceLine, other: TraceLine): boolean {
  return (
    one.on === other.on &&
    ['attack', 'route', 'asset'].every((field) => one.data[field] === other.data[field])
  );
}

function triedIn(event: TraceLine): Omit<Attempt, 'probe' | 'predicted' | 'trusted'> {
  const { data, on } = event;
  return {
    event,
    attacker: on,
    attack: word(data, 'attack'),
    route: word(data, 'route'),
    needs: [...words(data, 'needs')].sort(),
    asset: word(data, 'asset'),
    capability: word(data, 'capability'),
    call: wordOrNone(data, 'call'),
    outcome: choice(data, 'outcome', OUTCOMES),
    reason: wordOrNone(data, 'reason'),
    means: words(data, 'means'),
    sources: words(data, 'sources'),
    audioSeconds: amount(data, 'audioSeconds'),
  };
}
