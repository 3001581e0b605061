/** The promises that the devices and people of a world keep. */
import type { DeviceKinds } from '../../devices/kind.ts';
import type { RuleTable } from '../../devices/rules.ts';
import { PEOPLE_RULES } from './people/rules.ts';

/** Those of these kinds of devices, then those of people. */
export function rulesOf(kinds: DeviceKinds): RuleTable {
  return Object.assign({}, ...kinds.map(({ rules }) => rules), PEOPLE_RULES) as RuleTable;
}
