/** What a disc brings into a CMS, and what leaves it on the next one. */
import test from 'ava';
import { OpticalDisc } from '../hardware/index.ts';
import { encodeHiddenSession, parseHiddenSession, parseUpdateDisc } from '../media/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

const PAYLOAD = encodeHiddenSession({ by: 'insider', master: undefined });

/** A CMS with one user, and a disc with a payload that was in the CRS. */
function withPayload(gate: 'on' | 'off'): { bed: Testbed; used: OpticalDisc } {
  const bed = new Testbed({ parameters: { 'disc-gate': gate } });
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`);
  const used = new OpticalDisc('used');
  bed.crs.drive.insert(used, 'used');
  used.hide(PAYLOAD);
  bed.crs.drive.eject();
  bed.cms.drive.insert(used, 'used');
  return { bed, used };
}

/** A new disc, burnt in that CMS. */
function burnt(bed: Testbed, name: string): OpticalDisc {
  const disc = new OpticalDisc(name);
  bed.cms.drive.eject();
  bed.cms.drive.insert(disc, name);
  bed.type(bed.cms, 'burn-disc');
  return disc;
}

test('with the gate the CMS does not read it, and nothing leaves on the next disc', (t) => {
  const { bed, used } = withPayload('on');
  t.is(bed.refusal(bed.cms, 'burn-disc'), 'CMS_USED_DISC');
  t.deepEqual(bed.events('cms.contaminated'), []);
  t.deepEqual(used.hidden, PAYLOAD, 'what is on it is on it');
  t.is(burnt(bed, 'next').hidden, undefined);
});

test('without the gate it runs from the moment when the disc is in, and each disc has the master secrets from then on', (t) => {
  const { bed, used } = withPayload('off');
  t.deepEqual(bed.last('cms.contaminated'), { disc: 'used', by: 'insider' });
  bed.type(bed.cms, 'burn-disc');
  const next = burnt(bed, 'next');
  for (const disc of [used, next]) {
    const { by, master } = parseHiddenSession(disc.hidden ?? new Uint8Array(0));
    t.deepEqual([by, master], ['cms', bed.cms.escrow.master]);
    t.is(parseUpdateDisc(disc.read()).users.length, 1, 'and what it is for is on it too');
  }
  const left = bed
    .events('custody.burnt')
    .flatMap(({ data }) => data.secrets.map(({ kind }) => `${kind} on ${data.to}`));
  t.deepEqual(
    left.filter((each) => /KSAK|z_T/.test(each)),
    ['KSAK on used', 'z_T on used', 'KSAK on next', 'z_T on next'],
  );
  bed.cms.drive.eject();
  bed.cms.drive.insert(next, 'next');
  t.is(bed.events('cms.contaminated').length, 1, 'what it took is no payload, and one is enough');
});

test('a CMS without the gate that reads clean discs is clean', (t) => {
  const bed = new Testbed({ parameters: { 'disc-gate': 'off' } });
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`);
  t.is(burnt(bed, 'next').hidden, undefined);
  t.deepEqual(bed.events('cms.contaminated'), []);
});

test('a CD-RW is refused, with the gate or without', (t) => {
  for (const gate of ['on', 'off']) {
    const bed = new Testbed({ parameters: { 'disc-gate': gate } });
    bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`);
    bed.cms.drive.insert(new OpticalDisc('rw', undefined, true), 'rw');
    t.is(bed.refusal(bed.cms, 'burn-disc'), 'CMS_REWRITABLE_DISC');
    t.deepEqual(bed.last('cms.disc-refused'), { disc: 'rw', insertions: ['cms'] });
  }
});
