/**
 * Lineages, read from the events of custody in one pass: what an event says of a secret is looked up by that secret and by who has it, so a trace of
 * a month is read once. Nothing is believed but the trace, whoever wrote it: an event that is not as it should be says nothing.
 */
import type { Micros } from '../../../sim/clock.ts';
import { LineageDraft, type PlaceDraft, type SecretName } from './draft.ts';
import { fieldOf, nameFrom, secretsIn, textIn, type LineageEvent } from './event-fields.ts';
import type { Lineage } from './model.ts';

export type { LineageEvent } from './event-fields.ts';

/** Packages are places of what is in them, by the label that they have as secrets. */
const PACKAGE = 'key package';

/** The words for what ended at the end of a call, or with a screen. */
const CALL_OVER = 'the call was over';
const HIDDEN = 'off the screen';

/** The lineages of all secrets that a trace names, in the order in which it names them first. */
export function lineagesOf(events: Iterable<LineageEvent>): readonly Lineage[] {
  const reader = new LineageReader();
  for (const event of events) reader.take(event);
  return reader.finished();
}

/** One hand-over, read. */
interface HandOverRead {
  readonly event: LineageEvent;
  readonly verb: string;
  readonly names: readonly SecretName[];
  readonly from: string | null;
  readonly to: string | null;
  /** Who did it, and what was typed for it. */
  readonly by: string;
  readonly typed: string | undefined;
  /** The thing that somebody had in hand for it, where one was. */
  readonly deed: ThingDeed | undefined;
}

/** What a person did with a thing just before, in the same act. */
interface ThingDeed {
  readonly type: string;
  readonly cause: number;
  readonly thing: string | undefined;
}

class LineageReader {
  readonly #drafts = new Map<string, LineageDraft>();
  /** Secrets of a call by its CSB ID, and by that of the call which they renewed the keys of. */
  readonly #ofCall = new Map<string, Set<LineageDraft>>();
  /** What is wrapped in a package, by the label of that. */
  readonly #within = new Map<string, Set<LineageDraft>>();
  /** What is on a screen, by screen and number. */
  readonly #shown = new Map<string, readonly LineageDraft[]>();
  /** Who was meant to have nothing, and their phones: each with who that is. */
  readonly #outsiders = new Map<string, string>();
  /** The print in each envelope that is closed. */
  readonly #inside = new Map<string, string>();
  /** By event: the typed line that it comes from. */
  readonly #lines = new Map<number, string>();
  #deed: ThingDeed | undefined;

  take(event: LineageEvent): void {
    const { type, data } = event;
    const line = type === 'console.typed' ? typedLine(data) : this.#lines.get(event.cause);
    if (line !== undefined) this.#lines.set(event.n, line);
    if (type.startsWith('custody.')) return this.#handOver(event, type.slice('custody.'.length));
    if (type.startsWith('person.')) this.#done(event);
    else if (type === 'handset.registered') this.#registered(event.on, textIn(data, 'user'));
    else if (type === 'cms.qr-hidden') this.#hidden(event);
    else if (type === 'handset.call-rekeyed') this.#renewed(textIn(data, 'csb'), textIn(data, 'keyed'));
    else if (type === 'handset.call-ended') this.#callOver(event, textIn(data, 'csb'));
    else if (type === 'invariant.broken') this.#broken(event);
  }

  /** A package that is nowhere any more has nothing in it either. */
  finished(): readonly Lineage[] {
    const drafts = [...this.#drafts.values()];
    for (const packed of drafts) {
      const { secret, kind, died } = packed.finished();
      if (kind === PACKAGE && died !== undefined)
        for (const draft of this.#within.get(secret) ?? [])
          end(draft.having(secret), { n: died.event, t: died.time }, 'the package was gone');
    }
    return drafts.map((draft) => draft.finished());
  }

  /** What somebody does with a thing stands before what that hands over. */
  #done({ type, cause, data }: LineageEvent): void {
    const [thing, envelope] = [thingOf(type, data), textIn(data, 'envelope')];
    if (type === 'person.sealed' && envelope !== undefined && thing !== undefined)
      this.#inside.set(envelope, thing);
    if (type === 'person.opened' && envelope !== undefined) this.#inside.delete(envelope);
    this.#deed = { type, cause, thing: thing === undefined ? undefined : (this.#inside.get(thing) ?? thing) };
  }

  #handOver(event: LineageEvent, verb: string): void {
    const { data } = event;
    const [from, to] = [textIn(data, 'from') ?? null, textIn(data, 'to') ?? null];
    if ((verb === 'seized' || verb === 'given' || verb === 'holds-from-start') && to !== null)
      this.#outsiders.set(to, to);
    const names = secretsIn(data);
    const deed = this.#deed?.cause === event.cause && event.cause !== 0 ? this.#deed : undefined;
    const typed = this.#lines.get(event.n);
    const handed: HandOverRead = { event, verb, names, from, to, by: event.on, typed, deed };
    for (const name of names) this.#one(handed, this.#draftOf(name), name);
  }

