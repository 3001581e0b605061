import test from 'ava';
import { parsePeriod } from '../../network/mikey/index.ts';
import { Hideout } from './hideout.fixture.ts';
import { wrongPsks } from './holdings.ts';
import { Impostor } from './impostor.ts';
import type { PresharedKey } from '../media/index.ts';

/** Tries to come in as Alice with the PSK of this user. */
function connected(
  hideout: Hideout,
  psks: readonly PresharedKey[] = hideout.truthOf('alice').psks,
): Impostor | string | undefined {
  const { bed, stage } = hideout;
  const [psk] = psks;
  if (psk === undefined) return undefined;
  const answers: (Impostor | string)[] = [];
  Impostor.connect(
    {
      ports: bed.ports,
      random: bed.random.stream('thief'),
      attachment: stage.attach(hideout.host()),
      crs: 'crs',
      number: stage.numberOf('alice'),
      psk,
    },
    (answer) => answers.push(answer),
  );
  bed.run(30);
  return answers.length > 1 ? 'it was told twice' : answers[0];
}

test('with the PSK of a user an impostor is registered as that user', (t) => {
  const hideout = new Hideout();
  t.true(connected(hideout) instanceof Impostor);
  t.is(hideout.bed.last('crs.session-opened')?.user, 'alice');
});

test('without it there is a sentence instead', (t) => {
  const hideout = new Hideout();
  t.is(
    connected(hideout, wrongPsks(hideout.truthOf('alice').psks)),
    'the CRS ended the handshake (insecure, alert 20)',
  );
  t.is(connected(hideout, hideout.truthOf('bob').psks), 'REGISTER was answered 403');
  hideout.bed.fabric.unplug('crs');
  t.is(connected(hideout), 'the CRS did not answer');
});

test('it fetches packages as a phone does', (t) => {
  const hideout = new Hideout();
  const impostor = connected(hideout);
  if (!(impostor instanceof Impostor)) return t.fail();
  const answers: unknown[] = [];
  impostor.fetchPackage(hideout.period, ({ octets }) => answers.push(octets));
  impostor.fetchPackage(parsePeriod('2015-12'), ({ octets, status }) => answers.push(octets ?? status));
  hideout.bed.run(5);
  t.deepEqual(answers, [
    hideout.bed.crs.accounts.packageOf(hideout.stage.numberOf('alice'), hideout.period),
    404,
  ]);
});

test('whoever calls it finds it busy, and when it has left the phone of the user takes the calls again', (t) => {
  const hideout = new Hideout();
  const impostor = connected(hideout);
  if (!(impostor instanceof Impostor)) return t.fail();
  hideout.bed.call(hideout.bed.bob, 'alice');
  t.is(hideout.bed.last('handset.call-refused', 'bob-phone')?.status, 486);
  impostor.leave();
  hideout.bed.run(600);
  t.is(hideout.call('bob', 'alice', 1), 'bob-to-alice#2');
});

test('a status that tells something is told, and a message that cannot be read is refused by the CRS', (t) => {
  const hideout = new Hideout();
  const impostor = connected(hideout);
  if (!(impostor instanceof Impostor)) return t.fail();
  const statuses: (number | undefined)[] = [];
  impostor.invite(hideout.stage.numberOf('bob'), new Uint8Array(20), (status) => statuses.push(status));
  hideout.bed.run(5);
  t.deepEqual(statuses, [488]);
  t.is(hideout.bed.events('handset.ringing').length, 0);
});
