/** The install gate: on which platforms the app may be installed (clauses para-7, para-7-b1, para-7-b2). */

export interface Platform {
  readonly platform: 'ios' | 'android';
  /** `5.1`, `8.4`. */
  readonly version: string;
}

/** The oldest approved major version of each. */
const OLDEST = { ios: 6, android: 4 } as const;

export function isApproved({ platform, version }: Platform): boolean {
  const major = /^(\d{1,3})(?:\.\d{1,3}){0,3}$/.exec(version)?.[1];
  return major !== undefined && Number(major) >= OLDEST[platform];
}
