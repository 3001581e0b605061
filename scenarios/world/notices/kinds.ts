/**
 * The kinds of notices that an organisation writes: what each is for, which fields it may have and which of them it must have. A notice that
 * lacks one that it must have says too little to be acted on: whoever gets it asks back, and until then it counts for nothing.
 */

/** Everything that can be written into a field of some notice; each kind has a few of these. */
export const NOTICE_FIELDS = [
  'about',
  'what',
  'since',
  'users',
  'months',
  'done',
  'remains',
  'version',
  'logs',
  'steps',
  'decision',
  'reason',
  'until',
  'traveller',
  'phone',
  'countries',
  'leaves',
  'returns',
  'lookups',
  'guidance',
  'threat',
  'permission',
  'platform',
  'app',
  'owner',
] as const;

/** One of {@link NOTICE_FIELDS}. */
export type NoticeField = (typeof NOTICE_FIELDS)[number];

/** What is written in each field; `null` where nothing is. */
export type NoticeText = { readonly [Field in NoticeField]: string | null };

/** A kind of notice, as a form that somebody fills in. */
export interface NoticeForm {
  /** What it is, as the object of a sentence. */
  readonly what: string;
  readonly clause: string;
  /** What has to be in it, with what each field is for. */
  readonly must: Readonly<Partial<Record<NoticeField, string>>>;
  /** What may be in it. */
  readonly may: Readonly<Partial<Record<NoticeField, string>>>;
}

const UNTIL = 'the day on which it ends, or is looked at again';

/** Each kind by its name; a notice is written with the command `write-<name>`. */
const NOTICE_FORMS = {
  incident: {
    what: 'a notice that information may be exposed',
    clause: 'para-46',
    must: {
      about: 'the sign that it is about',
      what: 'what is known',
      since: 'since when',
      users: 'whose keys',
      months: 'of which months',
      done: 'what was done',
      remains: 'what remains open',
    },
    may: {},
  },
  fault: {
    what: 'a notice that the product is believed at fault',
    clause: 'para-48',
    must: {
      about: 'the sign that it is about',
      what: 'what was seen',
      version: 'the version of the product',
      logs: 'where the logs are',
      steps: 'the line that shows it again',
    },
    may: {},
  },
  decision: {
    what: 'the record of a decision about an incident',
    clause: 'para-47',
    must: {
      about: 'the notice or the sign that it is about',
      decision: 'tell, tell-not, or nothing-exposed',
      reason: 'why',
      until: UNTIL,
    },
    may: {},
  },
  trip: {
    what: 'the approval of a trip abroad',
    clause: 'para-44',
    must: {
      traveller: 'who goes',
      phone: 'with which phone',
      countries: 'where to, those on the way included',
      leaves: 'the first day',
      returns: 'the last day',
    },
    may: {
      lookups: 'the countries whose rules were looked up',
      guidance: 'the handling guidance that was used',
      threat: 'the threat note that was read',
      permission: 'the reference of a permission',
    },
  },
  platform: {
    what: 'a decision about a version of a platform',
    clause: 'para-13',
    must: {
      platform: 'android or ios',
      version: 'which version',
      decision: 'upgrade, wait, or withdraw',
      reason: 'what was weighed',
      until: UNTIL,
    },
    may: {},
  },
  exception: {
    what: 'an exception from the rule that no other VoIP application is on a phone',
    clause: 'para-18-b3',
    must: {
      phone: 'which phone',
      app: 'which application',
      owner: 'who answers for it',
      until: UNTIL,
    },
    may: { reason: 'why' },
  },
  enquiry: {
    what: 'an enquiry about a platform that has no guidance',
    clause: 'para-18-b4',
    must: { platform: 'android or ios', version: 'which version', what: 'what is asked' },
    may: {},
  },
} as const satisfies Readonly<Record<string, NoticeForm>>;

/** What a notice is for, as its `write-` command calls it. */
export type NoticeKind = keyof typeof NOTICE_FORMS;

/** The names of all kinds, in the order of the table. */
export const NOTICE_KINDS = Object.keys(NOTICE_FORMS) as readonly NoticeKind[];

/** The form of a kind, whichever it is. */
export function formOf(kind: NoticeKind): NoticeForm {
  return NOTICE_FORMS[kind];
}

/** The fields that a notice of this kind must have and has not. */
export function lackingIn(kind: NoticeKind, text: NoticeText): readonly NoticeField[] {
  const { must } = formOf(kind);
  return NOTICE_FIELDS.filter((field) => must[field] !== undefined && text[field] === null);
}

/** Words that a field may hold only, where it is not free text. */
export function wordsFor(kind: NoticeKind, field: NoticeField): readonly string[] | undefined {
  if (field === 'platform') return ['android', 'ios'];
  if (field !== 'decision') return undefined;
  return kind === 'platform' ? ['upgrade', 'wait', 'withdraw'] : ['tell', 'tell-not', 'nothing-exposed'];
}

/** Fields that are days, so that whoever looks at them can tell which comes first. */
export const DAY_FIELDS: readonly NoticeField[] = ['until', 'leaves', 'returns'];
