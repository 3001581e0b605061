/**
 * The live server under attack, while three calls of others go on: malformed TLS records from 200 addresses, malformed SIP on sessions
 * of 20 valid accounts, a flood of INVITEs from one, datagrams to the relay's ports, and handshakes that nobody goes on with. Server
 * and attacker are processes of their own. `devices/crs/limits.test.ts` has each limit by itself.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import test from 'ava';
import type { AuditKind } from '../devices/crs/audit-log.ts';
import { HOSTILE_WORLD, type HostileWorld, type HostileWorldOrder } from './hostile-world.ts';

const AMOUNTS = {
  records: 10_000,
  messages: 10_000,
  datagrams: 10_000,
  halfOpen: 500,
  invites: 2_000,
  uncertain: 20,
};
const RSS_GROWTH_MAX = 50_000_000;
const LOSS_MAX = 0.01;

async function attacked(order: HostileWorldOrder): Promise<HostileWorld> {
  const child = spawn(process.execPath, [HOSTILE_WORLD], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(order));
  const said = await text(child.stdout);
  return JSON.parse(said) as HostileWorld;
}

const loggedOf =
  ({ audit }: HostileWorld) =>
  (kind: AuditKind): { lines: number; count: number } => {
    const entries = audit.filter((entry) => entry.kind === kind);
    return { lines: entries.length, count: entries.reduce((sum, { count }) => sum + count, 0) };
  };

const lossOf = ({ flows, lost }: HostileWorld): number =>
  lost /
  Math.max(
    1,
    flows.reduce((sum, { sent }) => sum + sent, 0),
  );

test.serial('calls of others go on, memory stays, and the log has all of it in few lines', async (t) => {
  t.timeout(240_000);
  const world = await attacked({ ...AMOUNTS, parameters: {} });
  const { done, rssBefore, rssMost, events, talking, audit, seconds } = world;
  const logged = loggedOf(world);
  const growth = rssMost - rssBefore;
  t.log(
    `${seconds} s, loss ${lossOf(world)}, ${growth / 1e6} MB more, ${audit.length} lines, ${events} events`,
  );
  t.log(JSON.stringify(done));

  t.is(done.records, AMOUNTS.records);
  t.is(done.datagrams, AMOUNTS.datagrams);
  t.true(done.halfOpen > 0.9 * AMOUNTS.halfOpen, 'the kernel answers even those that are reset then');
  t.is(talking, 6, 'no call of others has ended');
  t.is(world.flows.length, 6);
  t.true(lossOf(world) < LOSS_MAX, `${world.lost} packets of others`);
  t.true(growth < RSS_GROWTH_MAX, `${growth} octets more`);

  // Every record and every half-open handshake is in the log, as examined or as not let in.
  const [refused, notLetIn] = [logged('handshake refused'), logged('connection refused')];
  t.true(refused.count + notLetIn.count >= 0.99 * (AMOUNTS.records + AMOUNTS.halfOpen - 32));
  t.true(notLetIn.count > AMOUNTS.records / 2);
  t.true(refused.lines <= 2 && notLetIn.lines <= 65);
  t.true(logged('stray packet').count >= 0.99 * AMOUNTS.datagrams);
  t.is(logged('stray packet').lines, 1);
  const unreadable = logged('unreadable message');
  t.deepEqual(
    [done.messages, unreadable.count],
    [AMOUNTS.messages, AMOUNTS.messages + AMOUNTS.uncertain],
    'each came and was read',
  );
  t.is(done.uncertain, AMOUNTS.uncertain, 'each session is over by it');
  t.is(unreadable.lines, 20, 'one for each account');
  t.is(logged('too many requests').lines, 1);
  t.true(logged('too many requests').count >= 100);
  t.true(logged('call routed').count <= 3 + 21, 'the INVITEs that the limit lets through');
  t.true(events < 15_000, `${events} events in the trace`);
});

test.serial('planted: with the limits out of the way it is all examined, and it shows', async (t) => {
  t.timeout(240_000);
  const off = 1_000_000;
  const parameters = { 'handshake-limit': off, 'request-limit': off, 'call-limit': off };
  const world = await attacked({ ...AMOUNTS, invites: 100, parameters });
  const logged = loggedOf(world);
  t.log(`loss ${lossOf(world)}, ${(world.rssMost - world.rssBefore) / 1e6} MB more, ${world.events} events`);
  t.is(
    logged('unreadable message').count,
    AMOUNTS.messages + AMOUNTS.uncertain,
    'all of them, and the server survives it',
  );
  t.is(logged('too many requests').count, 0);
  t.true(logged('handshake refused').count >= 0.99 * AMOUNTS.records);
  t.true(world.events > 30_000);
  t.is(world.talking, 6);
  t.true(lossOf(world) < LOSS_MAX);
});
