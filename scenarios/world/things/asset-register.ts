/** The asset register as a thing: a book that lies where everybody of the house can write in it, and that is held against what is really there. */
import { command, flag, option, positional, TEXT, type Command } from '../../../devices/console/index.ts';
import { peopleError } from '../people/errors.ts';
import { personWord, thingWord, type Surroundings } from '../people/surroundings.ts';
import { BIN, mediumOf, sanitise, throwAway } from './disposal.ts';
import { methodsFor, RegisterBook, type AssetLine } from './register-book.ts';
import type { ThingKind } from './thing-kind.ts';
import type { Thing } from './thing.ts';

declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    /** A medium has a line in the register from now on. */
    'asset.entered': { by: string; thing: string; medium: string; serial: string | null };
    'asset.retired': { by: string; thing: string; medium: string };
    /** Somebody says how a medium was treated; `allowed` when that is a method for it, which the deployment has `declared` or not. */
    'asset.certified': {
      by: string;
      thing: string;
      medium: string;
      method: string;
      witness: string;
      allowed: boolean;
      declared: boolean;
    };
    'asset.closed': { by: string; thing: string; medium: string };
    /** Something is wrong with one medium. */
    'asset.finding': { by: string; thing: string; finding: string };
    /** The register was held against what is there: lines, those that are not closed, and what is wrong. */
    'asset.counted': {
      by: string;
      entries: number;
      open: number;
      withoutCertificate: number;
      notAllowed: number;
      unaccounted: number;
      unlisted: number;
    };
  }
}

/** There is one, and it lies here. */
const REGISTER = 'asset-register';
const PLACE = 'its-place';

class Register implements Thing {
  readonly kind = 'register';
  readonly name: string;
  readonly book: RegisterBook;

  constructor(name: string, kept?: readonly AssetLine[]) {
    this.name = name;
    this.book = new RegisterBook(kept);
  }

  save(): readonly AssetLine[] {
    return this.book.save();
  }
}

/** What hands can do with the register, and with what it is about. */
export const registerThing: ThingKind<readonly AssetLine[]> = {
  name: 'register',
  verbs: (person, around) => [
    sanitise(person, around),
    throwAway(person, around),
    enterAsset(person, around),
    retireAsset(person, around),
    certify(person, around),
    closeAsset(person, around),
    countAssets(person, around),
  ],
  takenUp: (name, kept) => new Register(name, kept),
};

/** The book, which is begun with the first line. */
function bookIn({ things }: Surroundings): RegisterBook {
  if (!things.names.includes(REGISTER)) things.add(new Register(REGISTER), PLACE);
  const found = things.find(REGISTER);
  if (!(found instanceof Register)) throw peopleError('PEOPLE_NAME_TAKEN', `${REGISTER} is something else`);
  return found.book;
}

function lineOf(item: string, around: Surroundings): AssetLine {
  const line = bookIn(around).find(item);
  if (line === undefined) throw peopleError('PEOPLE_NOT_REGISTERED', `${item} has no line in the register`);
  return line;
}

function enterAsset(person: string, around: Surroundings): Command {
  const { trace, things } = around;
  return command({
    name: 'enter-asset',
    summary: 'Enter a phone, a disk, a disc or a print in the asset register',
    parameters: {
      item: positional(thingWord(around), 'what is entered'),
      serial: option(TEXT, 'the number that is on it'),
    },
    examples: ['enter-asset nov-disc', 'enter-asset alice-phone --serial IMEI-1'],
    run: ({ item, serial = null }) => {
      const book = bookIn(around);
      const medium = mediumOf(things.find(item));
      if (book.find(item) !== undefined)
        throw peopleError('PEOPLE_NAME_TAKEN', `${item} has a line in the register already`);
      book.write({ item, medium, serial, state: 'in use', certificate: undefined });
      trace.append('asset.entered', person, { by: person, thing: item, medium, serial });
      return `${item} is in the register: ${medium}.`;
    },
  });
}

