/** How what people do, and what probes come to, is drawn among the messages. */
import { arrows } from '../../../devices/told.ts';
import '../probes/events.ts';
import './person.ts';

/** People are lanes of their own, and an attacker stays on theirs. */
export const PEOPLE_ARROWS = arrows({
  'person.told': { from: '{by}', to: '{to}', label: '{message}', kind: 'people' },
  'person.carried': { from: '{by}', to: '{to}', label: 'carries {thing}', kind: 'people' },
  'person.seized': { from: '{from}', to: '{by}', label: 'loses {device}', kind: 'attack' },
  'person.took': { from: '{from}', to: '{by}', label: 'loses {thing}', kind: 'attack' },
  'probe.result': { from: '{on}', to: '{on}', label: '{probe}: {outcome}', kind: 'attack' },
});
