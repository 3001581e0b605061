/** What can be wrong with an attacker's line. */
import { errorsOf } from '../../sim/errors.ts';

/** Every code with which an attacker's line is refused, with what to do instead. */
export const ATTACK_CODES = {
  ATTACK_NO_CALL: {
    summary: 'There was no such call.',
    fix: 'Name a call as the trace does, such as alice-to-bob#1.',
  },
  ATTACK_NO_USER: { summary: 'There is no such user.', fix: 'Name a user of the scenario.' },
  ATTACK_NO_CRS: {
    summary: 'This attacker does not control the CRS.',
    fix: 'Give the device `controls: crs` in the scenario.',
  },
  ATTACK_NOT_IN_HAND: {
    summary: 'The attacker does not have the device in hand.',
    fix: 'Let it `seize` the phone first, or search another one.',
  },
  ATTACK_NO_MASTER: {
    summary: 'No master secrets are held.',
    fix: 'Let it `seize` a CMS first, or `read` a disc that has them.',
  },
  ATTACK_NOT_ON_PATH: {
    summary: 'The attacker is on none of the links of this phone.',
    fix: 'Give it a tap on one of them: `taps: [alice-crs]`.',
  },
  ATTACK_TIME_IGNORED: {
    summary: 'The phone takes no time from the network.',
    fix: 'Nothing to do: its clock stays as it is. A step that shows this says `refused: ATTACK_TIME_IGNORED`.',
  },
  ATTACK_FLOOD_LACKS: {
    summary: 'The attacker lacks what the flood is made of.',
    fix: 'For guesses give it a tap on a link of the user, for calls and messages the keys of an account: `colludes: carol`.',
  },
  ATTACK_ONLY_A_PROBE: {
    summary: 'The line is no act of an attacker: it asks what users could do.',
    fix: 'Write it as a probe. Users call each other on their own phones.',
  },
  ATTACK_DISK_FULL: {
    summary: 'The taps of an attacker have seen more packets than can be kept.',
    fix: 'Let somebody hang up: a call is 100 packets a second. Or give the attacker fewer taps, or a shorter scenario.',
  },
  ATTACK_BUSY: {
    summary: 'The attacker is still busy with the last line.',
    fix: 'Leave a minute between attacks.',
  },
} as const;

/** Makes the typed error of one of these codes. */
export const attackError = errorsOf(ATTACK_CODES);
