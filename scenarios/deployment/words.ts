/** The closed lists of the deployment file: what a key may be called and which words a value may be. The loader and the schema share them. */

/** Whether a reference is held. */
export const STATUSES = ['held', 'public', 'not-obtainable'] as const;

/** What keys may have been on when it is thrown away. */
export const MEDIA = ['paper', 'envelopes', 'optical', 'magnetic', 'ssd', 'flash'] as const;

/** Classifications by the marking scheme of 2014, from the lowest. */
export const TIERS = ['OFFICIAL', 'SECRET', 'TOP SECRET'] as const;

/** What the emulator cannot show and a deployment can state, with the part of the catalogue that asks for it. */
export const STATEMENTS: Readonly<Record<string, string>> = {
  'ts-500': 'para-10.c1/ts-500',
  'android-module': 'para-14.c1/module',
  firewall: 'para-17-b2.c1/hardware',
  microphone: 'para-18-b3.c1/microphone',
  'random-source': 'para-19.c1/randomness',
};
