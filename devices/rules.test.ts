import test from 'ava';
import { fromAscii, toAscii, toHex } from '../sim/octets.ts';
import { SeededRandom } from '../sim/random.ts';
import {
  identifierOf,
  nextPeriod,
  sakkeEncapsulate,
  sealIMessage,
  signIMessage,
  telIdentity,
  timestampOf,
} from '../network/mikey/index.ts';
import { Impostor } from './attacker/impostor.ts';
import { readFlashImage, residueIn } from './hardware/index.ts';
import { encodePackage, wrapPackage } from './media/index.ts';
import { isRuleName, Rules, type RuleName } from './rules.ts';
import { offer } from './signalling/session-description.ts';
import { compare } from './rules.fixture.ts';
import { NUMBERS, Testbed } from './testbed.fixture.ts';

/** Whether Bob's phone takes a call from Alice's, and why not. */
function aliceCallsBob(bed: Testbed): string {
  bed.call(bed.alice, 'bob');
  return bed.bob.line === 'inCall' ? 'taken' : (bed.last('mikey.refused')?.code ?? 'nothing came');
}

/** Puts the body of Alice's last call before Bob's phone again, as whoever controls the server can. */
function again(bed: Testbed): string {
  const offer = [...readFlashImage(bed.crs.extract()).live].findLast(([name]) =>
    name.startsWith('call/'),
  )?.[1];
  bed.type(bed.alice, 'hang-up');
  bed.run(3);
  const before = bed.events('mikey.accepted').length;
  bed.crs.inviteDirectly(NUMBERS.bob, NUMBERS.alice, offer?.value ?? new Uint8Array(0), () => undefined);
  bed.run(3);
  return bed.events('mikey.accepted').length > before ? 'taken' : (bed.last('mikey.refused')?.code ?? '');
}

test('an unapproved platform', (t) => {
  const state = (broken: readonly RuleName[]) =>
    new Testbed({ broken, phones: { alice: { version: '3.2' } } }).alice.service;
  t.is(state([]), 'notInstalled');
  t.is(state(['handset.approved-platform']), 'notEnrolled');
});

test('another VoIP application', (t) => {
  const state = (broken: readonly RuleName[]) =>
    new Testbed({ broken, phones: { alice: { otherVoip: 'chatter' } } }).alice.service;
  t.is(state([]), 'notInstalled');
  t.is(state(['handset.no-other-voip']), 'notEnrolled');
});

test('spellings of numbers', (t) => {
  const dial = (line: string) => (bed: Testbed) => bed.refusal(bed.alice, line);
  compare(t, 'handset.one-spelling', dial('call "+44 7700 900002"'), {
    kept: 'answered',
    broken: 'CONSOLE_VALUE',
  });
  compare(t, 'handset.global-numbers-only', dial('call 07700900002'), {
    kept: 'MIKEY_NUMBER_NATIONAL',
    broken: 'answered',
  });
});

test('a wrong clock', (t) => {
  const phones = { bob: { clockOffsetMs: 20 * 60_000 } };
  compare(t, 'handset.skew', aliceCallsBob, { kept: 'MIKEY_SKEW', broken: 'taken' }, { phones });
});

test('a replay', (t) => {
  const observe = (bed: Testbed) => `${aliceCallsBob(bed)}, ${again(bed)}`;
  compare(t, 'handset.replay', observe, { kept: 'taken, MIKEY_REPLAY', broken: 'taken, taken' });
});

test('a signature of nobody', (t) => {
  const observe = (bed: Testbed) => {
    bed.crs.tamper = ({ body }) => broken(body);
    return aliceCallsBob(bed);
  };
  compare(t, 'handset.signature', observe, { kept: 'MIKEY_SIGNATURE', broken: 'taken' });
});