function retireAsset(person: string, around: Surroundings): Command {
  return command({
    name: 'retire-asset',
    summary: 'Write into the asset register that something is out of use, and see how it may be treated',
    parameters: { item: positional(TEXT, 'what is out of use') },
    examples: ['retire-asset nov-disc'],
    run: ({ item }) => {
      const line = lineOf(item, around);
      bookIn(around).write({ ...line, state: 'retired' });
      const { medium } = line;
      around.trace.append('asset.retired', person, { by: person, thing: item, medium });
      const { methods, declared } = methodsFor(medium, around.disposal);
      const because = declared
        ? 'as the deployment declares'
        : 'as is usual, for the deployment declares nothing';
      return `${item} is out of use. ${medium} may be treated by: ${methods.join(', ')}, ${because}.`;
    },
  });
}

function certify(person: string, around: Surroundings): Command {
  return command({
    name: 'certify',
    summary: 'Write into the asset register how something was treated, and who saw it',
    parameters: {
      item: positional(TEXT, 'what was treated'),
      method: positional(TEXT, 'how'),
      witness: positional(personWord(around), 'who saw it'),
    },
    examples: ['certify nov-disc destroy cms-operator'],
    run: ({ item, method, witness }) => {
      const line = lineOf(item, around);
      if (witness === person) throw peopleError('PEOPLE_OWN_WITNESS', `${person} saw their own work`);
      const { medium } = line;
      const { methods, declared } = methodsFor(medium, around.disposal);
      const allowed = methods.includes(method);
      bookIn(around).write({ ...line, certificate: { method, by: person, witness, allowed } });
      const data = { by: person, thing: item, medium, method, witness, allowed, declared };
      around.trace.append('asset.certified', person, data);
      return allowed ? `${item}: ${method}.` : `${item}: ${method}, which is no method for ${medium}!`;
    },
  });
}

function closeAsset(person: string, around: Surroundings): Command {
  return command({
    name: 'close-asset',
    summary: 'Close the line of something in the asset register: it was treated as it may be',
    parameters: { item: positional(TEXT, 'whose line is closed') },
    examples: ['close-asset nov-disc'],
    run: ({ item }) => {
      const line = lineOf(item, around);
      if (line.certificate?.allowed !== true)
        throw peopleError(
          'PEOPLE_NO_CERTIFICATE',
          `${item} has no certificate of a method for ${line.medium}`,
        );
      bookIn(around).write({ ...line, state: 'closed' });
      around.trace.append('asset.closed', person, { by: person, thing: item, medium: line.medium });
      return `The line of ${item} is closed.`;
    },
  });
}

function countAssets(person: string, around: Surroundings): Command {
  const { trace, things, rules } = around;
  return command({
    name: 'count-assets',
    summary: 'Hold the asset register against what is really there',
    parameters: { all: flag('what has no line, too, and is with somebody of the house') },
    examples: ['count-assets', 'count-assets --all'],
    run: ({ all }) => {
      const book = bookIn(around);
      const media = all ? things.names.filter((name) => isMedium(name, around)) : [];
      const found = book.findings((item) => isThere(item, around), media);
      const findings = rules.holds('person.counts-assets') ? found : [];
      for (const { item, finding } of findings)
        trace.append('asset.finding', person, { by: person, thing: item, finding });
      const count = (which: string): number => findings.filter(({ finding }) => finding === which).length;
      trace.append('asset.counted', person, {
        by: person,
        entries: book.lines.length,
        open: count('line open'),
        withoutCertificate: count('no certificate'),
        notAllowed: count('method not allowed'),
        unaccounted: count('unaccounted'),
        unlisted: count('not in the register'),
      });
      return [`${book.lines.length} lines`, ...findings.map(({ item, finding }) => `! ${item}: ${finding}`)];
    },
  });
}

/** Whether somebody of the house has it, whole or treated, in hand, in a device or in an envelope. */
function isThere(item: string, { things, strangers }: Surroundings): boolean {
  if (!things.names.includes(item)) return false;
  const place = things.placeOf(item);
  if (things.names.includes(place) && things.find(place).kind !== 'device')
    return !strangers.includes(things.placeOf(place));
  return place !== BIN && !strangers.includes(place);
}

/** Devices that stand in their place are counted by name; what can be carried off is a medium. */
function isMedium(name: string, around: Surroundings): boolean {
  const { kind, medium } = around.things.find(name);
  return medium !== undefined && kind !== 'device' && isThere(name, around);
}
