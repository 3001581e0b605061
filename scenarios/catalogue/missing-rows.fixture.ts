/**
 * Rows of the matrix that shipped scenarios do not have, each with its reason. The table may only shrink: a row that is there and still stands here
 * fails a test, and so does one that is in neither.
 */

const NO_HONEST_CALL = 'no probe has an honest user place a call';
const NO_PEER_PSK = "no attack reads an I_MESSAGE with the PSK of the peer's leg";
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
};
