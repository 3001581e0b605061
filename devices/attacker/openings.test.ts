import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { concat } from '../../sim/octets.ts';
import { reassemble } from '../../network/simulated/index.ts';
import { SipFramer, type SipMessage } from '../../network/sip/index.ts';
import { decryptRecorded, type RecordedSession } from '../../network/tls-psk/index.ts';
import { Hideout } from './hideout.fixture.ts';
import { wrongPsks } from './holdings.ts';
import { Openings } from './openings.ts';

const hideout = new Hideout();
hideout.stage.call(hideout.call('bob', 'alice'));
const psks = (['alice', 'bob'] as const).flatMap((user) => hideout.truthOf(user).psks);
const keys = [...psks, ...wrongPsks(psks)].map(({ psk }) => psk);
const sessions = reassemble(hideout.captured);

/** Everything from the beginning, each time. */
function openAnew(session: RecordedSession, psk: Uint8Array): readonly SipMessage[] | undefined {
  try {
    const { clientData, serverData } = decryptRecorded({ ...session, psk });
    return [clientData, serverData].flatMap((data) =>
      new SipFramer().push(concat(...data)).filter((framed) => framed.kind !== 'unreadable'),
    );
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}

const anySession = fc.constantFrom(...sessions);
const anyKey = fc.constantFrom(...keys);
/** Sessions with the keys that open them. */
const fitting = sessions.flatMap((session) =>
  keys.filter((key) => openAnew(session, key) !== undefined).map((key) => ({ session, key })),
);

/** Where a stream is cut, as a share of it, and which octet of it is changed, if any. */
const cut = fc.record({
  share: fc.constantFrom(0.3, 0.8, 0.9, 0.95, 0.98, 1, 1),
  changed: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 15 },
    { arbitrary: fc.double({ min: 0, max: 0.999, noNaN: true }), weight: 1 },
  ),
});

function part(
  octets: Uint8Array,
  { share, changed }: { share: number; changed?: number | undefined },
): Uint8Array {
  const taken = octets.slice(0, Math.floor(octets.length * share));
  const at = changed === undefined ? -1 : Math.floor(octets.length * changed);
  if (at >= 0 && at < taken.length) taken[at] = (taken[at] ?? 0) ^ 4;
  return taken;
}

test('what is remembered is what opens from the beginning: of any part, with any key, in any order, changed or not', (t) => {
  let messages = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          pair: fc.oneof(fc.constantFrom(...fitting), fc.record({ session: anySession, key: anyKey })),
          client: cut,
          server: cut,
        }),
        { maxLength: 30 },
      ),
      fc.constantFrom(1, 20_000, 10_000_000),
      (steps, capacity) => {
        const openings = new Openings(capacity);
        for (const { pair, client, server } of steps) {
          const { session, key } = pair;
          const recorded = {
            clientToServer: part(session.clientToServer, client),
            serverToClient: part(session.serverToClient, server),
          };
          const expected = openAnew(recorded, key);
          t.deepEqual(openings.messagesOf(recorded, key), expected);
          messages += expected?.length ?? 0;
        }
      },
    ),
    { numRuns: 60 },
  );
  t.is(fitting.length, 2);
  t.true(messages > 500);
});

test('octets are opened once: what was read before is handed out again, and read on from there', (t) => {
  const [session] = sessions;
  const [key] = keys;
  if (session === undefined || key === undefined) return t.fail();
  const openings = new Openings(10_000_000);
  const half = { ...session, clientToServer: part(session.clientToServer, { share: 0.8 }) };
  const first = openings.messagesOf(half, key) ?? [];
  const copy = { ...half, clientToServer: half.clientToServer.slice() };
  const again = openings.messagesOf(copy, key.slice()) ?? [];
  const whole = openings.messagesOf(session, key) ?? [];
  t.true(first.length > 2 && whole.length > first.length);
  for (const [index, message] of first.entries()) t.is(again[index], message);
  for (const message of first) t.true(whole.includes(message));
  t.is(openings.octets, lengthOf(half) + lengthOf(session));
});

test('no more is remembered than there is room for, but the last', (t) => {
  const [key] = keys;
  const total = sessions.reduce((sum, session) => sum + lengthOf(session), 0);
  const openings = new Openings(total - 1);
  for (const session of sessions) openings.messagesOf(session, key ?? new Uint8Array(0));
  t.true(openings.octets > 0 && openings.octets < total);
  const small = new Openings(1);
  for (const session of sessions) {
    small.messagesOf(session, key ?? new Uint8Array(0));
    t.is(small.octets, lengthOf(session));
  }
});

function lengthOf({ clientToServer, serverToClient }: RecordedSession): number {
  return clientToServer.length + serverToClient.length;
}