test('an identifier of another month than T', (t) => {
  const observe = (bed: Testbed) => {
    bed.carryDisc();
    bed.type(bed.bob, 'fetch');
    bed.run(3);
    const { escrow, period } = bed.cms;
    const month = nextPeriod(period);
    const random = new SeededRandom('other month').stream('x');
    const sealed = sakkeEncapsulate(random.octets(16), identifierOf(NUMBERS.bob, month), escrow.kms.z);
    const iMessage = signIMessage(
      {
        kind: 'HDR',
        verify: false,
        prf: 'PRF-HMAC-SHA-256',
        csbId: 7,
        map: { type: 'SRTP-ID', sessions: [0, 0].map((ssrc) => ({ policyNumber: 0, ssrc, roc: 0 })) },
      },
      [
        timestampOf(bed.ports.begins + bed.clock.now() / 1000, random),
        { kind: 'RAND', rand: random.octets(16) },
        telIdentity('initiator', NUMBERS.alice),
        telIdentity('responder', NUMBERS.bob),
        { kind: 'EXT', type: 'SDP IDs', data: fromAscii('mikey') },
        { kind: 'SAKKE', idScheme: 1, data: sealed },
      ],
      { keys: escrow.keysOf(NUMBERS.alice, month), kms: escrow.kms, random },
    );
    const { octets } = offer({ local: { host: 'crs', port: 40_000 }, ssrc: 1, random }, iMessage);
    bed.crs.inviteDirectly(NUMBERS.bob, NUMBERS.alice, octets, () => undefined);
    bed.run(4);
    return bed.last('mikey.accepted') === undefined ? 'refused' : 'taken';
  };
  compare(
    t,
    'handset.period',
    observe,
    { kept: 'refused', broken: 'taken' },
    { begins: '2015-10-30T12:00:00Z' },
  );
});

test('a call signed as somebody else', (t) => {
  const observe = (bed: Testbed) => {
    const { escrow, period } = bed.cms;
    const random = new SeededRandom('carol').stream('x');
    const { octets } = sealIMessage({
      from: NUMBERS.alice,
      to: NUMBERS.bob,
      senderKeys: escrow.keysOf(NUMBERS.alice, period),
      kms: escrow.kms,
      unixMs: bed.ports.begins + bed.clock.now() / 1000,
      random,
      prf: 'PRF-HMAC-SHA-256',
      policy: { profile: 'AES_CM_128_HMAC_SHA1_80' },
      offered: ['mikey'],
    });
    const psk = escrow.psksOf(NUMBERS.carol, [period])[0];
    if (psk === undefined) return 'no PSK';
    bed.fabric.link('mallory-crs', 'mallory', 'crs');
    let status: number | undefined;
    Impostor.connect(
      {
        ports: bed.ports,
        random,
        attachment: bed.fabric.attach('mallory'),
        crs: 'crs',
        number: NUMBERS.carol,
        psk,
      },
      (impostor) => {
        if (typeof impostor !== 'string')
          impostor.invite(NUMBERS.bob, octets, (answer) => (status ??= answer));
      },
    );
    bed.run(10);
    return status;
  };
  compare(t, 'crs.identity-check', observe, { kept: 403, broken: 180 });
});

test('the caller on the screen', (t) => {
  const observe = (bed: Testbed) => {
    bed.call(bed.alice, 'bob');
    return bed.last('handset.ringing')?.shown;
  };
  compare(
    t,
    'crs.names-the-caller',
    (bed) => {
      observe(bed);
      return bed.last('handset.ringing')?.mismatch;
    },
    { kept: false, broken: true },
  );
  const lying = (broken: readonly RuleName[]) =>
    observe(Testbed.enrolled({ broken: ['crs.names-the-caller', ...broken] }));
  t.is(lying([]), 'alice');
  t.is(lying(['handset.verified-identity']), 'bob');
});

test('keys of media', (t) => {
  const keys = (bed: Testbed) => {
    aliceCallsBob(bed);
    return new Set(bed.events('srtp.keyed').map(({ data }) => data.tek.fingerprint)).size;
  };
  compare(t, 'handset.key-per-direction', keys, { kept: 2, broken: 1 });
  const secure = (bed: Testbed) => {
    aliceCallsBob(bed);
    return bed.events('handset.call-secure').length;
  };
  compare(t, 'handset.encrypts-media', secure, { kept: 2, broken: 0 });
});

