/**
 * Routes: by which way an attack reaches what it is after. A closed list, because what ends an exposure is a refusal by the same route:
 * that a thief is kept out of an account says nothing about somebody who controls the CRS.
 */

/** All of them, with what each gives; `<user>` stands for the name of a user. */
export const ROUTES = {
  'own-account': "a session of its own with the CRS under the victim's number",
  'account:<user>': 'a session under the number of another, enrolled user who colludes or was robbed',
  crs: 'from the CRS itself, which the attacker controls',
  tap: 'recordings of links only',
  'tap+crs': 'recordings of links, and the CRS hands over the I_MESSAGEs that it saw',
  given: 'the one thing named is handed to the attacker',
  physical: "the thing itself, or an image of its storage, is in the attacker's hands",
  'on-path': 'an active place on the link of the phone: it can stand in the place of the CRS',
  outside: 'a place on the network without any account',
} as const;

/** A route as an attack states it. */
export type Route = Exclude<keyof typeof ROUTES, 'account:<user>'> | `account:${string}`;
