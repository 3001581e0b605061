/**
 * Rows of the matrix that shipped scenarios do not have, each with its reason. The table may only shrink: a row that is there and still stands here
 * fails a test, and so does one that is in neither.
 */

const NOT_EPHEMERAL = 'TLS here has no suite with an ephemeral key exchange';
const NO_ACCOMPLICE = "no attacker of this scenario has the phone's keys and the PSK of the peer";
const NOT_HELD = 'no attacker of this scenario holds a call over the block';
const NOT_SEARCHED = 'no variant searches the phone for what was wiped or replaced';
const NO_PAST_MONTH = 'the scenario begins after the month that would be kept';
const BLOCKED_AT_ENROLMENT = 'no variant lets her scan before she is unblocked';
const UNUSED_PRINT = 'no variant has a print that nobody used';
const LOADED_BEFORE = 'no variant has November on the CRS before the block';

/** By scenario and id, in the order of the matrix. */
export const MISSING_ROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'baseline-call': {
    'rx-psk-only': 'no attacker holds a PSK and no RSK',
    'vbr-variable': 'no codec has a variable bit rate',
    'vbr-constant': 'no attack classifies packets',
  },
  'client-compromise': {
    'register-static-next': 'no variant blocks nobody where PSKs do not rotate',
    'dec-in-no-media':
      'a tap has the signalling and the media of a link alike, and no call here is without media',
    'dec-in-peer-psk': NO_ACCOMPLICE,
    'live-call-held-cut': NOT_HELD,
    'live-call-held-kept': NOT_HELD,
    'live-call-next-old-psk': 'no variant replaces the credentials of one month alone',
    'honest-call-number-block': BLOCKED_AT_ENROLMENT,
    'honest-call-credential-block': BLOCKED_AT_ENROLMENT,
    'dec-next-peer-psk': NO_ACCOMPLICE,
    'backdate-midnight-own': 'no variant leaves the user blocked over the end of the month',
    'residue-key-erase': NOT_SEARCHED,
    'residue-delete': NOT_SEARCHED,
  },
  'missed-rekey': {
    'dec-prev-powered-off': 'no phone can be switched off',
  },
  'crs-overretention': {
    'upd-fetch-past': NO_PAST_MONTH,
    'dec-prev-fetched': NO_PAST_MONTH,
  },
  'harvest-chain': {
    'chain-dhe': NOT_EPHEMERAL,
  },
  reconfiguration: {
    'residue-replaced': NOT_SEARCHED,
    'residue-replaced-unlinked': NOT_SEARCHED,
  },
  'lost-qr': {
    'register-old-print': UNUSED_PRINT,
    'upd-fetch-old-print-static': UNUSED_PRINT,
    'dec-in-new-number': 'no variant gives the user another number',
    'dec-next-new-psk': LOADED_BEFORE,
    'dec-next-crs-help': LOADED_BEFORE,
    'dec-next-peer-psk': LOADED_BEFORE,
  },
  'rollover-mid-call': {
    'dec-in-reinvited-cut':
      'a call ends with the session that it was set up in: no phone opens another one for it',
  },
};