test('what becomes of an SSV', (t) => {
  const leaked = (bed: Testbed) => {
    aliceCallsBob(bed);
    return [...readFlashImage(bed.crs.extract()).live.values()].some(({ value }) =>
      toAscii(value).includes('x-leak'),
    );
  };
  compare(t, 'handset.keeps-ssv-to-itself', leaked, { kept: false, broken: true });
  const keptOnPhone = (bed: Testbed) => {
    aliceCallsBob(bed);
    bed.type(bed.alice, 'hang-up');
    const ssv = bed.last('mikey.sent')?.ssv.reveal() ?? new Uint8Array(16);
    return residueIn(bed.alice.extract(), ssv).length > 0;
  };
  compare(t, 'handset.forgets-ssv', keptOnPhone, { kept: false, broken: true });
});

test('months on a phone', (t) => {
  const held = (bed: Testbed) => {
    bed.carryDisc();
    bed.type(bed.alice, 'fetch');
    bed.runTo('2015-11-03T01:00:00Z');
    return bed.last('handset.keys-held', 'alice-phone')?.periods;
  };
  const options = { begins: '2015-10-31T12:00:00Z' };
  const both = ['2015-10', '2015-11'];
  compare(t, 'handset.erases-old-keys', held, { kept: ['2015-11'], broken: both }, options);
  compare(t, 'handset.calendar', held, { kept: ['2015-11'], broken: both }, options);
  compare(t, 'handset.fetches-packages', held, { kept: ['2015-11'], broken: [] }, options);
});

test('keys that a code replaces', (t) => {
  const residue = (bed: Testbed) => {
    const { rsk } = bed.cms.escrow.keysOf(NUMBERS.alice, bed.cms.period);
    bed.runTo('2015-11-01T12:00:00Z');
    bed.enrol(bed.alice);
    t.deepEqual(
      bed.last('handset.keys-held', 'alice-phone')?.periods,
      ['2015-11'],
      'no key of October is held',
    );
    return residueIn(bed.alice.extract(), rsk).length > 0;
  };
  const options = { begins: '2015-10-31T12:00:00Z' };
  compare(t, 'handset.erases-replaced-keys', residue, { kept: false, broken: true }, options);
});

test('a package that nobody asked for', (t) => {
  const held = (bed: Testbed) => {
    const { escrow } = bed.cms;
    const month = nextPeriod(nextPeriod(bed.cms.period));
    const psk = escrow.psksOf(NUMBERS.alice, [month]).at(-1);
    const updateKey = escrow.updateKeysOf(NUMBERS.alice).at(-1);
    bed.crs.packageTamper = () =>
      psk && updateKey && wrapPackage({ keys: escrow.keysOf(NUMBERS.alice, month), psk }, updateKey);
    bed.type(bed.alice, 'fetch');
    bed.run(3);
    return bed.last('handset.keys-held', 'alice-phone')?.periods;
  };
  compare(t, 'handset.own-packages', held, { kept: ['2015-10'], broken: ['2015-10', '2015-12'] });
});

test('a package in clear', (t) => {
  const held = (bed: Testbed) => {
    const { escrow } = bed.cms;
    const month = nextPeriod(bed.cms.period);
    const psk = escrow.psksOf(NUMBERS.alice, [month]).at(-1);
    bed.crs.packageTamper = () => psk && encodePackage({ keys: escrow.keysOf(NUMBERS.alice, month), psk });
    bed.type(bed.alice, 'fetch');
    bed.run(3);
    return bed.last('handset.keys-held', 'alice-phone')?.periods;
  };
  compare(t, 'handset.wrapped-packages', held, { kept: ['2015-10'], broken: ['2015-10', '2015-11'] });
});

test('a wipe', (t) => {
  const wiped = (bed: Testbed) => {
    bed.type(bed.mdm, 'wipe alice-phone');
    bed.run(2);
    const { rsk } = bed.cms.escrow.keysOf(NUMBERS.alice, bed.cms.period);
    return `${bed.alice.service}, ${residueIn(bed.alice.extract(), rsk).length > 0 ? 'residue' : 'nothing left'}`;
  };
  compare(t, 'handset.wipe-erases', wiped, { kept: 'wiped, nothing left', broken: 'wiped, residue' });
  compare(t, 'handset.obeys-mdm', wiped, { kept: 'wiped, nothing left', broken: 'registered, residue' });
});

