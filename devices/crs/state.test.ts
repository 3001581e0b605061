import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';
import { AUDIT_KINDS } from './audit-log.ts';
import { encodeCrsState, parseCrsState, sealCrsState } from './state.ts';
import { sampleState } from './state.fuzz.ts';
import type { CrsStorage } from './storage.ts';

class Kept implements CrsStorage {
  octets: Uint8Array | undefined;
  saves = 0;
  load(): Uint8Array | undefined {
    return this.octets;
  }
  save(octets: Uint8Array): void {
    this.octets = octets;
    this.saves++;
  }
}

function refusalOf(octets: Uint8Array): { code: string; offset: number | undefined } {
  try {
    parseCrsState(octets);
  } catch (error) {
    if (error instanceof CalldrillError) return { code: error.code, offset: error.where.offset };
    throw error;
  }
  return { code: 'read', offset: undefined };
}

test('a state is read as it was written', (t) => {
  const state = sampleState();
  t.deepEqual(parseCrsState(encodeCrsState(state)), state);
  const texts = fc
    .string({ unit: 'binary', maxLength: 30 })
    .map((text) => new TextDecoder().decode(new TextEncoder().encode(text)));
  const entry = fc.record({
    kind: fc.constantFrom(...AUDIT_KINDS),
    subject: texts,
    detail: texts,
    first: fc.maxSafeNat(),
    last: fc.maxSafeNat(),
    count: fc.maxSafeNat(),
  });
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 5 }),
      fc.array(texts),
      fc.boolean(),
      (entries, blocked, checked) => {
        const other = {
          ...state,
          logChecked: checked,
          log: { dropped: entries.length, entries },
          accounts: { ...state.accounts, blockedIdentities: blocked },
        };
        t.deepEqual(parseCrsState(encodeCrsState(other)), other);
      },
    ),
    { numRuns: 50 },
  );
});

test('a state that is cut off, damaged or of another version is refused, with the place', (t) => {
  const whole = encodeCrsState(sampleState());
  for (let length = 0; length < whole.length; length++)
    t.is(refusalOf(whole.slice(0, length)).code, 'CRS_STATE_DAMAGED', `of ${length} octets`);
  const flipped = whole.slice();
  flipped[20] = 1 + (flipped[20] ?? 0);
  t.deepEqual(refusalOf(flipped), { code: 'CRS_STATE_DAMAGED', offset: whole.length - 32 });
  const newer = whole.slice();
  newer[4] = 3;
  t.deepEqual(refusalOf(newer), { code: 'CRS_STATE_VERSION', offset: 4 });
  const content = whole.slice(0, -32);
  t.deepEqual(refusalOf(sealCrsState(Uint8Array.of(...content, 0))), {
    code: 'CRS_STATE_DAMAGED',
    offset: content.length,
  });
  content[5] = 7;
  t.deepEqual(refusalOf(sealCrsState(content)), { code: 'CRS_STATE_DAMAGED', offset: 5 });
});

test('a server whose process is killed in a call keeps users and blocks, and the others come back', (t) => {
  const storage = new Kept();
  const bed = Testbed.enrolled({ answers: true, storage });
  bed.type(bed.crs, `block-user ${NUMBERS.carol}`, 'crs-admin');
  const answered = parseCrsState(storage.octets ?? new Uint8Array(0));
  t.deepEqual(answered.accounts.blockedNumbers, [NUMBERS.carol], 'given to the storage before the answer');
  bed.call(bed.alice, 'bob');
  t.is(bed.alice.line, 'inCall');
  const { names, numbers, months } = bed.crs.accounts;
  const disk = bed.crs.extract();
  bed.run(2);
  bed.restartCrs();
  t.like(bed.last('crs.restored'), { accounts: 1, users: 3, blocked: 1 });
  t.deepEqual(
    [bed.crs.accounts.names, bed.crs.accounts.numbers, bed.crs.accounts.months],
    [names, numbers, months],
  );
  t.deepEqual(bed.crs.extract(), disk, 'and what a thief finds on its disk is there still');
  t.true(
    bed.crs.log.entries.some(({ kind, subject }) => kind === 'user blocked' && subject === NUMBERS.carol),
  );
  bed.run(3_700);
  t.is(bed.alice.line, 'idle');
  t.is(bed.last('handset.call-ended')?.reason, 'session-lost');
  t.deepEqual(
    [bed.alice.service, bed.bob.service, bed.carol.service],
    ['registered', 'registered', 'refused'],
  );
  const log = bed.type(bed.crs, 'check-log');
  t.true(log.some((line) => line.startsWith('! blocked user tried')));
  bed.type(bed.crs, `unblock-user ${NUMBERS.carol}`);
  bed.restartCrs();
  bed.run(3_700);
  t.is(bed.carol.service, 'registered');
});

test('a damaged state keeps the server from beginning, and changes nothing', (t) => {
  const storage = new Kept();
  const bed = Testbed.enrolled({ storage });
  const whole = storage.octets ?? new Uint8Array(0);
  storage.octets = whole.slice(0, -1);
  const { saves } = storage;
  t.throws(() => bed.restartCrs(), { code: 'CRS_STATE_DAMAGED' });
  t.is(storage.saves, saves);
});

test('a flood becomes one writing a second', (t) => {
  const storage = new Kept();
  const bed = Testbed.enrolled({ storage });
  bed.run(5);
  const { saves } = storage;
  for (let n = 0; n < 50; n++) bed.type(bed.alice, 'restart');
  bed.run(3);
  t.true(storage.saves - saves >= 1 && storage.saves - saves <= 4, `${storage.saves - saves}`);
});

test('a state of before there were former identities is read without them', (t) => {
  const state = sampleState();
  const accounts = { ...state.accounts, former: [] };
  const content = encodeCrsState({ ...state, accounts }).slice(0, -32);
  const longer = encodeCrsState(state);
  // What differs first is the last octet of the count of former identities.
  const at = content.findIndex((octet, index) => octet !== longer[index]) - 3;
  const older = Uint8Array.of(...content.slice(0, at), ...content.slice(at + 4));
  older[4] = 1;
  t.deepEqual(parseCrsState(sealCrsState(older)), { ...state, accounts });
});
