/** The one group of a process (and of each of its threads), on the fastest field that it has. */
import { bestField } from './field/field-in-use.ts';
import type { FieldName } from './field/pair-field.ts';
import { SakkeGroup } from './group.ts';

let group: SakkeGroup | undefined;

/** The group; made when first asked for. */
export function groupInUse(): SakkeGroup {
  return (group ??= new SakkeGroup(bestField()));
}

/** By which arithmetic SAKKE is computed here. Results are the same octets by any; only people and benches need to know. */
export function fieldInUse(): FieldName {
  return groupInUse().fieldName;
}
