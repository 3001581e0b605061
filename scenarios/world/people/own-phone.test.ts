/** A phone that belongs to an attacker: what it can be pointed at, and what that makes of it. */
import test from 'ava';
import { handsetKind } from '../../../devices/handset/kind.ts';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { canonicalNumber } from '../../../network/mikey/index.ts';
import { SECOND } from '../../../sim/clock.ts';
import { screenplayOf, worldOf } from '../hall.fixture.ts';
import type { World } from '../world.ts';

const ALICE = '+447700900001';
const OWN = 'thief-phone: { kind: handset, platform: android, version: "5.1", owner: thief }';

const withPhone = (): World => worldOf({ devices: [OWN] });

const refusal = (world: World, by: string, line: string): string => codeOf(() => world.type(by, by, line));

/** The thief takes Alice's print out of her hands. */
function stealPrint(world: World): void {
  world.type('cms-operator', 'cms', `print-qr ${ALICE}`);
  world.type('cms-operator', 'cms-operator', 'carry alice-qr-1 alice');
  world.type('thief', 'thief', 'take alice-qr-1');
}

const wait = (world: World, seconds: number): void => world.runUntil(world.now + seconds * SECOND);

test('the thief has their own phone in hand, and it is nobody else', (t) => {
  const world = withPhone();
  t.is(world.things.placeOf('thief-phone'), 'thief');
  t.deepEqual(world.console('thief').screen().slice(0, 1), ['taps: alice-crs, bob-crs']);
  t.is(world.ofKind(handsetKind).get('thief-phone')?.user, 'thief');
  t.is(world.handsetInUse('thief'), undefined, 'without keys it is of no use');
  t.is(world.handsetInUse('alice')?.name, 'alice-phone');
});

test('their own phone scans a stolen print and registers as the victim', (t) => {
  const world = withPhone();
  t.is(refusal(world, 'thief', 'scan alice-qr-1'), 'PEOPLE_NOTHING_TO_SCAN');
  stealPrint(world);
  t.is(world.things.placeOf('alice-qr-1'), 'thief');
  t.deepEqual(world.type('thief', 'thief', 'scan alice-qr-1'), ['thief-phone has read the code.']);
  wait(world, 60);
  const phone = world.ofKind(handsetKind).get('thief-phone');
  t.is(phone?.service, 'registered');
  t.is(phone?.number, canonicalNumber(ALICE));
  const { events } = world.trace;
  const scanned = events.findLast((event) => event.type === 'person.scanned');
  t.deepEqual(scanned?.data, { by: 'thief', phone: 'thief-phone', from: 'alice-qr-1' });
  const took = events.find((event) => event.type === 'person.took');
  t.deepEqual(took?.data, { by: 'thief', thing: 'alice-qr-1', from: 'alice' });
  const enrolled = events.findLast((event) => event.type === 'handset.enrolled');
  t.is(enrolled?.on, 'thief-phone');
  const registered = events.findLast((event) => event.type === 'crs.registered');
  t.is(registered?.type === 'crs.registered' ? registered.data.user : '', 'alice', 'the server sees Alice');
});

test('it calls in the name of the victim, and who is called is shown that name as verified', (t) => {
  const world = withPhone();
  stealPrint(world);
  world.type('thief', 'thief', 'scan alice-qr-1');
  wait(world, 60);
  world.type('thief', 'thief-phone', 'call bob --for 4s');
  wait(world, 60);
  const ringing = world.trace.events.findLast((event) => event.type === 'handset.ringing');
  t.is(ringing?.type === 'handset.ringing' ? ringing.data.shown : '', 'alice');
  t.is(ringing?.on, 'bob-phone');
  const placed = world.trace.events.findLast((event) => event.type === 'handset.call-placed');
  const call = placed?.type === 'handset.call-placed' ? placed.data.call : '';
  t.is(call, 'thief-to-bob#1');
  t.is(
    codeOf(() => world.type('thief', 'thief', `decrypt ${call}`)),
    'answered',
    'the call is between numbers that there are',
  );
});

test('a screen can be scanned too, and only by who has a phone', (t) => {
  const world = withPhone();
  t.is(refusal(world, 'thief', 'scan cms'), 'PEOPLE_NOTHING_TO_SCAN');
  world.type('cms-operator', 'cms', `view-qr ${ALICE}`);
  t.is(refusal(world, 'insider', 'scan cms'), 'PEOPLE_NO_PHONE');
  t.deepEqual(world.type('thief', 'thief', 'scan cms'), ['thief-phone has read the code.']);
  t.is(refusal(worldOf(), 'thief', 'scan cms'), 'PEOPLE_NO_PHONE');
});

test('who has several phones says which one looks', (t) => {
  const world = withPhone();
  stealPrint(world);
  t.is(refusal(world, 'thief', 'scan alice-qr-1 --with alice-phone'), 'CONSOLE_VALUE');
  world.type('thief', 'thief', 'seize bob-phone');
  t.deepEqual(world.type('thief', 'thief', 'scan alice-qr-1 --with thief-phone'), [
    'thief-phone has read the code.',
  ]);
});

test('hands take prints and discs out of other hands, but nothing out of a drive, and no device', (t) => {
  const world = withPhone();
  world.type('cms-operator', 'cms-operator', 'take-blank d');
  world.type('cms-operator', 'cms-operator', 'insert d cms');
  t.is(refusal(world, 'thief', 'take d'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'thief', 'take alice-phone'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'thief', 'take nothing'), 'PEOPLE_NO_THING');
  world.type('cms-operator', 'cms-operator', 'eject cms');
  t.deepEqual(world.type('thief', 'thief', 'take d'), ['You have d.']);
});

test('a phone belongs to a user or an attacker, and to nobody else', (t) => {
  t.is(screenplayOf({ devices: [OWN] }).world.devices.at(-1)?.settings['owner'], 'thief');
  for (const owner of ['crs-admin', 'alice-phone', 'nobody'])
    t.is(
      codeOf(() => screenplayOf({ devices: [OWN.replace('owner: thief', `owner: ${owner}`)] })),
      'SCENARIO_INVALID',
      owner,
    );
});
