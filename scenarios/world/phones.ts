/** The phones of a world: those that users have, and those that lie about. */
import { handsetOf, type DeclaredHandset, type ResolvedScreenplay } from '../language/index.ts';

export interface Phone {
  /** Its host name. */
  readonly name: string;
  readonly owner: string;
  readonly handset: DeclaredHandset;
  /** What its links are named after. */
  readonly end: string;
  /** Another VoIP application that it comes with; empty when it comes with none. */
  readonly otherVoip: string;
}

export function phonesOf({ world: { users, devices } }: ResolvedScreenplay): readonly Phone[] {
  return [
    ...users.flatMap(({ name, handset }) =>
      handset === undefined ? [] : [{ name: handsetOf(name), owner: name, handset, end: name }],
    ),
    ...devices.flatMap(({ name, handset, settings }) =>
      handset === undefined ? [] : [{ name, owner: String(settings['owner'] ?? name), handset, end: name }],
    ),
  ].map((phone) => ({ ...phone, otherVoip: otherVoipOf(phone.handset) }));
}

/** Which of so many voices a user talks with: they take turns. */
export function voiceOf({ world: { users } }: ResolvedScreenplay, user: string, voices: number): number {
  return (
    Math.max(
      0,
      users.findIndex((each) => each.name === user),
    ) % Math.max(1, voices)
  );
}

function otherVoipOf({ settings }: DeclaredHandset): string {
  const app = settings['other-voip'];
  return typeof app === 'string' ? app : '';
}
