/** The phones of a world: those that users have, and those that lie about. */
import {
  accountOf,
  handsetOf,
  ownerOf,
  type DeclaredHandset,
  type ResolvedScreenplay,
} from '../language/index.ts';

/** A handset with what the world knows of it beyond its own settings: whose it is, and where its links go. */
export interface Phone {
  /** Its host name. */
  readonly name: string;
  readonly owner: string;
  readonly handset: DeclaredHandset;
  /** What its links are named after. */
  readonly end: string;
  /** The CRS of its owner's account: the one that it has a link to when it is at home. */
  readonly crs: string;
  /** Another VoIP application that it comes with; empty when it comes with none. */
  readonly otherVoip: string;
  /** The number of the SIM in it; empty when there is none. */
  readonly sim: string;
}

/** Those of screenplays that somebody has asked about: all forks of a world have one. */
const known = new WeakMap<ResolvedScreenplay, readonly Phone[]>();

/** Users' phones first, then those declared as devices, each in the order of the file. */
export function phonesOf(screenplay: ResolvedScreenplay): readonly Phone[] {
  let phones = known.get(screenplay);
  if (phones === undefined) known.set(screenplay, (phones = declaredPhones(screenplay)));
  return phones;
}

function declaredPhones({ world }: ResolvedScreenplay): readonly Phone[] {
  const { users, devices } = world;
  return [
    ...users.flatMap(({ name, handset }) =>
      handset === undefined ? [] : [{ name: handsetOf(name), owner: name, handset, end: name }],
    ),
    ...devices.flatMap((device) => {
      const { name, handset } = device;
      return handset === undefined ? [] : [{ name, owner: ownerOf(device), handset, end: name }];
    }),
  ].map((phone) => ({
    ...phone,
    crs: accountOf(world, phone.owner).crs,
    otherVoip: textOf(phone.handset, 'other-voip'),
    sim: textOf(phone.handset, 'sim'),
  }));
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

function textOf({ settings }: DeclaredHandset, name: string): string {
  const text = settings[name];
  return typeof text === 'string' ? text : '';
}
