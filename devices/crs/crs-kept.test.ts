/** A server that was kept between two requests and taken up says, does and forgets what it would have anyway. */
import test from 'ava';
import * as fc from 'fast-check';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { fromAscii } from '../../sim/octets.ts';
import type { Address } from '../../network/fabric.ts';
import { canonicalNumber, parsePeriod } from '../../network/mikey/index.ts';
import { OpticalDisc } from '../hardware/index.ts';
import { DeadEnd, LoneWorld } from '../dead-end.fixture.ts';
import { Testbed } from '../testbed.fixture.ts';
import { crsConsole } from './console.ts';
import { Crs } from './crs.ts';
import type { RunningCrsState } from './running-state.ts';

const NUMBERS = [1, 2, 3].map((n) => canonicalNumber(`+44770090000${n}`));
const OPTIONS = {
  // A quarter of an hour before the end of a month, with limits that are soon reached.
  begins: '2015-10-31T23:45:00Z',
  parameters: { 'request-limit': 6, 'handshake-limit': 3, 'skew-limit': 5 * MINUTE },
};

/** A server at a dead end, and what a test does to it. */
class Bench {
  readonly world: LoneWorld;
  readonly end = new DeadEnd('crs');
  readonly crs: Crs;
  readonly #type: (line: string) => void;
  #sequence: number;

  constructor(before?: Bench, kept?: RunningCrsState) {
    this.world = before === undefined ? new LoneWorld(OPTIONS) : before.world.takenUp();
    this.#sequence = before === undefined ? 0 : before.#sequence;
    const { ports, trace } = this.world;
    this.crs = new Crs(ports, {
      name: 'crs',
      attachment: this.end,
      nameOf: (number) => `user ${number.slice(-1)}`,
      kept,
    });
    const console = crsConsole(this.crs, trace);
    this.#type = (line) => {
      try {
        console.type(line, 'admin');
      } catch (error) {
        this.end.said.push(String(error));
      }
    };
    if (before === undefined) this.#enrol();
  }

  #enrol(): void {
    this.#type('create-account hq');
    for (const period of ['2015-10', '2015-11'].map(parsePeriod))
      this.crs.accounts.load(
        'hq',
        'a CMS',
        period,
        NUMBERS.map((number, n) => ({
          number,
          psk: { identity: `${n + 1}.${period}`, psk: new Uint8Array(32).fill(n) },
          package: Uint8Array.of(n),
        })),
      );
  }

  happen({ waits, user, port, what }: Happening): void {
    this.world.run(waits);
    const remote: Address = { host: `phone-${user}`, port };
    const number = NUMBERS[user - 1] ?? '';
    switch (what.kind) {
      case 'enter':
        return this.end.enter(remote, `${user}.${what.month}`);
      case 'say': {
        const lines = [
          `${what.method} sip:crs SIP/2.0`,
          `Via: SIP/2.0/TLS x:1;branch=z9hG4bK${++this.#sequence}`,
          'Max-Forwards: 70',
          `From: <tel:${number}>;tag=1`,
          `To: <tel:${number}>`,
          'Call-ID: c',
          `CSeq: ${this.#sequence} ${what.method}`,
          `User-Agent: phone (instance ${port})`,
          ...what.headers,
          'Content-Length: 0',
        ];
        return this.end.say(remote, fromAscii(`${lines.join('\r\n')}\r\n\r\n`));
      }
      case 'hang up':
        return this.end.hangUp(remote, 'closed');
      case 'type':
        return this.#type(what.line.replace('NUMBER', number));
    }
  }
}

const register = (...headers: readonly string[]) => ({ kind: 'say', method: 'REGISTER', headers }) as const;

const happening = fc.record({
  waits: fc.oneof(fc.integer({ min: 0, max: 5 * SECOND }), fc.integer({ min: 0, max: 5 * MINUTE })),
  user: fc.integer({ min: 1, max: 3 }),
  port: fc.integer({ min: 1, max: 2 }),
  what: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        { kind: 'enter', month: '2015-10' } as const,
        { kind: 'enter', month: '2015-11' } as const,
      ),
    },
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        register('Contact: "A \\"b\\"" <sip:x:1;transport=tls>;q=0.5;expires=90'),
        register('Contact: <sip:x:2>', 'Expires: 400'),
        register('Contact: *', 'Expires: 0'),
        register(),
        { kind: 'say', method: 'OPTIONS', headers: [] } as const,
        { kind: 'say', method: 'INVITE', headers: ['Contact: <sip:x:1>'] } as const,
        { kind: 'say', method: 'NONSENSE', headers: [] } as const,
      ),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'hang up' } as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...[
          'block-user NUMBER',
          'unblock-user NUMBER',
          'check-log',
          'users',
          'status',
          'remove-month 2015-11',
        ].map((line) => ({ kind: 'type', line }) as const),
      ),
    },
  ),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

