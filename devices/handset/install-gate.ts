/**
 * The install gate: on which phones the app may be installed (clauses para-7, para-7-b1, para-7-b2), and beside which other
 * applications (para-18-b3).
 */
import type { Rules } from '../rules.ts';

/** An operating system and its version, such as `5.1`: what approval goes by. */
export interface Platform {
  readonly platform: 'ios' | 'android';
  /** `5.1`, `8.4`. */
  readonly version: string;
}

/** The oldest approved major version of each. */
const OLDEST = { ios: 6, android: 4 } as const;

/** Why the app may not be installed beside `otherVoip`, the other VoIP applications; undefined when it may. */
export function objectionTo(
  { platform, version }: Platform,
  otherVoip: readonly string[],
  rules: Rules,
): string | undefined {
  const oldest = OLDEST[platform] + (rules.holds('handset.takes-listed-versions') ? 0 : 1);
  if (rules.holds('handset.approved-platform') && !isSince(oldest, version))
    return `${platform} ${version} is not approved: ${platform} ${OLDEST[platform]} is the oldest that is`;
  if (rules.holds('handset.no-other-voip') && otherVoip.length > 0)
    return `another VoIP application is on it: ${otherVoip.join(', ')}`;
  return undefined;
}

/** Whether one version comes after another, number by number: 10.0 after 9.3, and 9.0 not after 9. */
export function isNewer(version: string, than: string): boolean {
  const [left, right] = [version, than].map((each) => each.split('.').map(Number));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function isSince(oldest: number, version: string): boolean {
  const major = /^(\d{1,3})(?:\.\d{1,3}){0,3}$/.exec(version)?.[1];
  return major !== undefined && Number(major) >= oldest;
}
