/** Accounts in whatever order things happen to them: what their indexes say is what a look at everything finds, kept or not. */
import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { canonicalNumber, parsePeriod, type TelNumber } from '../../network/mikey/index.ts';
import type { DiscUser } from '../media/index.ts';
import { Accounts } from './accounts.ts';

const MONTHS = ['2015-09', '2015-10', '2015-11'].map(parsePeriod);
const numbers = fc.constantFrom(...[1, 2, 3, 4].map((n) => canonicalNumber(`+44770090000${n}`)));
const months = fc.constantFrom(...MONTHS);

function delivered(number: TelNumber, name: string): DiscUser {
  const octet = name.charCodeAt(0);
  return {
    number,
    psk: { identity: `identity ${name}`, psk: new Uint8Array(32).fill(octet) },
    package: Uint8Array.of(octet, octet),
  };
}

/** One thing that happens to accounts; what is refused changes nothing. */
const happening = fc.oneof(
  fc.record({
    what: fc.constant('load' as const),
    account: fc.constantFrom('hq', 'branch'),
    period: months,
    users: fc.uniqueArray(fc.tuple(numbers, fc.constantFrom('a', 'b', 'c', 'd', 'e')), {
      selector: ([number]) => number,
      maxLength: 4,
    }),
  }),
  fc.record({
    what: fc.constant('block' as const),
    number: numbers,
    subject: fc.constantFrom('number' as const, 'credential' as const),
  }),
  fc.record({ what: fc.constant('unblock' as const), number: numbers }),
  fc.record({ what: fc.constant('remove' as const), period: months }),
  fc.record({ what: fc.constant('delete' as const), account: fc.constantFrom('hq', 'branch') }),
  fc.record({ what: fc.constant('clear' as const), keepBlocks: fc.boolean() }),
);

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** Returns the code of the refusal, when it was refused. */
function happen(accounts: Accounts, event: Happening): string | undefined {
  try {
    switch (event.what) {
      case 'load':
        if (!accounts.names.includes(event.account)) accounts.create(event.account);
        accounts.load(
          event.account,
          `the CMS of ${event.account}`,
          event.period,
          event.users.map(([number, name]) => delivered(number, name)),
        );
        break;
      case 'block':
        accounts.block(event.number, event.subject);
        break;
      case 'unblock':
        accounts.unblock(event.number);
        break;
      case 'remove':
        accounts.removeMonth(event.period);
        break;
      case 'delete':
        accounts.delete(event.account);
        break;
      case 'clear':
        accounts.clear(event.keepBlocks);
    }
  } catch (error) {
    if (error instanceof CalldrillError) return error.code;
    throw error;
  }
  return undefined;
}

test('what is known of one user is what a look at every credential finds', (t) => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30, size: 'max' }), (events) => {
      const accounts = new Accounts();
      for (const event of events) {
        const before = accounts.save();
        const refusal = happen(accounts, event);
        const after = accounts.save();
        if (refusal !== undefined || event.what === 'unblock' || event.what === 'clear') continue;
        if (event.what === 'block' && event.subject === 'credential')
          t.deepEqual(after.blockedIdentities, [
            ...new Set([
              ...before.blockedIdentities,
              ...before.credentials
                .filter(({ number }) => number === event.number)
                .map((each) => each.identity),
            ]),
          ]);
        if (event.what !== 'load') continue;
        const loaded = new Map(event.users.map(([number, name]) => [number, `identity ${name}`]));
        const given = new Set(loaded.values());
        const others = before.credentials.filter(
          ({ number, period, identity }) =>
            !(loaded.has(number) && period === event.period) && !given.has(identity),
        );
        t.deepEqual(
          after.credentials.filter(({ identity }) => !given.has(identity)),
          others,
        );
      }
    }),
  );
});

test('accounts that were kept go on as those that they were kept from', (t) => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 20, size: 'max' }),
      fc.array(happening, { maxLength: 20, size: 'max' }),
      (before, after) => {
        const accounts = new Accounts();
        for (const event of before) happen(accounts, event);
        const kept = accounts.save();
        const again = new Accounts(structuredClone(kept));
        t.deepEqual(again.save(), kept);
        for (const event of after) {
          t.is(happen(again, event), happen(accounts, event));
          t.deepEqual(again.save(), accounts.save());
          t.deepEqual(again.blocked, accounts.blocked);
        }
      },
    ),
  );
});
