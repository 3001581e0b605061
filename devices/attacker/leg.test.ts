import test from 'ava';
import { canonicalNumber, parsePeriod } from '../../network/mikey/index.ts';
import { lackingPskOf } from './leg.ts';
import { NOTHING, type Holdings } from './holdings.ts';
import type { RecordedLeg } from './recorder.ts';

const owner = { number: canonicalNumber('+447700900001'), period: parsePeriod('2015-10') };
const leg = (identity: string): RecordedLeg => ({
  ...{ client: 'alice-phone', identity, isEphemeral: false, beganAt: 0, endedAt: 1 },
});
const holding = (identity: string): Holdings => ({
  ...NOTHING,
  psks: [{ identity, psk: new Uint8Array(32), number: owner.number }],
});

test('a PSK that was replaced before the call is stale, and one that took the place of the PSK of the call was never of it', (t) => {
  const replaced =
    (...names: readonly string[]) =>
    (identity: string) =>
      names.includes(identity);
  const [first, second] = [holding('a.2015-10'), holding('b.2015-10')];
  t.deepEqual(lackingPskOf(first, owner, [leg('b.2015-10')], replaced('a.2015-10')), ['stale-psk']);
  t.deepEqual(lackingPskOf(second, owner, [leg('a.2015-10')], replaced('a.2015-10')), ['no-psk']);
  t.deepEqual(
    lackingPskOf(second, owner, [leg('a.2015-10')], replaced('a.2015-10', 'b.2015-10')),
    ['stale-psk'],
    'the later one was replaced in its turn',
  );
  t.deepEqual(lackingPskOf(second, owner, [leg('a.2015-10')]), ['stale-psk'], 'where nobody can tell');
});
