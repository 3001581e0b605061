/**
 * Handset-days: how long iPhones ran a version that is not validated, or one that is not the newest, and which of these days a decision on
 * record covers (para-13). It is counted by the days that have ended, from what phones ran and what was entered and filed; no device says so
 * of itself. Android phones bring a module of their own with the app, and are not counted (para-14).
 */
import { DAY, type Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import { isNewer } from '../../../devices/handset/index.ts';
import { dayOf } from '../../language/instant.ts';
import type { Testimony, Witness } from '../witness.ts';
import './events.ts';

/** A version that came out; `validated` is when its module was, in time of the run. */
type Release = { readonly version: string; readonly released: Micros; readonly validated: Micros | null };

/** A phone that runs a version from a time on. */
type Run = { readonly phone: string; readonly version: string; readonly since: Micros };

type Decision = {
  readonly version: string;
  readonly decision: string;
  readonly filed: Micros;
  /** The beginning of its last day, since 1970. */
  readonly until: Micros;
};

/** All that the days are counted from. */
export type PlatformDaysState = {
  readonly releases: readonly Release[];
  readonly runs: readonly Run[];
  readonly decisions: readonly Decision[];
};

const HEEDED: ReadonlySet<TraceType> = new Set<TraceType>([
  'handset.installed',
  'handset.system-updated',
  'handset.wiped',
  'mdm.version-released',
  'mdm.version-validated',
  'notice.filed',
  'register.reviewed',
]);

/** Says `audit.platform-days` after each `register.reviewed`, where a release of iOS was entered. */
export class PlatformDays implements Witness<PlatformDaysState> {
  readonly id = 'platform-days';
  readonly initial: PlatformDaysState = { releases: [], runs: [], decisions: [] };
  readonly #begins: Micros;

  /** `begins`: when the run does, in microseconds since 1970. */
  constructor({ begins }: { readonly begins: Micros }) {
    this.#begins = begins;
  }

  heeds(type: TraceType): boolean {
    return HEEDED.has(type);
  }

  take(state: PlatformDaysState, event: AnyTraceEvent): Testimony<PlatformDaysState> {
    const { type, t, on, data } = event;
    const runs = (version: string): PlatformDaysState => ({
      ...state,
      runs: [...state.runs, { phone: on, version, since: t }],
    });
    switch (type) {
      case 'handset.installed':
      case 'handset.system-updated':
        return { state: data.platform === 'ios' ? runs(data.version) : state };
      case 'handset.wiped':
        return { state: state.runs.some(({ phone }) => phone === on) ? runs('') : state };
      case 'mdm.version-released': {
        if (data.platform !== 'ios') return { state };
        const { version, validated } = data;
        const release = { version, released: t, validated: validated ? t : null };
        return { state: { ...state, releases: [...state.releases, release] } };
      }
      case 'mdm.version-validated': {
        const releases = state.releases.map((each) =>
          data.platform === 'ios' && each.version === data.version ? { ...each, validated: t } : each,
        );
        return { state: { ...state, releases } };
      }
      case 'notice.filed': {
        const { kind, platform, version, decision, until } = data;
        const last = dayOf(until ?? '');
        if (kind !== 'platform' || platform !== 'ios' || version === null || decision === null)
          return { state };
        const made = { version, decision, filed: t, until: last ?? 0 };
        return { state: { ...state, decisions: [...state.decisions, made] } };
      }
      case 'register.reviewed':
        if (state.releases.length === 0) return { state };
        return { state, says: [{ type: 'audit.platform-days', data: this.#counted(state, t) }] };
      default:
        return { state };
    }
  }

  #counted(
    { releases, runs, decisions }: PlatformDaysState,
    now: Micros,
  ): { unvalidated: number; unvalidatedGap: number; unpatched: number; unpatchedGap: number } {
    const days = { unvalidated: 0, unvalidatedGap: 0, unpatched: 0, unpatchedGap: 0 };
    const phones = new Set(runs.map(({ phone }) => phone));
    const covers = (end: Micros, decision: string, about: (version: string) => boolean): boolean =>
      decisions.some(
        (each) =>
          each.decision === decision &&
          about(each.version) &&
          each.filed < end &&
          each.until + DAY >= this.#begins + end,
      );
    // Midnights are UTC; a day counts by what was so when it ended.
    for (let end = DAY - (this.#begins % DAY); end <= now; end += DAY)
      for (const phone of phones) {
        const version = runs.findLast((each) => each.phone === phone && each.since < end)?.version ?? '';
        if (version === '') continue;
        const release = releases.find((each) => each.version === version);
        const newer = releases.filter((each) => each.released < end && isNewer(each.version, version));
        if (release !== undefined && (release.validated === null || release.validated >= end)) {
          days.unvalidated++;
          if (!covers(end, 'upgrade', (about) => about === version)) days.unvalidatedGap++;
        }
        if (newer.length === 0) continue;
        days.unpatched++;
        if (!covers(end, 'wait', (about) => newer.some((each) => each.version === about)))
          days.unpatchedGap++;
      }
    return days;
  }
}
