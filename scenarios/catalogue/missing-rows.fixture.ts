/**
 * Rows of the matrix that shipped scenarios do not have, each with its reason. The table may only shrink: a row that is there and still stands here
 * fails a test, and so does one that is in neither.
 */

const NO_HONEST_CALL = 'no probe has an honest user place a call';
const NO_PEER_PSK = "no attack reads an I_MESSAGE with the PSK of the peer's leg";
const NOBODY_REACHED =
  'no phone is registered, so no forged message reaches one and the positive control cannot be made';
const STATIC_BY_MONTH = 'a phone files its PSK by month, also where PSKs do not rotate';
const ALWAYS_REMOVED = 'a month that is over is always removed from the CRS';
const NO_HELD_CALL = 'no attack looks at a call that goes on';
const NO_PACKAGE_FROM_CRS = 'no attack has the CRS hand over a package by itself';
const NO_SEARCH = 'no attack searches a medium';

/** By scenario and id, in the order of the matrix. */
export const MISSING_ROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'baseline-call': {
    'dec-in-psk-only': 'no attack is given the PSK of a callee and nothing else',
    'rx-psk-only': 'no attacker holds a PSK and no RSK',
    'rx-forked': 'no attack has the CRS fork a call to a device of its own',
    'honest-call-after-restart': NO_HONEST_CALL,
    'vbr-variable': 'no codec has a variable bit rate',
    'vbr-constant': 'no attack classifies packets',
  },
  'client-compromise': {
    'register-static-next': 'no variant blocks nobody where PSKs do not rotate',
    'dec-in-no-media':
      'a tap has the signalling and the media of a link alike, and no call here is without media',
    'dec-in-peer-psk': NO_PEER_PSK,
    'live-call-held-cut': NO_HELD_CALL,
    'live-call-held-kept': NO_HELD_CALL,
    'live-call-next-old-psk': 'no variant replaces the credentials of one month alone',
    'honest-call-number-block': NO_HONEST_CALL,
    'honest-call-credential-block': NO_HONEST_CALL,
    'honest-call-re-enrolled': NO_HONEST_CALL,
    'upd-unwrap-crs-old': NO_PACKAGE_FROM_CRS,
    'upd-unwrap-crs-new': NO_PACKAGE_FROM_CRS,
    'dec-next-peer-psk': NO_PEER_PSK,
    'backdate-midnight-own': 'no variant leaves the user blocked over the end of the month',
    'residue-key-erase': NO_SEARCH,
    'residue-delete': NO_SEARCH,
  },
  'late-cdr': {
    'honest-call-loaded-static': STATIC_BY_MONTH,
    'thief-backdate': NOBODY_REACHED,
  },
  'missed-rekey': {
    'honest-call-back-static': STATIC_BY_MONTH,
    'dec-prev-powered-off': 'no phone can be switched off',
  },
  'crs-overretention': {
    'upd-fetch-past': ALWAYS_REMOVED,
    'dec-prev-fetched': ALWAYS_REMOVED,
  },
  reconfiguration: {
    'residue-replaced': NO_SEARCH,
    'residue-replaced-unlinked': NO_SEARCH,
  },
};
