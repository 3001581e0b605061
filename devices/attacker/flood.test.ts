/** Floods: what is sent, what becomes of it, and who is blocked for it where the deployment has a lock-out. */
import test from 'ava';
import { codeOf, NUMBERS } from '../testbed.fixture.ts';
import { Hideout } from './hideout.fixture.ts';

test('handshakes of strangers beyond the limit are cut off before anything of them is read', (t) => {
  const hideout = new Hideout();
  hideout.type('flood handshakes alice --rate 10 --seconds 60');
  t.is(hideout.attacker.unrest, 'an attack');
  t.is(
    codeOf(() => hideout.type('flood handshakes alice')),
    'ATTACK_BUSY',
  );
  hideout.bed.run(90);
  const { sent = 0, reset = 0, answered = 0 } = hideout.bed.last('attack.flood-ended') ?? {};
  t.is(sent, 600);
  t.is(reset + answered, sent);
  t.true(reset > 400 && answered >= 60, `${reset} reset, ${answered} answered`);
  t.is(hideout.attacker.unrest, undefined);
});

test('guesses at the key of a user block that user only where failed logins do', (t) => {
  for (const lockOut of ['none', 'failed-logins'] as const) {
    const hideout = new Hideout({ parameters: { 'lock-out': lockOut } });
    hideout.type('flood guesses alice --seconds 20');
    hideout.bed.run(40);
    const { bed } = hideout;
    t.is(bed.last('attack.flood-ended')?.sent, 20);
    t.is(bed.events('crs.user-blocked').length, lockOut === 'none' ? 0 : 1, lockOut);
    t.is(bed.crs.accounts.isBlocked(NUMBERS.alice), lockOut !== 'none');
    t.false(bed.crs.accounts.isBlocked(NUMBERS.bob));
  }
  const blind = new Hideout({ taps: [] });
  t.is(
    codeOf(() => blind.type('flood guesses alice')),
    'ATTACK_FLOOD_LACKS',
  );
  t.is(blind.attacker.unrest, undefined, 'its hands are free again');
});

test('calls of an account are put through as often as the CRS grants one user, and messages are refused for their signature', (t) => {
  const hideout = new Hideout({ colludes: 'carol' });
  const { bed } = hideout;
  hideout.type('flood invites carol --from carol --rate 2 --seconds 30');
  bed.run(60);
  t.is(bed.last('attack.flood-ended')?.sent, 60);
  const routed = bed.events('crs.call-routed').length;
  t.true(routed >= 20 && routed <= 35, `${routed} routed`);
  bed.run(120);
  hideout.type('flood messages bob --from carol --seconds 15');
  bed.run(40);
  const refused = bed.events('mikey.refused').map(({ data }) => data.code);
  t.true(refused.length >= 10, `${refused.length} refused`);
  t.deepEqual([...new Set(refused)], ['MIKEY_SIGNATURE']);
  t.is(
    codeOf(() => new Hideout().type('flood invites bob --from carol')),
    'ATTACK_FLOOD_LACKS',
  );
});