  #draftOf(name: SecretName): LineageDraft {
    const key = `${name.kind} ${name.fingerprint}`;
    let draft = this.#drafts.get(key);
    if (draft === undefined) {
      this.#drafts.set(key, (draft = new LineageDraft(name)));
      if (name.kind === 'SSV' || name.kind === 'TEK') this.#callOf(name.owner.split(' ')[0] ?? '').add(draft);
    }
    draft.calledToo(name.label);
    return draft;
  }

  #one(handed: HandOverRead, draft: LineageDraft, name: SecretName): void {
    const { verb, from, to } = handed;
    switch (verb) {
      case 'erased':
        return end(from === null ? undefined : draft.having(from), handed.event, 'erased');
      case 'wrapped':
        return this.#wrapped(handed, draft, name);
      case 'shown':
        return this.#onScreen(handed, draft);
      case 'carried':
        return this.#carried(handed, draft);
      case 'unwrapped':
        return this.#unwrapped(handed, draft, name);
      default:
        if (to !== null) this.#comesTo(handed, draft, to);
    }
  }

  /** With what somebody registers who should not have anything, that one has it too. */
  #registered(phone: string, user: string | undefined): void {
    if (user !== undefined && this.#outsiders.has(user)) this.#outsiders.set(phone, user);
  }

  /** It comes to a holder, unless that has it already: then it was used there, or something else befell it. */
  #comesTo(
    handed: HandOverRead,
    draft: LineageDraft,
    to: string,
    source = this.#sourceOf(handed, draft),
  ): void {
    const { verb, event, deed } = handed;
    const copy = verb === 'seized' ? deed : undefined;
    const holder = copy?.thing !== undefined && copy.type !== 'person.seized' ? copy.thing : to;
    const there = copy?.type === 'person.took' ? undefined : draft.having(holder);
    if (there !== undefined) {
      const moment = { event: event.n, time: event.t, what: verb };
      if (verb === 'used') [there.uses, there.lastUse] = [there.uses + 1, moment];
      else there.notes.push(moment);
      return;
    }
    const leak =
      verb === 'seized' || verb === 'given' || verb === 'holds-from-start' || this.#outsiders.has(to);
    const at = holder === to ? undefined : to;
    const before = copy?.type === 'person.took' ? draft.having(holder) : undefined;
    end(before, event, `taken by ${to}`);
    const place = draft.comes(placeIn(handed, holder), { source: before ?? source, leak, at });
    if (verb === 'used') place.uses = 1;
  }

  /** What is made comes from nowhere; what is read off a screen comes from there. */
  #sourceOf({ verb, from }: HandOverRead, draft: LineageDraft): PlaceDraft | undefined {
    if (verb === 'made') return undefined;
    if (from !== null && (verb === 'scanned' || verb === 'seized'))
      return draft.having(screenOf(from)) ?? draft.source(from);
    const own = from === null ? undefined : this.#outsiders.get(from);
    return (own === undefined ? undefined : draft.having(own)) ?? draft.source(from);
  }

  /** A secret goes under another key: the package is a secret of its own, and a place of what is in it. */
  #wrapped(handed: HandOverRead, draft: LineageDraft, { kind, label }: SecretName): void {
    const { names, to } = handed;
    if (kind === PACKAGE) {
      if (to !== null && draft.having(to) === undefined)
        draft.comes(placeIn(handed, to), { source: undefined, leak: false });
      return;
    }
    for (const each of names)
      if (each.kind === PACKAGE && each.label !== label && draft.having(each.label) === undefined) {
        draft.comes(placeIn(handed, each.label), { source: draft.source(handed.from), leak: false });
        const within = this.#within.get(each.label) ?? new Set();
        this.#within.set(each.label, within.add(draft));
      }
  }

  #unwrapped(handed: HandOverRead, draft: LineageDraft, { kind }: SecretName): void {
    const { names, to, event } = handed;
    if (to === null) return;
    const there = draft.having(to);
    if (kind === PACKAGE && there !== undefined) {
      [there.uses, there.lastUse] = [there.uses + 1, { event: event.n, time: event.t, what: 'opened' }];
      return;
    }
    const [wrapping] = names.flatMap((each) => (each.kind === PACKAGE ? [draft.having(each.label)] : []));
    // An attacker says what came out, and not of which package.
    this.#comesTo(handed, draft, to, wrapping ?? draft.source(null));
  }

  #onScreen(handed: HandOverRead, draft: LineageDraft): void {
    const { from, event } = handed;
    if (from === null) return;
    const screen = screenOf(from);
    const there = draft.having(screen);
    if (there === undefined)
      draft.comes(placeIn(handed, screen), { source: draft.source(from), leak: false });
    else there.notes.push({ event: event.n, time: event.t, what: 'shown again' });
    const key = `${screen} ${numberOf(draft)}`;
    this.#shown.set(key, [...(this.#shown.get(key) ?? []), draft]);
  }

  #hidden(event: LineageEvent): void {
    const screen = screenOf(event.on);
    const key = `${screen} ${textIn(event.data, 'number') ?? ''}`;
    for (const draft of this.#shown.get(key) ?? []) end(draft.having(screen), event, HIDDEN);
    this.#shown.delete(key);
  }

  /** A thing goes from hand to hand, with what is on it. */
  #carried({ event, from, to, deed, ...handed }: HandOverRead, draft: LineageDraft): void {
    if (to === null) return;
    const thing = deed?.thing === undefined ? undefined : draft.having(deed.thing);
    if (thing === undefined) {
      if (from !== null) end(draft.having(from), event, `carried to ${to}`);
      return this.#comesTo({ event, from, to, deed, ...handed }, draft, to);
    }
    thing.at = to;
    thing.notes.push({ event: event.n, time: event.t, what: `carried to ${to}` });
  }

  #renewed(csb: string | undefined, keyed: string | undefined): void {
    if (csb === undefined || keyed === undefined || csb === keyed) return;
    for (const draft of this.#callOf(keyed)) this.#callOf(csb).add(draft);
  }

  #callOf(csb: string): Set<LineageDraft> {
    let secrets = this.#ofCall.get(csb);
    if (secrets === undefined) this.#ofCall.set(csb, (secrets = new Set()));
    return secrets;
  }

  /** A phone forgets the keys of a call with the call, but for what it stored. */
  #callOver(event: LineageEvent, csb: string | undefined): void {
    if (csb === undefined) return;
    for (const draft of this.#callOf(csb)) {
      const place = draft.having(event.on);
      if (place?.notes.every(({ what }) => what !== 'stored') === true) end(place, event, CALL_OVER);
    }
  }

  #broken({ n, data }: LineageEvent): void {
    const name = nameFrom(fieldOf(data, 'secret'));
    const [holder, invariant] = [textIn(data, 'holder'), textIn(data, 'invariant')];
    const event = fieldOf(data, 'event');
    if (name === undefined || invariant === undefined || typeof event !== 'number') return;
    this.#draftOf(name).breaks(event, holder ?? '', invariant, n);
  }
}

function placeIn({ verb, event, by, typed }: HandOverRead, holder: string): PlaceDraft['place'] {
  return { holder, how: verb, event: event.n, time: event.t, by, ...(typed === undefined ? {} : { typed }) };
}

function end(
  place: PlaceDraft | undefined,
  { n, t }: { readonly n: number; readonly t: Micros },
  what: string,
): void {
  if (place !== undefined) place.until = { event: n, time: t, what };
}

function screenOf(device: string): string {
  return `screen of ${device}`;
}

/** The owner of a user's secrets begins with the number. */
function numberOf({ owner }: LineageDraft): string {
  return owner.split(' ')[0] ?? '';
}

function typedLine(data: object): string | undefined {
  const [by, line] = [textIn(data, 'by'), textIn(data, 'line')];
  return by === undefined || line === undefined ? undefined : `${by}: ${line}`;
}

/** The thing that a deed of a person is about, as it is called from then on. */
function thingOf(type: string, data: object): string | undefined {
  const field = { 'person.copied': 'copy', 'person.photographed': 'photo' }[type];
  return textIn(data, field ?? 'thing') ?? textIn(data, 'disc');
}
