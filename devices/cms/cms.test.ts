import test from 'ava';
import { parsePeriod } from '../../network/mikey/index.ts';
import { OpticalDisc } from '../hardware/index.ts';
import { parseQrPayload, parseUpdateDisc } from '../media/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';
import { Cms } from './cms.ts';

test('a CMS has no network: nothing of one can be given to it', (t) => {
  const bed = new Testbed();
  const cms = new Cms(bed.ports, {
    name: 'other',
    account: 'hq',
    crs: { host: 'crs', port: 5061 },
    printed: () => undefined,
    // @ts-expect-error there is no such option
    attachment: bed.fabric.attach('other'),
  });
  const options = { name: 'x', account: 'hq', crs: { host: 'crs', port: 5061 }, printed: () => undefined };
  // @ts-expect-error nor a third argument
  t.notThrows(() => new Cms(bed.ports, options, bed.fabric));
  t.is(cms.name, 'other');
  t.deepEqual(bed.events('network.stream-opened'), []);
});

test('what a CMS issues comes from its keys, and not from chance: the octets of its codes and discs', (t) => {
  const issued = (
    seed: string,
    keySeed: string,
  ): { readonly code: Uint8Array; readonly disc: Uint8Array } => {
    const bed = new Testbed({ seed, keySeed });
    for (const [user, number] of Object.entries(NUMBERS)) bed.type(bed.cms, `add-user ${number} ${user}`);
    const disc = new OpticalDisc('one');
    bed.cms.drive.insert(disc, 'one');
    bed.type(bed.cms, 'burn-disc');
    return { code: bed.codeOf(NUMBERS.alice), disc: disc.read() };
  };
  const one = issued('1', 'k');
  t.deepEqual(issued('2', 'k'), one);
  const other = issued('1', 'l');
  t.notDeepEqual(other.code, one.code);
  t.notDeepEqual(other.disc, one.disc);
});

test('destroying keys changes the update key, and the user is not on a disc until one is burnt', (t) => {
  const bed = Testbed.enrolled();
  const before = parseQrPayload(bed.codeOf(NUMBERS.alice));
  t.is(bed.type(bed.cms, 'users')[0], '+447700900001 alice');
  bed.type(bed.cms, `destroy-keys ${NUMBERS.alice}`);
  t.is(bed.type(bed.cms, 'users')[0], '+447700900001 alice (not on a disc yet)');
  const after = parseQrPayload(bed.codeOf(NUMBERS.alice));
  t.notDeepEqual(after.updateKey, before.updateKey);
  t.deepEqual({ ...after, updateKey: 0 }, { ...before, updateKey: 0 });
  t.deepEqual(bed.cms.escrow.updateKeysOf(NUMBERS.alice), [before.updateKey, after.updateKey]);
  bed.carryDisc('--month 2015-10 --changed');
  t.deepEqual(bed.last('cms.disc-burnt')?.users, ['alice']);
});

test('only a disc that was in no other machine is burnt, and once', (t) => {
  const bed = new Testbed();
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`);
  t.is(bed.refusal(bed.cms, 'burn-disc'), 'CMS_NO_DISC');
  const disc = new OpticalDisc('one');
  t.true(bed.cms.screen().includes('drive: empty'));
  bed.cms.drive.insert(disc, 'one');
  t.true(bed.cms.screen().includes('drive: one'));
  bed.type(bed.cms, 'burn-disc');
  t.true(bed.cms.screen().includes('drive: one, burnt: take it out'));
  t.is(parseUpdateDisc(disc.read()).period, parsePeriod('2015-11'), 'the next month, if none is named');
  t.is(bed.refusal(bed.cms, 'burn-disc'), 'CMS_USED_DISC');
  bed.cms.drive.eject();
  const used = new OpticalDisc('two');
  bed.crs.drive.insert(used, 'two');
  bed.crs.drive.eject();
  bed.cms.drive.insert(used, 'two');
  t.is(bed.refusal(bed.cms, 'burn-disc'), 'CMS_USED_DISC');
  t.deepEqual(bed.last('cms.disc-refused'), { disc: 'two', insertions: ['crs', 'cms'] });
});

test('a CMS without the gate burns a blank that was in another machine, and no disc twice', (t) => {
  const bed = new Testbed({ parameters: { 'disc-gate': 'off' } });
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`);
  const used = new OpticalDisc('used');
  bed.crs.drive.insert(used, 'used');
  bed.crs.drive.eject();
  bed.cms.drive.insert(used, 'used');
  bed.type(bed.cms, 'burn-disc');
  t.is(parseUpdateDisc(used.read()).period, parsePeriod('2015-11'));
  t.is(bed.refusal(bed.cms, 'burn-disc'), 'CMS_USED_DISC', 'a CD-R is written once');
});

test('a code is on the screen or on paper, and the ledger knows', (t) => {
  const bed = new Testbed();
  t.is(bed.refusal(bed.cms, 'hide-qr'), 'CMS_NO_QR');
  t.is(bed.refusal(bed.cms, `view-qr ${NUMBERS.alice}`), 'CMS_UNKNOWN_USER');
  t.is(bed.refusal(bed.cms, 'view-qr 07700900001'), 'MIKEY_NUMBER_NATIONAL');
  t.is(bed.refusal(bed.cms, 'burn-disc --month october'), 'MIKEY_PERIOD_INVALID');
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`, 'operator');
  t.is(bed.cms.shownQr(), undefined);
  bed.type(bed.cms, `view-qr ${NUMBERS.alice}`, 'operator');
  t.true(bed.cms.screen().includes('screen: QR code of alice'));
  bed.type(bed.cms, 'hide-qr');
  t.is(bed.cms.shownQr(), undefined);
  t.regex(bed.type(bed.cms, `print-qr ${NUMBERS.alice} --marking OFFICIAL`)[0] ?? '', /marked OFFICIAL/);
  t.regex(bed.type(bed.cms, `print-qr ${NUMBERS.alice}`)[0] ?? '', /without a marking/);
  t.deepEqual(
    bed.printed.map(({ label, marking }) => [label, marking]),
    [
      ['alice-qr-1', 'OFFICIAL'],
      ['alice-qr-2', undefined],
    ],
  );
  t.deepEqual(
    bed.type(bed.cms, 'ledger').map((line) => line.replace(/^t=\d+s /, '')),
    [
      'operator: user added +447700900001',
      'operator: keys issued +447700900001 2015-10',
      'operator: QR code shown +447700900001',
      'tester: QR code printed +447700900001',
      'tester: QR code printed +447700900001',
    ],
  );
});
