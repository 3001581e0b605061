/** Each promise of a CMS about what it issues, kept and broken. */
import test from 'ava';
import { equal } from '../../sim/octets.ts';
import { parseQrPayload } from '../media/index.ts';
import { compare } from '../rules.fixture.ts';
import { NUMBERS, type Testbed } from '../testbed.fixture.ts';

test('what the CMS issues', (t) => {
  const psk = (bed: Testbed) =>
    bed.cms.escrow.psksOf(NUMBERS.alice, [bed.cms.period])[0]?.psk.some((octet) => octet !== 0);
  compare(t, 'cms.random-psks', psk, { kept: true, broken: false });
  const reissue = `add-user ${NUMBERS.alice} alice --re-issue --reason lost`;
  const again = (of: 'pskIdentity' | 'ssk' | 'updateKey') => (bed: Testbed) => {
    bed.type(bed.cms, reissue);
    const values = bed
      .events('cms.user-added')
      .filter(({ data }) => data.user === 'alice')
      .map(({ data }) => (of === 'pskIdentity' ? data.pskIdentity : data[of].fingerprint));
    return new Set(values).size;
  };
  compare(t, 'cms.new-credential', again('pskIdentity'), { kept: 2, broken: 1 });
  compare(t, 'cms.new-key-set', again('ssk'), { kept: 2, broken: 1 });
  compare(t, 'cms.reissue-changes-update-key', again('updateKey'), { kept: 2, broken: 1 });
  const line = (bed: Testbed) => bed.refusal(bed.cms, `add-user ${NUMBERS.alice} alice`);
  compare(t, 'cms.explicit-reissue', line, { kept: 'CMS_LIVE_NUMBER', broken: 'answered' });
  const withoutLine = (bed: Testbed) => {
    bed.type(bed.cms, 'store');
    return bed.last('cms.store-compared')?.withoutLine;
  };
  compare(t, 'cms.ledgers-keys', withoutLine, { kept: 0, broken: 3 });
  const shownTwice = (bed: Testbed) =>
    equal(
      parseQrPayload(bed.codeOf(NUMBERS.alice)).psk.psk,
      parseQrPayload(bed.codeOf(NUMBERS.alice)).psk.psk,
    );
  compare(t, 'cms.shows-same-credentials', shownTwice, { kept: true, broken: false });
  const destroyed = (bed: Testbed) => {
    bed.type(bed.cms, `destroy-keys ${NUMBERS.alice}`);
    return (
      bed.last('cms.keys-destroyed')?.updateKey.fingerprint ===
      bed.events('cms.user-added')[0]?.data.updateKey.fingerprint
    );
  };
  compare(t, 'cms.destroy-changes-update-key', destroyed, { kept: false, broken: true });
});