const happenings = fc.array(happening, { minLength: 1, maxLength: 60, size: 'max' });

test('a server that was kept goes on as the one that it was kept from', (t) => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(happenings, happenings, (before, after) => {
      const original = new Bench();
      for (const each of before) original.happen(each);
      t.is(original.crs.unrest, undefined);
      const kept = original.crs.save();
      const again = new Bench(original, structuredClone(kept));
      t.deepEqual(again.crs.save(), kept);
      t.deepEqual([again.world.told(), again.end.said], [[], []], 'it tells nothing of its being taken up');
      t.deepEqual(again.world.clock.unclaimed, []);
      const [told, said] = [original.world.trace.events.length, original.end.said.length];
      for (const each of after) {
        original.happen(each);
        again.happen(each);
        t.deepEqual(again.world.told(), original.world.told(told));
        t.deepEqual(again.end.said, original.end.said.slice(said));
      }
      for (const bench of [original, again]) bench.world.run(40 * MINUTE);
      t.deepEqual(again.world.told(), original.world.told(told));
      t.deepEqual(again.crs.save(), original.crs.save());
      t.deepEqual(again.world.clock.timers, original.world.clock.timers);
      for (const { type, data } of original.world.trace.events.slice(told))
        seen.add('reason' in data ? `${type} ${data.reason}` : type);
    }),
    { numRuns: 60, seed: 1 },
  );
  for (const what of [
    'crs.registered',
    'crs.registration-ended not renewed',
    'crs.registration-ended asked for',
    'crs.session-closed month ended',
    'crs.session-closed blocked',
    'crs.handshake-refused blocked',
    'crs.month-removed',
  ])
    t.true(seen.has(what), `${what} was among what happened afterwards`);
});

test('a disc in the drive, a log that was checked and the number of calls are kept', (t) => {
  const original = new Bench();
  const disc = new OpticalDisc('disc');
  original.crs.drive.insert(disc, 'disc-1');
  original.happen({ waits: 0, user: 1, port: 1, what: { kind: 'type', line: 'check-log' } });
  const kept = original.crs.save();
  t.like(kept, { drive: { disc: 'disc-1' }, memory: { logChecked: true } });
  const numbered = {
    ...kept,
    exchange: { ...kept.exchange, switchboard: { routed: 7, vanishing: ['+447700900001 +447700900002'] } },
  };
  const again = new Bench(original, structuredClone(numbered));
  t.deepEqual(again.crs.save(), numbered);
  again.crs.drive.giveBack(disc, 'disc-1');
  t.is(again.crs.drive.inserted?.disc, disc);
});

test('a server is not at rest in a handshake or a call, and is with everybody registered', (t) => {
  const bed = Testbed.enrolled({ answers: true, link: { delayMs: 60 } });
  t.is(bed.crs.unrest, undefined);
  const unrest = (seconds: number): ReadonlySet<string | undefined> =>
    new Set(
      Array.from({ length: 200 }, () => {
        bed.run(seconds / 200);
        return bed.crs.unrest;
      }),
    );
  bed.type(bed.alice, 'restart');
  t.true(unrest(10).has('a handshake'));
  t.is(bed.crs.unrest, undefined);
  bed.call(bed.alice, 'bob', '--for 20s');
  bed.run(1);
  t.is(bed.crs.unrest, 'a call');
  t.true(unrest(30).has('a SIP transaction'), 'the end of a call is answered by both');
  t.is(bed.crs.unrest, undefined);
});

test('a server is not at rest while somebody tampers', (t) => {
  const { crs } = new Bench();
  crs.tamper = ({ body }) => body;
  t.is(crs.unrest, 'somebody who tampers');
  crs.tamper = undefined;
  crs.packageTamper = () => undefined;
  t.is(crs.unrest, 'somebody who tampers');
  crs.packageTamper = undefined;
  t.is(crs.unrest, undefined);
});
