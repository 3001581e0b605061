/** Lines about what an attacker has in hand. */
import { command, positional, TEXT, type Command } from '../../console/index.ts';
import { attackError } from '../errors.ts';
import type { Desk } from './desk.ts';

/** `read`: the reader of the phones, and nothing else, decides what can be read. */
export const read = ({ stage, holder, read: readThing }: Desk): Command =>
  command({
    name: 'read',
    summary: 'Read the code on a print or a picture that you have, or the disc',
    parameters: { thing: positional(TEXT, 'the print, the picture or the disc') },
    examples: ['read photo-1', 'read alice-qr-1', 'read copied-disc'],
    run: ({ thing }) => {
      const seen = stage.lookAt(holder, thing);
      if (seen === undefined) throw attackError('ATTACK_NOT_IN_HAND', `${holder} does not have ${thing}`);
      return readThing(thing, seen);
    },
  });
