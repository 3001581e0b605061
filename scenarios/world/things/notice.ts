/**
 * Notices: sheets that people write, send, read and file. Whoever gets one acts on it, asks back, or lets it lie; it is the same sheet for
 * an incident, a decision, a trip or an exception, and its kind says what has to be on it.
 */
import {
  choice,
  command,
  option,
  positional,
  TEXT,
  type Command,
  type Kind,
} from '../../../devices/console/index.ts';
import { dayOf } from '../../language/instant.ts';
import {
  DAY_FIELDS,
  formOf,
  lackingIn,
  NOTICE_FIELDS,
  NOTICE_KINDS,
  wordsFor,
  type NoticeField,
  type NoticeKind,
  type NoticeText,
} from '../notices/kinds.ts';
import '../notices/events.ts';
import { peopleError } from '../people/errors.ts';
import { personWord, thingWord, type Surroundings } from '../people/surroundings.ts';
import type { ThingKind } from './thing-kind.ts';
import type { Thing } from './thing.ts';

/** The ways a notice may go: that of para 45 to 48, and the one for cryptographic items, which does not apply (para-44-s2). */
const ROUTES = ['incidents', 'cryptographic-items'] as const;

type SheetRoute = (typeof ROUTES)[number];

type SentCopy = { readonly to: string; readonly route: SheetRoute; readonly text: NoticeText };

/** A notice as a plain value: who wrote what, and what was sent to whom. */
export type SheetState = {
  readonly author: string;
  readonly kind: NoticeKind;
  readonly text: NoticeText;
  readonly sent: readonly SentCopy[];
};

class Sheet implements Thing {
  readonly kind = 'notice';
  readonly name: string;
  is: SheetState;

  constructor(name: string, is: SheetState) {
    this.name = name;
    this.is = is;
  }

  save(): SheetState {
    return this.is;
  }
}

/** What people do with notices. */
export const noticeThing: ThingKind<SheetState> = {
  name: 'notice',
  verbs: (person, around) => [
    ...NOTICE_KINDS.map((kind) => write(kind, person, around)),
    send(person, around),
    readNotice(person, around),
    file(person, around),
  ],
  takenUp: (name, kept) => new Sheet(name, kept),
};

const DAY: Kind<string> = {
  wants: 'a day such as 2015-10-14',
  read: (word) => (dayOf(word) === undefined ? undefined : word),
};

function kindOfField(kind: NoticeKind, field: NoticeField): Kind<string> {
  const words = wordsFor(kind, field);
  if (words !== undefined) return choice(...words);
  return DAY_FIELDS.includes(field) ? DAY : TEXT;
}

function write(kind: NoticeKind, person: string, { trace, things }: Surroundings): Command {
  const { what, must, may } = formOf(kind);
  const fields = NOTICE_FIELDS.filter((field) => (must[field] ?? may[field]) !== undefined);
  return command({
    name: `write-${kind}`,
    summary: `Write ${what}, or write on one of yours`,
    parameters: {
      notice: positional(TEXT, 'what it is called'),
      ...Object.fromEntries(
        fields.map((field) => [field, option(kindOfField(kind, field), must[field] ?? may[field] ?? '')]),
      ),
    },
    run: (values) => {
      const { notice: name } = values;
      const typed: Readonly<Record<string, unknown>> = values;
      const known = things.names.includes(name) ? things.find(name) : undefined;
      if (
        known !== undefined &&
        !(known instanceof Sheet && known.is.author === person && known.is.kind === kind)
      )
        throw peopleError('PEOPLE_NAME_TAKEN', `there is another ${name} already`);
      const text = Object.fromEntries(
        NOTICE_FIELDS.map((field) => {
          const word = typed[field];
          return [field, typeof word === 'string' ? word : (known?.is.text[field] ?? null)] as const;
        }),
      ) as NoticeText;
      if (known === undefined) things.add(new Sheet(name, { author: person, kind, text, sent: [] }), person);
      else known.is = { ...known.is, text };
      trace.append('notice.written', person, { by: person, notice: name, kind, ...text });
      const lacking = lackingIn(kind, text);
      return lacking.length === 0
        ? `${name} is written.`
        : `${name} is written. It lacks ${lacking.join(', ')}.`;
    },
  });
}

