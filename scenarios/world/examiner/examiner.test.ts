import test from 'ava';
import type { RuleName } from '../../../devices/rules.ts';
import type { TraceEvents } from '../../../sim/trace.ts';
import { performanceOf } from '../hall.fixture.ts';

const CALL = `steps:
  - { id: a, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
expect:
  - { id: begun, see: trace.began, times: 1 }
`;

interface Findings {
  readonly hits: number;
  readonly direct: number;
  readonly distinct: number;
  readonly suite: string;
}

/** What the examiner finds in one call. */
function findings(...broken: readonly RuleName[]): Findings {
  const performance = performanceOf({ yaml: CALL, ends: '08:03', broken });
  performance.finish();
  const last = <Type extends keyof TraceEvents>(type: Type): TraceEvents[Type] | undefined => {
    let found: TraceEvents[Type] | undefined;
    for (const event of performance.world.trace.events) if (isOf(event, type)) found = event.data;
    return found;
  };
  return {
    hits: last('audit.canary')?.hits ?? -1,
    direct: last('audit.media-path')?.direct ?? -1,
    distinct: last('audit.call-keys')?.distinct ?? -1,
    suite: last('audit.server-hello')?.suite ?? 'none',
  };
}

function isOf<Type extends keyof TraceEvents>(
  event: { readonly type: keyof TraceEvents },
  type: Type,
): event is { readonly type: Type; readonly data: TraceEvents[Type] } {
  return event.type === type;
}

test('an undisturbed call has nothing to find', (t) => {
  t.deepEqual(findings(), { hits: 0, direct: 0, distinct: 2, suite: '0x008C' });
});

test('voice in clear, media beside the relay, one key for both ways and another suite are found on the wire', (t) => {
  t.true(findings('handset.encrypts-media').hits > 100);
  t.true(findings('crs.relays-media').direct > 0);
  t.is(findings('handset.key-per-direction').distinct, 1);
  t.is(findings('crs.one-suite').suite, '0x008D');
});
