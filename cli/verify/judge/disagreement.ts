/** Two lists of what is said, one of a report and one of whoever judged again, held against each other: each has to have what the other has. */

/** One thing that is said: of what, and what. */
export interface Saying {
  readonly what: string;
  readonly said: string;
  /** The event of the trace that it rests on. */
  readonly event?: number | undefined;
}

/** A point on which a report and its trace differ. */
export interface Objection {
  /** `scenario/variant`, or what else it is about. */
  readonly place: string;
  readonly kind: string;
  /** The check, moment, path or clause. */
  readonly what: string;
  /** What the report says; absent where it says nothing. */
  readonly stated?: string;
  /** What the trace shows. */
  readonly found?: string;
  readonly event?: number;
}

/** All on which the two differ; two equal sayings are not one. */
export function disagreements(
  place: string,
  kind: string,
  stated: readonly Saying[],
  found: readonly Saying[],
): readonly Objection[] {
  const left = [...found];
  const alone: Saying[] = [];
  for (const each of stated) {
    const same = left.findIndex(({ what, said }) => what === each.what && said === each.said);
    if (same < 0) alone.push(each);
    else left.splice(same, 1);
  }
  const paired = alone.map((each): Objection => {
    const at = left.findIndex(({ what }) => what === each.what);
    const [other] = at < 0 ? [] : left.splice(at, 1);
    const event = other?.event ?? each.event;
    return {
      ...{ place, kind, what: each.what, stated: each.said },
      ...(other === undefined ? {} : { found: other.said }),
      ...(event === undefined ? {} : { event }),
    };
  });
  const unsaid = left.map(({ what, said, event }): Objection => ({
    ...{ place, kind, what, found: said },
    ...(event === undefined ? {} : { event }),
  }));
  return [...paired, ...unsaid];
}

/** `client-compromise/late: check live-call-after: the report says pass, the trace shows fail (event 812)` */
export function objectionText({ place, kind, what, stated, found, event }: Objection): string {
  return (
    `${place}: ${kind} ${what}: the report says ${stated ?? 'nothing'}, ` +
    `the evidence shows ${found ?? 'nothing'}${event === undefined ? '' : ` (event ${event})`}`
  );
}
