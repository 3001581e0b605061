import test from 'ava';
import { parseMessage } from '../../network/mikey/index.ts';
import { Flash } from '../hardware/index.ts';
import { csbText } from '../handset/index.ts';
import { codeOf } from '../testbed.fixture.ts';
import { offersOnCrs, sessionsOf } from './crs-image.ts';
import { Hideout } from './hideout.fixture.ts';

const hideout = new Hideout();
const first = hideout.stage.call(hideout.call('alice', 'bob', 1));
const second = hideout.stage.call(hideout.call('bob', 'alice', 1));
const image = hideout.bed.crs.extract();
const offers = offersOnCrs(image);

test('a server has the I_MESSAGE of every call that it routed, in clear', (t) => {
  t.deepEqual(
    offers.map((octets) => csbText(parseMessage(octets).header.csbId)),
    [first.csb, second.csb],
  );
});

test('only records of calls count, and only those with a message in them', (t) => {
  const disk = Flash.restore(hideout.bed.random.stream('disk'), image);
  const body = disk.read('call/1');
  if (body === undefined) return t.fail();
  disk.write('recall/9', body);
  disk.write('call/3', body.subarray(0, 60));
  disk.write('call/4', new Uint8Array(0));
  t.deepEqual(offersOnCrs(disk.image()), offers);
  disk.write('call/5', body);
  t.deepEqual(offersOnCrs(disk.image()), [...offers, offers[0]]);
  disk.delete('call/1');
  t.is(offersOnCrs(disk.image()).length, 2);
});

test('octets that are no image are refused', (t) => {
  t.is(
    codeOf(() => offersOnCrs(image.subarray(0, 20))),
    'HARDWARE_FLASH_IMAGE',
  );
  t.deepEqual(offersOnCrs(new Flash(hideout.bed.random.stream('empty')).image()), []);
});

test('an SSV gives the keys of both directions, caller to callee first', (t) => {
  const ssv = hideout.stage.ssvOf(first.csb);
  const [offer] = offers;
  if (offer === undefined) return t.fail();
  const sessions = sessionsOf(parseMessage(offer), ssv);
  const keyed = (user: string, direction: string) =>
    hideout.bed
      .events('srtp.keyed')
      .find(({ data }) => data.csb === first.csb && data.user === user && data.direction === direction)
      ?.data.tek.reveal();
  t.deepEqual(
    sessions.map(({ tek }) => tek),
    [keyed('alice', 'send'), keyed('bob', 'send')],
  );
  t.notDeepEqual(sessionsOf(parseMessage(offer), hideout.stage.ssvOf(second.csb)), sessions);
});
