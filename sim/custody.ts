/**
 * Custody: who holds which secret, as a family of events. Every hand-over of secret material is one `custody.<verb>` event with the
 * secrets, where they came from and where they are from then on; so where a secret was born, who held it and how it ended can be
 * read from a trace with one function, whoever wrote the events.
 *
 * Holders are devices, people, attackers and what is carried between them: a disc, a print. A secret under another key is a secret of
 * its own (a `key package`): it is wrapped into that and unwrapped from it. Two secrets with one kind and fingerprint are the same.
 */
import { eventGroup } from './event-group.ts';
import type { Secret } from './secret.ts';
import type { AnyTraceEvent, TraceType } from './trace.ts';

/** What can be done with secrets. */
export type CustodyVerb =
  | 'made'
  | 'shown'
  | 'printed'
  | 'scanned'
  | 'wrapped'
  | 'burnt'
  | 'carried'
  | 'loaded'
  | 'served'
  | 'unwrapped'
  | 'installed'
  | 'stored'
  | 'used'
  | 'seized'
  | 'given'
  | 'erased'
  | 'holds-from-start';

/** What every custody event says. */
export interface HandOver {
  /** What is handed over; none where an attacker has a way to secrets that are not there yet. */
  readonly secrets: readonly Secret[];
  /** Who or what had it before; null when nobody did. */
  readonly from: string | null;
  /** Who or what has it now; null when that is nobody, or whoever looks. */
  readonly to: string | null;
}

type CustodyEvents = { readonly [Verb in CustodyVerb as `custody.${Verb}`]: HandOver };

declare module './trace.ts' {
  // oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type -- its members are the verbs
  interface TraceEvents extends CustodyEvents {}
}

const PREFIX = 'custody.';

/** Whether an event is one of custody, which has the data of a {@link HandOver}. */
export function isCustody(
  event: AnyTraceEvent,
): event is Extract<AnyTraceEvent, { readonly type: `custody.${string}` }> {
  return isCustodyType(event.type);
}

/** Whether events of the type are hand-overs. */
export function isCustodyType(type: TraceType): boolean {
  return type.startsWith(PREFIX);
}

/** The verb of a custody event; undefined of any other event. */
export function custodyVerbOf(event: AnyTraceEvent): CustodyVerb | undefined {
  if (!isCustody(event)) return undefined;
  // The types of custody events are the verbs behind the prefix.
  return event.type.slice(PREFIX.length) as CustodyVerb;
}

const fields = ['secrets', 'from', 'to'] as const;

/** The family, with what an event of each verb says. */
export const CUSTODY_EVENTS = eventGroup('custody', {
  title: 'Custody of secrets',
  where: 'On whoever hands over or takes. `from` and `to` are devices, people, attackers, discs and prints.',
  events: {
    'custody.made': {
      fields,
      meaning: 'came into being: drawn, issued or derived from others that its holder has',
    },
    'custody.shown': { fields, meaning: 'is on a screen for everybody who is before it' },
    'custody.printed': { fields, meaning: 'is on a sheet of paper now' },
    'custody.scanned': { fields, meaning: 'was read from a screen or a sheet' },
    'custody.wrapped': { fields, meaning: 'was put under another key: the key package is what came of it' },
    'custody.burnt': { fields, meaning: 'is on a disc now' },
    'custody.carried': {
      fields,
      meaning: 'was brought from hand to hand, or into a machine or out of it, on what it is on',
    },
    'custody.loaded': { fields, meaning: 'was read from a disc' },
    'custody.served': { fields, meaning: 'was sent over the network, to be read by whoever has it then' },
    'custody.unwrapped': { fields, meaning: 'was taken out of what another key had kept it under' },
    'custody.installed': { fields, meaning: 'was checked, and is what a phone works with from now on' },
    'custody.stored': { fields, meaning: 'was written where it stays when its use is over' },
    'custody.used': { fields, meaning: 'did what it is for: opened a session, signed, or opened a message' },
    'custody.seized': { fields, meaning: 'was taken or copied by somebody whom it was not meant for' },
    'custody.given': {
      fields,
      meaning: 'was handed to an attacker to see what it opens; `from` is null where nobody says how',
    },
    'custody.erased': { fields, meaning: 'cannot be read any more where it was' },
    'custody.holds-from-start': {
      fields,
      meaning: 'is within reach of an attacker from the beginning, now or as soon as it is there',
    },
  },
});
