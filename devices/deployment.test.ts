import test, { type ExecutionContext } from 'ava';
import { MINUTE, SECOND } from '../sim/clock.ts';
import { DEPLOYMENT_PARAMETERS, deploymentOf, type DeploymentName } from './deployment.ts';
import { residueIn } from './hardware/index.ts';
import { NUMBERS, Testbed, type TestbedOptions } from './testbed.fixture.ts';

const tested = new Set<DeploymentName>();

/** What can be observed with the default, and with another value. */
function compare(
  t: ExecutionContext,
  name: DeploymentName,
  value: string | number | boolean,
  observe: (bed: Testbed) => unknown,
  [usual, other]: readonly [unknown, unknown],
  options: TestbedOptions = {},
): void {
  tested.add(name);
  t.deepEqual(observe(Testbed.enrolled({ answers: true, ...options })), usual, `${name} as it is`);
  const changed = Testbed.enrolled({ answers: true, ...options, parameters: { [name]: value } });
  t.deepEqual(observe(changed), other, `${name} ${String(value)}`);
}

const secured = (bed: Testbed) => bed.events('network.secured').at(-1)?.data;
const called = (bed: Testbed): Testbed => {
  bed.call(bed.alice, 'bob', '--for 3s');
  bed.run(6);
  return bed;
};
/** Three connections from one source that say nothing. */
const knockedAt = (bed: Testbed): Testbed => {
  bed.fabric.link('stranger-crs', 'stranger', 'crs');
  const stranger = bed.fabric.attach('stranger');
  for (let n = 0; n < 3; n++)
    stranger.connect({ host: 'crs', port: 5061 }, { onData: () => undefined, onClose: () => undefined });
  bed.run(1);
  return bed;
};
const logged = (bed: Testbed, kind: string): number =>
  bed.crs.log.entries.reduce((sum, entry) => sum + (entry.kind === kind ? entry.count : 0), 0);

test('every parameter of a deployment can be seen to matter', (t) => {
  compare(t, 'skew-limit', 3_600 * SECOND, (bed) => called(bed).events('mikey.accepted').length, [0, 1], {
    phones: { bob: { clockOffsetMs: 1_200_000 } },
  });
  compare(t, 'mikey-prf', 'MIKEY-1', (bed) => called(bed).last('mikey.sent')?.prf, [
    'PRF-HMAC-SHA-256',
    'MIKEY-1',
  ]);
  compare(t, 'srtp-profile', 'AES_CM_128_HMAC_SHA1_32', (bed) => called(bed).last('srtp.keyed')?.profile, [
    'AES_CM_128_HMAC_SHA1_80',
    'AES_CM_128_HMAC_SHA1_32',
  ]);
  compare(t, 'encrypt-then-mac', false, (bed) => secured(bed)?.encryptThenMac, [true, false]);
  compare(t, 'extended-master-secret', false, (bed) => secured(bed)?.extendedMasterSecret, [true, false]);
  compare(t, 'tls-key-exchange', 'dhe-psk', (bed) => secured(bed)?.suite, [
    'TLS_PSK_WITH_AES_128_CBC_SHA',
    'TLS_DHE_PSK_WITH_AES_128_CBC_SHA',
  ]);
  compare(t, 'psk-rotation', 'static', (bed) => /\./.test(bed.last('crs.session-opened')?.identity ?? ''), [
    true,
    false,
  ]);
  compare(
    t,
    'block-ends-sessions',
    false,
    (bed) => {
      bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
      bed.run(1);
      return bed.alice.service;
    },
    ['offline', 'registered'],
  );
  compare(
    t,
    'keep-ssv',
    true,
    (bed) => {
      called(bed);
      return (
        residueIn(bed.alice.extract(), bed.last('mikey.sent')?.ssv.reveal() ?? new Uint8Array(16)).length > 0
      );
    },
    [false, true],
  );
  compare(
    t,
    'old-keys',
    'unlinked',
    (bed) => {
      const { rsk } = bed.cms.escrow.keysOf(NUMBERS.alice, bed.cms.period);
      bed.runTo('2015-11-03T01:00:00Z');
      return residueIn(bed.alice.extract(), rsk).length > 0;
    },
    [false, true],
    { begins: '2015-10-31T12:00:00Z' },
  );
  compare(
    t,
    'crs-months',
    3,
    (bed) => {
      bed.carryDisc();
      bed.carryDisc('--month 2015-12');
      return bed.crs.accounts.months;
    },
    [
      ['2015-10', '2015-11'],
      ['2015-10', '2015-11', '2015-12'],
    ],
  );
  compare(
    t,
    'disc-protection',
    'clear',
    (bed) => {
      bed.carryDisc();
      const { rsk } = bed.cms.escrow.keysOf(NUMBERS.alice, bed.crs.accounts.months[1] ?? bed.cms.period);
      return residueIn(bed.crs.extract(), rsk).length > 0;
    },
    [false, true],
  );
  compare(t, 'handshake-limit', 1, (bed) => logged(knockedAt(bed), 'connection refused'), [0, 2]);
  compare(t, 'call-limit', 1, (bed) => logged(called(called(bed)), 'too many requests'), [0, 1]);
  compare(t, 'request-limit', 2, (bed) => logged(called(called(bed)), 'too many requests') > 0, [
    false,
    true,
  ]);
  compare(
    t,
    'register-interval',
    10 * MINUTE,
    (bed) => {
      bed.run(700);
      return bed.events('handset.registered', 'alice-phone').length;
    },
    [1, 2],
  );
  compare(
    t,
    'reconnect-delay',
    600 * SECOND,
    (bed) => {
      bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
      bed.run(120);
      return bed.events('crs.handshake-refused').length;
    },
    [1, 0],
  );
  compare(
    t,
    'wipe-retry',
    10 * SECOND,
    (bed) => {
      bed.alice.shield(true);
      bed.type(bed.mdm, 'wipe alice-phone');
      bed.run(30);
      return bed.events('mdm.wipe-sent').length;
    },
    [1, 3],
  );
  // These are held against their two values where what they decide is tested.
  const elsewhere: readonly DeploymentName[] = [
    'network-profile',
    'calendar',
    'replay-cache',
    'identity-check',
    'unknown-identity',
    'block-subject',
    'blocks-survive-reinstall',
    'answer-delay',
    'rekey-after-hole',
    'rekey-at-month-end',
    'reissue-update-key',
    'month-removal',
    'sessions-at-month-end',
    'disc-gate',
    'cms-access',
    'cms-ledger',
    'cms-keeps-psks',
    'old-kpak',
    'number-binding',
    'log-copy',
    'lock-out',
    'wipe-method',
    'update-key',
    'month-by',
  ];
  t.deepEqual([...tested, ...elsewhere].sort(), Object.keys(DEPLOYMENT_PARAMETERS).sort());
});

test('a deployment is the defaults with choices laid over them', (t) => {
  t.is(deploymentOf()['skew-limit'], 10 * MINUTE);
  t.is(deploymentOf({ 'skew-limit': SECOND })['skew-limit'], SECOND);
});
