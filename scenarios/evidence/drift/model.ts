/** What differs between a simulated and a live run of the same variant, as plain data: what people are shown is made from this. */

/** So many events of one device and one form that only one run has, or that something else led to. */
export interface Difference {
  readonly kind: 'missing' | 'extra' | 'other-cause';
  readonly device: string;
  /** Type and fields. */
  readonly event: string;
  readonly times: number;
  /** Why it was to be expected; undefined when it matters. */
  readonly expected: string | undefined;
}

/** What a call came to in one run. */
export interface CallFigures {
  /** From the caller's INVITE to the voice; undefined when there was none. */
  readonly setupMs: number | undefined;
  /** Packets that did not arrive, both ways. */
  readonly lost: number;
  /** The worse of the two ends, as far as they are known. */
  readonly r: number | undefined;
  readonly mos: number | undefined;
}

/** One call, with its figures in each of the two runs. */
export interface DriftCall {
  readonly from: string;
  readonly to: string;
  /** Undefined where the run has no such call. */
  readonly simulated: CallFigures | undefined;
  readonly live: CallFigures | undefined;
}

/** The outcome of a comparison; the content of drift.json. */
export interface Drift {
  readonly events: { readonly simulated: number; readonly live: number };
  readonly differences: readonly Difference[];
  readonly calls: readonly DriftCall[];
  /** Nothing that matters differs. */
  readonly same: boolean;
}

/** Differences that were to be expected for one reason. */
export interface ExpectedDifferences {
  readonly reason: string;
  /** Events, all differences together. */
  readonly times: number;
  readonly differences: readonly Difference[];
}

/** Differences as people read them: those that matter one by one, the others counted by their reason. */
export interface DriftGroups {
  readonly matter: readonly Difference[];
  readonly expected: readonly ExpectedDifferences[];
}

/** The differences as people are told of them: those that matter one by one, the others by their reason. */
export function groupsOf({ differences }: Drift): DriftGroups {
  const reasons = new Map<string, Difference[]>();
  for (const difference of differences) {
    const { expected } = difference;
    if (expected === undefined) continue;
    const group = reasons.get(expected);
    if (group === undefined) reasons.set(expected, [difference]);
    else group.push(difference);
  }
  return {
    matter: differences.filter(({ expected }) => expected === undefined),
    expected: [...reasons].map(([reason, group]) => ({
      reason,
      times: group.reduce((sum, { times }) => sum + times, 0),
      differences: group,
    })),
  };
}
