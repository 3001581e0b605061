/** A CMS that was kept issues the same octets, and says the same, as the one that it was kept from. */
import test from 'ava';
import * as fc from 'fast-check';
import { SECOND } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { digestOfKept } from '../../sim/kept.ts';
import { nextPeriod, parsePeriod } from '../../network/mikey/index.ts';
import { LoneWorld } from '../dead-end.fixture.ts';
import { OpticalDisc, type Paper } from '../hardware/index.ts';
import { NUMBERS } from '../testbed.fixture.ts';
import { Cms } from './cms.ts';
import { cmsConsole } from './console.ts';
import type { CmsState } from './state.ts';

const MONTHS = ['2015-10', '2015-11'].map(parsePeriod);

class Room {
  readonly world: LoneWorld;
  readonly cms: Cms;
  readonly printed: Paper[] = [];

  constructor(before?: Room, kept?: CmsState) {
    this.world = before === undefined ? new LoneWorld() : before.world.takenUp();
    this.cms = new Cms(this.world.ports, {
      name: 'cms',
      account: 'hq',
      crs: { host: 'crs', port: 5061 },
      printed: (paper) => this.printed.push(paper),
      kept,
    });
  }

  /** What it answers, and the octets that it gave away. */
  happen({ waits, what }: Happening): unknown {
    this.world.run(waits);
    try {
      if (what === 'plug' || what === 'unplug') return this.cms.plugCable(what === 'plug', 'somebody');
      const disc = new OpticalDisc('disc');
      if (what.startsWith('burn-disc')) this.cms.drive.insert(disc, 'disc');
      const said = cmsConsole(this.cms, this.world.trace).type(what, 'operator');
      if (!what.startsWith('burn-disc')) return [said, this.cms.shownQr(), this.cms.screen()];
      this.cms.drive.eject();
      return [said, disc.read(), this.cms.screen()];
    } catch (error) {
      if (error instanceof CalldrillError) return error.code;
      throw error;
    }
  }

  /** Everything that can be known of it, by those who have its escrow too. */
  known(): unknown {
    const { escrow, users, ledger } = this.cms;
    return {
      kms: escrow.kms,
      psks: escrow.psksOf(undefined, MONTHS),
      updateKeys: Object.values(NUMBERS).map((number) => escrow.updateKeysOf(number)),
      keys: Object.values(NUMBERS).map((number) => escrow.keysOf(number, MONTHS[0] ?? this.cms.period)),
      users: users.map(({ number, name, changed }) => ({ number, name, changed })),
      ledger: ledger.entries,
      shown: this.cms.shownSecrets().map(({ label }) => label),
      printed: this.printed.map(({ label, marking }) => [label, marking]),
    };
  }
}

const user = fc.constantFrom(...Object.values(NUMBERS));
const happening = fc.record({
  waits: fc.integer({ min: 0, max: SECOND }),
  what: fc.oneof(
    { weight: 3, arbitrary: user.map((number) => `add-user ${number} user ${number.slice(-1)}`) },
    {
      weight: 2,
      arbitrary: user.map(
        (number) => `add-user ${number} user ${number.slice(-1)} --re-issue --reason lost --request R-1`,
      ),
    },
    ...['view-qr', 'print-qr', 'destroy-keys'].map((command) => ({
      weight: 1,
      arbitrary: user.map((number) => `${command} ${number}`),
    })),
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'view-kms',
        'hide-qr',
        'store',
        'prints --marking OFFICIAL',
        'close-print "user 1-qr-1"',
        'burn-disc',
        'burn-disc --month 2015-10 --changed',
        'plug',
        'unplug',
      ),
    },
  ),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

test('a CMS that was kept goes on as the one that it was kept from', (t) => {
  const happenings = fc.array(happening, { minLength: 1, maxLength: 15, size: 'max' });
  fc.assert(
    fc.property(happenings, happenings, (before, after) => {
      const original = new Room();
      for (const each of before) original.happen(each);
      const kept = original.cms.save();
      const again = new Room(original, structuredClone(kept));
      t.deepEqual(again.cms.save(), kept);
      t.deepEqual(again.world.told(), [], 'it tells nothing of its being taken up');
      t.deepEqual(again.world.random.save(), original.world.random.save(), 'and draws nothing');
      const told = original.world.trace.events.length;
      original.printed.length = 0;
      for (const each of after) t.deepEqual(again.happen(each), original.happen(each));
      t.deepEqual(again.world.told(), original.world.told(told));
      t.deepEqual(again.known(), original.known());
      t.deepEqual(again.cms.save(), original.cms.save());
    }),
    { numRuns: 15 },
  );
});

test('a disc is in the drive of a CMS that was kept with it, and is burnt there', (t) => {
  const original = new Room();
  const disc = new OpticalDisc('disc');
  original.happen({ waits: 0, what: `add-user ${NUMBERS.alice} alice` });
  original.cms.drive.insert(disc, 'disc-1');
  const again = new Room(original, structuredClone(original.cms.save()));
  again.cms.drive.giveBack(disc, 'disc-1');
  t.deepEqual(again.cms.screen(), original.cms.screen());
  cmsConsole(again.cms, again.world.trace).type('burn-disc', 'operator');
  t.true(again.cms.screen().includes('drive: disc-1, burnt: take it out'));
});

test('whoever asks its escrow for what was never issued is told what it will be, and leaves the CMS and its chance as they are', (t) => {
  const room = new Room();
  const { cms, world } = room;
  room.happen({ waits: 0, what: `add-user ${NUMBERS.alice} alice` });
  const next = nextPeriod(nextPeriod(cms.period));
  const asked = (): unknown => [
    cms.escrow.keysOf(NUMBERS.alice, next),
    cms.escrow.psksOf(NUMBERS.alice, [next]),
  ];
  const before = digestOfKept([cms.save(), world.random.save()]);
  const foreseen = asked();
  t.is(digestOfKept([cms.save(), world.random.save()]), before);
  room.happen({ waits: 0, what: `burn-disc --month ${next}` });
  t.deepEqual(cms.save().vault.issued.at(-1), cms.escrow.keysOf(NUMBERS.alice, next), 'it is issued now');
  t.deepEqual(asked(), foreseen);
});
