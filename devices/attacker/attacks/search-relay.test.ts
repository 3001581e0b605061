import test from 'ava';
import { fromAscii, toHex } from '../../../sim/octets.ts';
import { Flash } from '../../hardware/index.ts';
import { codeOf } from '../../testbed.fixture.ts';
import type { Outcome } from '../attack.ts';
import { refuses, wholeOf } from '../outcome.fixture.ts';
import { Hideout, recorderOf, withCrsImage } from '../hideout.fixture.ts';
import { NOTHING } from '../holdings.ts';
import type { Recorder } from '../recorder.ts';
import { SearchRelay } from './search-relay.ts';

const hideout = new Hideout();
const call = hideout.call('alice', 'bob');
const { csb, began, ended } = hideout.stage.call(call);
const ssv = hideout.stage.ssvOf(csb);
const SOURCES = [
  'crs',
  ...hideout.recorder
    .media(began, ended)
    .slice(0, 1)
    .map(({ link }) => link),
];
/** The octets that the server has anyhow. */
const offer = storedOffer(hideout);

function storedOffer({ bed }: Hideout): Uint8Array {
  const disk = Flash.restore(bed.random.stream('thief'), bed.crs.extract());
  return disk.read('call/1') ?? new Uint8Array(0);
}

/** The search on a server that has the offer of the call and these records too. */
function search(
  records: Readonly<Record<string, Uint8Array>>,
  recorder: Recorder = hideout.recorder,
): Outcome {
  const disk = new Flash(hideout.bed.random.stream('disk'));
  disk.write('call/1', offer);
  for (const [name, octets] of Object.entries(records)) disk.write(name, octets);
  return hideout.outcomeOf(new SearchRelay(withCrsImage(hideout.stage, disk.image()), recorder, call));
}

const noise = hideout.bed.random.stream('noise').octets(64);
const padded = (octets: Uint8Array, at: number): Uint8Array =>
  Uint8Array.from([...noise.subarray(0, at), ...octets, ...noise.subarray(at)]);

test('nothing on an honest CRS is part of a key of a call', (t) => {
  const attack = new SearchRelay(hideout.stage, hideout.recorder, call);
  const aim = attack.aim();
  t.deepEqual([aim.route, aim.needs, aim.call], ['crs', ['media'], call]);
  t.deepEqual([aim.asset, aim.capability], ['content of relayed calls', 'hear']);
  const outcome = hideout.outcomeOf(attack);
  refuses(t, outcome, 'no-ssv');
  t.regex(outcome.because, /none of \d{4,} octets on crs/);
});

test('an SSV that lies anywhere on the disk is found: at the beginning, in between, at the end', (t) => {
  for (const at of [0, 1, 33, 64])
    t.deepEqual(wholeOf(search({ note: padded(ssv, at) })), [
      'opened',
      `the octets at ${offer.length + at} are the SSV of the call`,
      [],
      SOURCES,
    ]);
  t.is(search({ note: padded(ssv.subarray(0, 15), 20) }).outcome, 'refused');
});

test('an SSV in hexadecimal digits is found, in capitals too', (t) => {
  const text = `ssv=${toHex(ssv)};`;
  for (const form of [text, text.toUpperCase()])
    t.is(
      search({ note: fromAscii(form) }).because,
      `the octets at ${offer.length + 4} are the SSV of the call`,
    );
  t.is(search({ note: fromAscii(text.slice(0, 35)) }).outcome, 'refused');
});

test('what was deleted counts as well, and another SSV does not', (t) => {
  const disk = new Flash(hideout.bed.random.stream('disk'));
  disk.write('call/1', offer);
  disk.write('note', padded(ssv, 8));
  disk.write('note', noise);
  const attack = new SearchRelay(withCrsImage(hideout.stage, disk.image()), hideout.recorder, call);
  t.is(hideout.outcomeOf(attack).outcome, 'opened');
  t.is(
    search({
      note: padded(
        ssv.map((octet) => octet ^ 1),
        8,
      ),
    }).outcome,
    'refused',
  );
});

test('it takes the I_MESSAGE and a packet of the call', (t) => {
  refuses(t, search({ note: ssv }, recorderOf([])), 'no-media');
  const disk = new Flash(hideout.bed.random.stream('disk'));
  disk.write('note', ssv);
  for (const octets of [undefined, offer.subarray(0, 100), new Uint8Array(0)]) {
    if (octets !== undefined) disk.write('call/1', octets);
    const attack = new SearchRelay(withCrsImage(hideout.stage, disk.image()), hideout.recorder, call);
    refuses(t, hideout.outcomeOf(attack), 'no-signalling');
  }
  t.is(
    codeOf(() => new SearchRelay(hideout.stage, hideout.recorder, 'alice-to-bob#9')),
    'ATTACK_NO_CALL',
  );
});

test('a phone that lets its SSV leave in clear is caught on the CRS', (t) => {
  const leaking = new Hideout({ broken: ['handset.keeps-ssv-to-itself'] });
  const leaked = leaking.call('alice', 'bob');
  const outcome = leaking.outcomeOf(new SearchRelay(leaking.stage, leaking.recorder, leaked));
  t.is(outcome.outcome, 'opened');
});

test('the controls: the SSV among all that is there opens, as much noise does not', (t) => {
  const attack = new SearchRelay(hideout.stage, hideout.recorder, call);
  const positive = hideout.outcomeOf(attack, NOTHING, 'positive');
  const negative = hideout.outcomeOf(attack, NOTHING, 'negative');
  t.deepEqual([positive.outcome, positive.sources], ['opened', SOURCES]);
  refuses(t, negative, 'no-ssv');
});
