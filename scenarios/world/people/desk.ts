/** What people say and look up at a desk: signs that they raise, and the register of what became of them. */
import { choice, command, positional, TEXT, type Command } from '../../../devices/console/index.ts';
import { EMPTY_REGISTER, entered, reviewOf } from '../notices/register.ts';
import { evidenceOf, SIGN_KINDS, SIGNS } from '../notices/signs.ts';
import '../notices/events.ts';
import { peopleError } from './errors.ts';
import { personWord, type Surroundings } from './surroundings.ts';

/** Says that something looks wrong, where whoever says it could see it. Errors: PEOPLE_NOTHING_SEEN, PEOPLE_NAME_TAKEN. */
export function raise(person: string, around: Surroundings): Command {
  const { trace, things, numberOf } = around;
  return command({
    name: 'raise',
    summary: 'Say that something looks wrong, on a sign that you can see',
    parameters: {
      sign: positional(TEXT, 'what it is called from now on'),
      kind: positional(choice(...SIGN_KINDS), 'what kind of sign'),
      user: positional(personWord(around), 'whose keys or calls it is about'),
    },
    examples: ['raise taxi loss alice', 'raise twice fault alice'],
    run: ({ sign, kind, user }) => {
      const { events } = trace;
      if (events.some(({ type, data }) => type === 'sign.raised' && data.sign === sign))
        throw peopleError('PEOPLE_NAME_TAKEN', `there is a sign ${sign} already`);
      const inHand = (device: string): boolean => things.at(person).includes(device);
      const rests = evidenceOf(kind, { events, user, number: numberOf(user), inHand });
      if (rests === undefined)
        throw peopleError('PEOPLE_NOTHING_SEEN', `nothing shows ${person} that ${SIGNS[kind]}`);
      trace.append('sign.raised', person, { by: person, sign, kind, user, rests: rests?.n ?? null });
      return `${sign} is raised: ${SIGNS[kind]}.`;
    },
  });
}

/** Looks through all signs, notices and decisions, and names what is open. */
export function review(person: string, { trace }: Surroundings): Command {
  return command({
    name: 'review',
    summary: 'Look through the register: which signs are unanswered, which incidents undecided',
    parameters: {},
    run: () => {
      const found = reviewOf(trace.events.reduce(entered, EMPTY_REGISTER));
      trace.append('register.reviewed', person, { by: person, ...found });
      return [
        `${found.signs} signs, ${found.unanswered} of them unanswered`,
        `${found.incidents} incidents, ${found.undecided} of them undecided`,
        ...(found.names === '' ? [] : [`open: ${found.names}`]),
      ];
    },
  });
}
