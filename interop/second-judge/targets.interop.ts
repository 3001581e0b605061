/** The second judge before a deadline that is a target of the deployment: while nobody declares it, nothing is said. */
import test from 'ava';
import type { Chronicle } from '../../cli/verify/judge/chronicle.ts';
import type { ToSee } from '../../cli/verify/judge/declaration.ts';
import { sighted } from '../../cli/verify/judge/eyewitness.ts';

const event = (n: number, t: number, type: string) => ({ n, t, type, on: 'crs', cause: 0, data: {} });
const ALL = [event(1, 0, 'opening.ended'), event(2, 1, 'a'), event(3, 5, 'b'), event(4, 9, 'trace.ended')];
const RUN: Chronicle = { scenario: 's', variant: 'v', all: ALL, end: 9 };

/** That `b` is seen, until so long after `a`. */
const toSee = (later: number | undefined): ToSee => ({
  form: 'see',
  what: { type: 'b', conditions: [] },
  span: {
    opens: { moment: 'm', later: 0 },
    closes: later === undefined ? undefined : { moment: 'm', later },
    ...{ closesAfter: true, undeclared: later === undefined },
  },
  ...{ least: 1, most: Infinity, opening: false },
});

test('a target that nobody declares leaves it not tested, a declared one decides', (t) => {
  const moments = new Map(ALL.slice(1, 2).map((each) => ['m', each]));
  t.is(sighted(toSee(undefined), RUN, moments), 'not-tested');
  t.is(sighted(toSee(4), RUN, moments), 'pass');
  t.is(sighted(toSee(3), RUN, moments), 'fail');
});