function send(person: string, around: Surroundings): Command {
  return command({
    name: 'send',
    summary: 'Send a notice of yours to somebody',
    parameters: {
      notice: positional(thingWord(around), 'the notice'),
      person: positional(personWord(around), 'who gets it'),
      route: option(choice(...ROUTES), 'the reporting route; incidents when left out'),
    },
    examples: ['send notice-1 dso', 'send notice-1 is4-desk --route cryptographic-items'],
    run: ({ notice: name, person: to, route = 'incidents' }) => {
      const notice = noticeOf(around, name, person);
      const { kind, text, sent } = notice.is;
      notice.is = { ...notice.is, sent: [...sent, { to, route, text }] };
      around.trace.append('notice.sent', person, { by: person, to, notice: name, kind, route });
      return `${name} is on its way to ${to}.`;
    },
  });
}

function readNotice(person: string, around: Surroundings): Command {
  const { trace, things, rules } = around;
  return command({
    name: 'read-notice',
    summary: 'Read a notice that was sent to you; one that lacks something is asked back',
    parameters: { notice: positional(thingWord(around), 'the notice') },
    examples: ['read-notice notice-1'],
    run: ({ notice: name }) => {
      const notice = things.find(name);
      const copy = notice instanceof Sheet ? notice.is.sent.findLast(({ to }) => to === person) : undefined;
      if (!(notice instanceof Sheet) || copy === undefined)
        throw peopleError('PEOPLE_NOT_POSSIBLE', `no notice ${name} was sent to ${person}`);
      const { author: from, kind } = notice.is;
      const head = { by: person, from, notice: name, kind };
      if (copy.route !== 'incidents' && rules.holds('person.keeps-to-the-route')) {
        trace.append('notice.wrong-route', person, { ...head, route: copy.route });
        return `${name} came by the route for cryptographic items, which does not apply. It still has to be reported.`;
      }
      const lacking = lackingIn(kind, copy.text);
      if (lacking.length > 0 && rules.holds('person.asks-back')) {
        const asked = { ...head, lacks: lacking.join(', '), fields: lacking.length };
        trace.append('notice.asked-back', person, asked);
        return `You ask ${from} for ${lacking.join(', ')}. Until then ${name} counts for nothing.`;
      }
      trace.append('notice.received', person, { ...head, ...copy.text });
      return [`You have read ${name}.`, ...written(copy.text)];
    },
  });
}

function file(person: string, around: Surroundings): Command {
  return command({
    name: 'file',
    summary: 'Put a record that you wrote into the register; one that lacks something is not taken',
    parameters: { notice: positional(thingWord(around), 'the record') },
    examples: ['file decision-1'],
    run: ({ notice: name }) => {
      const { kind, text } = noticeOf(around, name, person).is;
      const lacking = lackingIn(kind, text);
      if (lacking.length > 0) throw peopleError('PEOPLE_INCOMPLETE', `${name} lacks ${lacking.join(', ')}`);
      around.trace.append('notice.filed', person, { by: person, notice: name, kind, ...text });
      return `${name} is in the register.`;
    },
  });
}

function noticeOf({ things }: Surroundings, name: string, author: string): Sheet {
  const found = things.find(name);
  if (!(found instanceof Sheet)) throw peopleError('PEOPLE_NOT_POSSIBLE', `${name} is no notice`);
  if (found.is.author !== author)
    throw peopleError('PEOPLE_NOT_POSSIBLE', `${name} was written by ${found.is.author}`);
  return found;
}

function written(text: NoticeText): readonly string[] {
  return NOTICE_FIELDS.flatMap((field) => (text[field] === null ? [] : [`${field}: ${text[field]}`]));
}
