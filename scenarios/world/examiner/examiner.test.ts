import test from 'ava';
import type { RuleName } from '../../../devices/rules.ts';
import type { TapListener } from '../../../network/tap.ts';
import { VirtualClock } from '../../../sim/clock.ts';
import { Secret } from '../../../sim/secret.ts';
import { Trace, type TraceEvents } from '../../../sim/trace.ts';
import { Witnesses } from '../witness.ts';
import { Examiner } from './examiner.ts';
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

/** A trace that the examiner watches, with phones that key and connect, and a link that packets cross. */
class Watched {
  readonly trace = new Trace(new VirtualClock());
  #show: TapListener = () => undefined;

  constructor() {
    const watching = new Witnesses(this.trace, [new Examiner({ relays: ['crs'], voices: [] })], {
      storageOf: () => undefined,
    });
    const tap = (listener: TapListener): (() => void) => {
      this.#show = listener;
      return () => undefined;
    };
    watching.tap([{ name: 'a link', ends: ['here', 'there'], tap }]);
  }

  joins(csb: string, phone: string, from: string, to: string): void {
    for (const direction of ['send', 'receive'] as const) {
      const tek = new Secret('TEK', `${csb} ${phone}`, new Uint8Array(16).fill(phone.length));
      this.trace.append('srtp.keyed', phone, { csb, user: phone, direction, profile: '', tek });
    }
    this.trace.append('handset.call-connected', phone, { csb, from, to, setupMs: 1 });
  }

  packets(count: number, from: string, to: string): void {
    for (let n = 0; n < count; n++)
      this.#show({
        ...{ time: 0, link: 'a link', toward: to, lost: false },
        packet: {
          protocol: 'udp',
          from: { host: from, port: 1 },
          to: { host: to, port: 2 },
          octets: new Uint8Array(100),
        },
      });
  }

  serverEnds(call: number, from: string, to: string): void {
    this.trace.append('crs.call-ended', 'crs', { call, from, to, reason: 'hung-up', relayed: 0, strays: 0 });
  }

  /** Call, packets and packets beside the relay of each audit so far. */
  get paths(): readonly (readonly [csb: string, packets: number, direct: number])[] {
    return this.trace.events.flatMap((event) =>
      isOf(event, 'audit.media-path') ? [[event.data.csb, event.data.packets, event.data.direct]] : [],
    );
  }
}

test('each of two calls at once has its own packets, and its audit ends with itself', (t) => {
  const watched = new Watched();
  watched.joins('1', 'alice-phone', 'alice', 'bob');
  watched.packets(2, 'crs', 'bob-phone');
  watched.joins('1', 'bob-phone', 'alice', 'bob');
  watched.packets(1, 'alice-phone', 'crs');
  watched.joins('2', 'carol-phone', 'carol', 'dora');
  watched.joins('2', 'dora-phone', 'carol', 'dora');
  watched.packets(2, 'crs', 'dora-phone');
  watched.packets(5, 'carol-phone.visited-fr', 'dora-phone');
  watched.packets(7, 'somebody', 'crs');
  watched.serverEnds(9, 'bob', 'carol');
  t.deepEqual(watched.paths, [], 'a call of others ends no audit');
  watched.serverEnds(2, 'carol', 'dora');
  t.deepEqual(watched.paths, [['2', 7, 5]]);
  watched.packets(4, 'crs', 'bob-phone');
  watched.packets(1, 'alice-phone', 'bob-phone');
  watched.serverEnds(1, 'alice', 'bob');
  t.deepEqual(watched.paths.slice(1), [['1', 8, 1]]);
});

test('a call whose server is gone is over when both of its phones say so', (t) => {
  const watched = new Watched();
  for (const phone of ['alice-phone', 'bob-phone']) watched.joins('1', phone, 'alice', 'bob');
  watched.packets(3, 'alice-phone', 'crs');
  for (const [phone, audits] of [
    ['bob-phone', 0],
    ['alice-phone', 1],
  ] as const) {
    const none = { sent: 0, received: 0, lost: 0, tampered: 0, replayed: 0, outOfStep: 0, malformed: 0 };
    const ended = { csb: '1', from: 'alice', to: 'bob', user: phone, reason: 'session-lost', seconds: 1 };
    watched.trace.append('handset.call-ended', phone, {
      ...ended,
      ...none,
    });
    t.is(watched.paths.length, audits);
  }
  watched.serverEnds(1, 'alice', 'bob');
  t.deepEqual(watched.paths, [['1', 3, 0]], 'once');
});