test('a key in the log of the CRS', (t) => {
  const written = (bed: Testbed) => {
    const psk = bed.cms.escrow.psksOf(NUMBERS.alice, [bed.cms.period]).at(-1);
    const lines = bed.crs.logLines().join('\n');
    return lines.includes('registered') && psk !== undefined && lines.includes(toHex(psk.psk))
      ? 'there'
      : 'not there';
  };
  compare(t, 'crs.logs-no-keys', written, { kept: 'not there', broken: 'there' });
});

test('whom the CRS lets in', (t) => {
  const suite = (bed: Testbed) => bed.alice.service;
  compare(t, 'crs.one-suite', suite, { kept: 'registered', broken: 'refused' });
  const block = (bed: Testbed) => {
    bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
    bed.run(1);
  };
  const blocked = (bed: Testbed) => {
    block(bed);
    bed.run(60);
    return [bed.alice.service === 'registered', bed.bob.service === 'registered'];
  };
  compare(t, 'crs.block-refuses-handshake', blocked, { kept: [false, true], broken: [true, true] });
  const atOnce = (bed: Testbed) => {
    block(bed);
    return [bed.alice.service, bed.bob.service];
  };
  compare(t, 'crs.block-ends-sessions', atOnce, {
    kept: ['offline', 'registered'],
    broken: ['registered', 'registered'],
  });
  compare(t, 'crs.block-is-exact', atOnce, {
    kept: ['offline', 'registered'],
    broken: ['offline', 'offline'],
  });
  const alert = (bed: Testbed) => {
    bed.fabric
      .attach('stranger')
      .connectSecure(
        { host: 'crs', port: 5061 },
        { identity: 'nobody', psk: new Uint8Array(32), encryptThenMac: true, extendedMasterSecret: true },
        { onData: () => undefined, onClose: () => undefined },
      );
    bed.fabric.link('stranger-crs', 'stranger', 'crs');
    bed.run(5);
    return bed.last('crs.handshake-refused')?.alert;
  };
  compare(t, 'crs.masks-strangers', alert, { kept: 20, broken: 115 });
});

test('what the CRS does with calls', (t) => {
  compare(t, 'crs.key-mgmt-untouched', aliceCallsBob, { kept: 'taken', broken: 'MIKEY_SIGNATURE' });
  const relayed = (bed: Testbed) => {
    aliceCallsBob(bed);
    bed.type(bed.alice, 'hang-up');
    bed.run(1);
    return (bed.last('crs.call-ended')?.relayed ?? 0) > 0;
  };
  compare(t, 'crs.relays-media', relayed, { kept: true, broken: false });
});

test('what the CRS holds and serves', (t) => {
  const served = (bed: Testbed) => {
    bed.type(bed.alice, 'fetch');
    bed.run(2);
    return bed.last('crs.package-served')?.period ?? 'none';
  };
  compare(
    t,
    'crs.serves-asked-month',
    served,
    { kept: 'none', broken: '2015-12' },
    { begins: '2015-11-14T08:00:00Z' },
  );
  const held = (bed: Testbed) => {
    bed.carryDisc();
    bed.runTo('2015-11-01T01:00:00Z');
    return bed.crs.accounts.months;
  };
  compare(
    t,
    'crs.month-window',
    held,
    { kept: ['2015-11'], broken: ['2015-10', '2015-11'] },
    { begins: '2015-10-31T12:00:00Z' },
  );
});

test('a rule holds unless it is broken, and is known by its name', (t) => {
  t.true(isRuleName({ 'handset.skew': '' }, 'handset.skew'));
  t.false(isRuleName({ 'handset.skew': '' }, 'toString'));
  t.true(new Rules().holds('handset.skew'));
  t.false(new Rules(['handset.skew']).holds('handset.skew'));
});

/** The description with one character of the I_MESSAGE's signature changed. */
function broken(body: Uint8Array): Uint8Array {
  const text = toAscii(body);
  const end = /key-mgmt:mikey [^\r]*/.exec(text);
  const at = (end?.index ?? 0) + (end?.[0].length ?? 0) - 60;
  return fromAscii(`${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
}
