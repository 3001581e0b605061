/** Lines about what an attacker has in hand, or in the drive of the CRS that it controls. */
import { command, positional, TEXT, type Command } from '../../console/index.ts';
import { encodeHiddenSession } from '../../media/index.ts';
import { attackError } from '../errors.ts';
import { NOTHING } from '../holdings.ts';
import { signingKeysBy } from '../master-keys.ts';
import type { Desk } from './desk.ts';
import { MONTH } from './packages.ts';

declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    /** Wrote on a disc what runs on the next machine that reads it. */
    'attack.payload-planted': { disc: string };
  }
}

/** `read`: the reader of the phones, and nothing else, decides what can be read. */
export const read = ({ stage, holder, controls, read: readThing }: Desk): Command =>
  command({
    name: 'read',
    summary: 'Read the code on a print or a picture that you have, or the disc; or the disc in the CRS',
    parameters: { thing: positional(TEXT, 'the print, the picture or the disc') },
    examples: ['read photo-1', 'read alice-qr-1', 'read copied-disc'],
    run: ({ thing }) => {
      const seen =
        stage.lookAt(holder, thing) ?? (controls === undefined ? undefined : stage.lookAt(controls, thing));
      if (seen === undefined) throw attackError('ATTACK_NOT_IN_HAND', `${holder} does not have ${thing}`);
      return readThing(thing, seen);
    },
  });

/** `mint`: takes the master secrets of a CMS. What comes of it verifies: KPAK vouches for any PVT. */
export const mint = ({ stage, random, user, held, makes }: Desk): Command =>
  command({
    name: 'mint',
    summary: 'Make the keys of a user for a month, with the master secrets of a CMS',
    parameters: { user: positional(user, 'whose keys'), month: MONTH },
    examples: ['mint alice 2015-10'],
    run: ({ user: whose, month }) => {
      const master = held().masters.at(-1);
      if (master === undefined) throw attackError('ATTACK_NO_MASTER', 'no master secret is held');
      const { keys } = signingKeysBy(master, { number: stage.numberOf(whose), period: month }, random);
      makes({ ...NOTHING, userKeys: [keys] });
      return `There are keys of ${whose} for ${month}, with an SSK that ${master.cms} never issued.`;
    },
  });

/** `plant-payload`: takes a disc, in hand or in the CRS. */
export const plantPayload = ({ stage, holder, controls, ports: { trace } }: Desk): Command =>
  command({
    name: 'plant-payload',
    summary:
      'Write on a disc that you have, or that is in the CRS, what runs on the next machine that reads it',
    parameters: { disc: positional(TEXT, 'the disc') },
    examples: ['plant-payload used-disc'],
    run: ({ disc }) => {
      const payload = encodeHiddenSession({ by: holder, master: undefined });
      const places = [holder, ...(controls === undefined ? [] : [controls])];
      if (!places.some((place) => stage.hideOn(place, disc, payload)))
        throw attackError('ATTACK_NOT_IN_HAND', `${holder} has no disc ${disc}`);
      trace.append('attack.payload-planted', holder, { disc });
      return `Whatever machine reads ${disc} runs it.`;
    },
  });
