/**
 * The keys of a user are on the CMS that made them, on the phone of that user, on a code that nobody has scanned yet, or wrapped in a key
 * package, which is a secret of its own (clause para-2). A theft is a leak with its cause, which the run shows by itself; what a thief works
 * out afterwards is no further one.
 */
import { custodyVerbOf, isCustodyType, type CustodyVerb } from '../../../sim/custody.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import type { Testimony } from '../witness.ts';
import { breach, handOverIn, watched, type Invariant } from './invariant.ts';

/** Who may have what, which codes are open, which phone is whose, and who has stolen keys: each a list of words. */
export type UserKeyState = {
  /** `<kind> <fingerprint> <holder>` */
  readonly allowed: readonly string[];
  /** Secrets that were made: `<kind> <fingerprint>`. */
  readonly made: readonly string[];
  /** On a screen or a print, not scanned yet: `<kind> <fingerprint>`. */
  readonly open: readonly string[];
  /** `<number> <phone>` */
  readonly phones: readonly string[];
  readonly thieves: readonly string[];
  /** CMSs that were restored from the backup of another one, and make its keys again. */
  readonly restored: readonly string[];
};

/** Holds while every RSK, SSK and update key is where its user, its CMS or a thief has it, and nothing carries it in clear. */
export class UserKeysKept implements Invariant<UserKeyState> {
  readonly id = 'user-keys';
  readonly initial: UserKeyState = { allowed: [], made: [], open: [], phones: [], thieves: [], restored: [] };

  heeds(type: TraceType): boolean {
    return type === 'cms.restored' || type === 'handset.registered' || isCustodyType(type);
  }

  take(state: UserKeyState, event: AnyTraceEvent): Testimony<UserKeyState> {
    if (event.type === 'cms.restored')
      return { state: { ...state, restored: added(state.restored, [event.on]) } };
    if (event.type === 'handset.registered') {
      // What a thief registers as somebody else with is theirs.
      const isTheirs = state.thieves.includes(event.data.user);
      return { state: isTheirs ? { ...state, thieves: added(state.thieves, [event.on]) } : state };
    }
    const handOver = handOverIn(event);
    const verb = custodyVerbOf(event);
    if (handOver === undefined || verb === undefined || verb === 'erased') return { state };
    const { from, to } = handOver;
    if ((verb === 'seized' || verb === 'given' || verb === 'holds-from-start') && to !== null)
      return { state: { ...state, thieves: added(state.thieves, [to]) } };
    const secrets = handOver.secrets.filter(isOfUser);
    const strayed = secrets.filter((secret) => !mayCome(state, verb, secret, { by: event.on, from, to }));
    const arrived = secrets.filter((secret) => !strayed.includes(secret));
    const kinds = new Set(state.made.map((name) => name.slice(0, name.lastIndexOf(' '))));
    const first = verb === 'made' ? arrived.filter(({ kind }) => !kinds.has(kind)) : [];
    return {
      state: arrived.length === 0 ? state : after(state, verb, arrived, to),
      says: [
        ...first.map((secret) => watched(this.id, secret, to ?? '')),
        ...strayed.map((secret) => breach(this.id, event, secret, to ?? 'whoever looks')),
      ],
    };
  }
}

function mayCome(
  state: UserKeyState,
  verb: CustodyVerb,
  secret: Secret,
  { by, from, to }: { readonly by: string; readonly from: string | null; readonly to: string | null },
): boolean {
  // A code is open to whoever comes first.
  if (verb === 'shown' || verb === 'printed') return true;
  if (to === null) return false;
  if (state.allowed.includes(`${nameOf(secret)} ${to}`)) return true;
  switch (verb) {
    case 'made':
      return (
        !state.made.includes(nameOf(secret)) || state.thieves.includes(to) || state.restored.includes(to)
      );
    case 'carried':
      // A print is brought to whom it is for; one that was used is to be destroyed, and brought nowhere.
      return state.open.includes(nameOf(secret)) || (from !== null && state.thieves.includes(from));
    case 'scanned':
      // What a thief points a phone at is the theft again, and no further leak.
      return state.open.includes(nameOf(secret)) || state.thieves.includes(by);
    case 'unwrapped':
      return state.phones.includes(`${numberOf(secret)} ${to}`) || state.thieves.includes(to);
    case 'used':
      return state.thieves.includes(to);
    default:
      return false;
  }
}

function after(
  state: UserKeyState,
  verb: CustodyVerb,
  secrets: readonly Secret[],
  to: string | null,
): UserKeyState {
  const names = secrets.map(nameOf);
  if (verb === 'shown' || verb === 'printed') return { ...state, open: added(state.open, names) };
  // Whoever brings a code to somebody may not do anything else with it.
  if (verb === 'carried') return state;
  const scanned = verb === 'scanned';
  return {
    ...state,
    allowed: added(
      state.allowed,
      names.map((name) => `${name} ${to ?? ''}`),
    ),
    made: verb === 'made' ? added(state.made, names) : state.made,
    open: scanned ? state.open.filter((name) => !names.includes(name)) : state.open,
    phones: scanned
      ? added(
          state.phones,
          secrets.map((secret) => `${numberOf(secret)} ${to ?? ''}`),
        )
      : state.phones,
  };
}

function added(list: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...list, ...more])];
}

function isOfUser({ kind }: Secret): boolean {
  return kind === 'RSK' || kind === 'SSK' || kind === 'update key';
}

function nameOf({ kind, fingerprint }: Secret): string {
  return `${kind} ${fingerprint}`;
}

/** The owner of a user's key begins with the number. */
function numberOf({ owner }: Secret): string {
  return owner.split(' ')[0] ?? '';
}
