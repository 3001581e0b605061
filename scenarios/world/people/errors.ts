/** What can be wrong with what a person tries to do with their hands. */
import { errorsOf } from '../../../sim/errors.ts';

/** The PEOPLE_ codes with what each means and what the person could do instead. */
export const PEOPLE_CODES = {
  PEOPLE_NO_THING: {
    summary: 'There is no such thing in the world.',
    fix: 'Type `look` to see what there is.',
  },
  PEOPLE_NOT_IN_HAND: {
    summary: 'The person does not have the thing in hand.',
    fix: 'Let the one who has it `carry` it to this person first.',
  },
  PEOPLE_DESTROYED: {
    summary: 'The thing was destroyed before.',
    fix: 'Come before it is destroyed. A step that shows that it is gone says `refused: PEOPLE_DESTROYED`.',
  },
  PEOPLE_SEALED: {
    summary: 'The thing is in a closed envelope.',
    fix: 'Take the envelope, and `open` it.',
  },
  PEOPLE_NAME_TAKEN: { summary: 'Another thing has this name.', fix: 'Choose another name.' },
  PEOPLE_NO_NUMBER: {
    summary: 'The provider has no SIM with this number.',
    fix: 'Give a phone a `sim` in the scenario.',
  },
  PEOPLE_NOT_REGISTERED: {
    summary: 'The asset register has no line of it.',
    fix: 'Type `enter-asset` first, while it is there.',
  },
  PEOPLE_NO_CERTIFICATE: {
    summary:
      'A line of the asset register is closed only when the medium was treated by a method that is allowed for it.',
    fix: 'Treat it as it may be, and `certify` that.',
  },
  PEOPLE_OWN_WITNESS: {
    summary: 'Nobody is the witness of what they did themselves.',
    fix: 'Name somebody else who saw it.',
  },
  PEOPLE_NO_PHONE: { summary: 'The person has no phone in hand.', fix: 'Name a person who has one.' },
  PEOPLE_NOTHING_TO_SCAN: {
    summary: 'There is no QR code to see there.',
    fix: 'Show one first: `view-qr <number>` on the CMS, or carry the print.',
  },
  PEOPLE_NOTHING_SEEN: {
    summary: 'Nothing that the person can see shows such a sign.',
    fix: 'Look first: read the log, list the prints, or have the phone in hand that rang. What nobody can see is no sign.',
  },
  PEOPLE_INCOMPLETE: {
    summary: 'The record lacks something that its kind must have.',
    fix: 'Write on it: the same `write-` line again with what is lacking.',
  },
  PEOPLE_NOT_POSSIBLE: {
    summary: 'That cannot be done with this thing.',
    fix: 'Type `help` to see what a person can do.',
  },
} as const;

/** Makes an error of one of the PEOPLE_ codes; the fix is that of the table unless another is given. */
export const peopleError = errorsOf(PEOPLE_CODES);
