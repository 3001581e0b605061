/** Each rule refuses one attack, and a receiver that forgot that rule alone lets the attack in. */
import test from 'ava';
import {
  alice,
  bob,
  carol,
  changed,
  DAY_MS,
  eve,
  HOUR_MS,
  keysOf,
  kms,
  MINUTE_MS,
  NOW,
  OCTOBER,
  receiver,
  seal,
  signerOf,
} from './imessage.fixture.ts';
import { identifierOf } from './identifier.ts';
import { sakkeEncapsulate } from './memo.ts';
import type { MikeyCode } from './message-errors.ts';
import { parseMessage } from './message.ts';
import { openIMessage } from './open-imessage.ts';
import { parsePeriod, periodStart } from './period.ts';
import type { Payload } from './payload/payload.ts';
import {
  receiveRules,
  receiveRulesWithout,
  type IMessageReceiver,
  type ReceiveRuleId,
} from './receive-rules.ts';
import { ReplayCache } from './replay-cache.ts';
import { malleateIMessage } from './sign-imessage.ts';

const NOVEMBER = parsePeriod('2015-11');
const NOVEMBER_STARTS = periodStart(NOVEMBER);

interface Attack {
  readonly attack: string;
  readonly refusal: MikeyCode;
  readonly octets: Uint8Array;
  readonly receiver: () => IMessageReceiver;
}

/** Bob, who has opened this message before. */
function bobWhoOpened(octets: Uint8Array): IMessageReceiver {
  const phone = receiver();
  openIMessage(octets, phone);
  return phone;
}

/** A thief on 2 November with Alice's keys of October: it stamps today, and seals to Bob's identifier of October. */
function staleMessage(unixMs: number): Uint8Array {
  const sealed = seal({ unixMs });
  const data = sakkeEncapsulate(sealed.ssv, identifierOf(bob, OCTOBER), kms.public.z);
  return changed(
    sealed.octets,
    (payloads) =>
      payloads.map((payload): Payload => (payload.kind === 'SAKKE' ? { ...payload, data } : payload)),
    signerOf(alice, OCTOBER),
  );
}

const replayed = seal().octets;
const onSecondDay = NOVEMBER_STARTS + 30 * HOUR_MS;
const onThirdDay = NOVEMBER_STARTS + 2 * DAY_MS;

const attacks: Record<ReceiveRuleId, Attack> = {
  skew: {
    attack: 'a message of yesterday, held back on the way',
    refusal: 'MIKEY_SKEW',
    octets: seal({ unixMs: NOW - DAY_MS }).octets,
    receiver,
  },
  replay: {
    attack: 'a message that was accepted, with the other valid signature',
    refusal: 'MIKEY_REPLAY',
    octets: malleateIMessage(parseMessage(replayed)),
    receiver: () => bobWhoOpened(replayed),
  },
  period: {
    attack: 'keys of last month under a timestamp of today',
    refusal: 'MIKEY_PERIOD_MISMATCH',
    octets: staleMessage(onSecondDay),
    receiver: () => receiver({ unixMs: onSecondDay }),
  },
  calendar: {
    attack: 'keys of last month on day 3, where three days of skew are tolerated',
    refusal: 'MIKEY_CALENDAR_LATE',
    octets: seal({ unixMs: NOVEMBER_STARTS - HOUR_MS }).octets,
    receiver: () => receiver({ unixMs: onThirdDay, skewLimitMs: 3 * DAY_MS }),
  },
  signature: {
    attack: "a call in Alice's name that Eve signed",
    refusal: 'MIKEY_SIGNATURE',
    octets: changed(seal().octets, (payloads) => payloads, {
      ...signerOf(eve),
      keys: { ...keysOf(eve), number: alice },
    }),
    receiver,
  },
  recipient: {
    attack: 'a call to Bob, sealed to Carol',
    refusal: 'MIKEY_NOT_FOR_US',
    octets: changed(seal({ to: carol }).octets, (payloads) =>
      payloads.map((payload): Payload =>
        payload.kind === 'IDR' && payload.role === 'responder'
          ? { ...payload, data: new Uint8Array(Buffer.from(`tel:${bob}`)) }
          : payload,
      ),
    ),
    receiver: () => receiver({ self: carol }),
  },
};

test('the rules run from cheap to dear, in the order of RFC 3830', (t) => {
  t.deepEqual(
    receiveRules.map(({ id }) => id),
    ['skew', 'replay', 'period', 'calendar', 'signature', 'recipient'],
  );
});

for (const { id } of receiveRules) {
  const { attack, refusal, octets, receiver } = attacks[id];
  test(`${id} refuses: ${attack}`, (t) => {
    t.throws(() => openIMessage(octets, receiver()), { code: refusal });
  });

  test(`without ${id} gets in: ${attack}`, (t) => {
    t.is(openIMessage(octets, { ...receiver(), rules: receiveRulesWithout(id) }).from, alice);
  });

  test(`whatever other rule is forgotten, not let in: ${attack}`, (t) => {
    for (const other of receiveRules.filter((rule) => rule.id !== id))
      t.throws(
        () => openIMessage(octets, { ...receiver(), rules: receiveRulesWithout(other.id) }),
        { name: 'CalldrillError' },
        `without ${other.id}`,
      );
  });
}

test('a cache keyed on whole messages lets the malleated copy in, and stops only the exact one', (t) => {
  const phone = receiver({ replayCache: new ReplayCache({ keying: 'whole-message' }) });
  openIMessage(replayed, phone);
  t.throws(() => openIMessage(replayed, phone), { code: 'MIKEY_REPLAY' });
  t.is(openIMessage(malleateIMessage(parseMessage(replayed)), phone).from, alice);
});

test('a switched-off calendar changes nothing else', (t) => {
  const { octets, receiver } = attacks.calendar;
  t.is(openIMessage(octets, { ...receiver(), calendar: false }).from, alice);
  t.throws(() => openIMessage(octets, { ...receiver(), calendar: false, skewLimitMs: MINUTE_MS }), {
    code: 'MIKEY_SKEW',
  });
});

test('a signature that verifies in no month names the months that were tried', (t) => {
  const { octets, receiver } = attacks.signature;
  const rules = receiveRulesWithout('period');
  t.throws(() => openIMessage(octets, { ...receiver(), rules, calendar: false }), {
    code: 'MIKEY_SIGNATURE',
    message: `the signature does not verify under ${alice} in 2015-10, 2015-09, 2015-11`,
  });
});

test('without the period rule a receiver with no keys at all still refuses', (t) => {
  const phone = receiver({ keysFor: () => undefined });
  t.throws(() => openIMessage(replayed, { ...phone, rules: receiveRulesWithout('period') }), {
    code: 'MIKEY_NO_KEYS',
  });
  t.throws(() => openIMessage(replayed, { ...phone, rules: [] }), { code: 'MIKEY_NO_KEYS' });
});
