/**
 * What a scenario may set on its links, and the parameters that come of it: the profile, over it the settings for all links, over those
 * the link's own; in each, single values first, then `netem`, then what holds in one direction only.
 */
import { PROFILES, readNetem, type LinkParameters, type ProfileName } from '../../network/simulated/index.ts';
import { deploymentOf, type Deployment } from '../../devices/deployment.ts';
import { handsetOf, linkOf, type ResolvedScreenplay, type SettingTable } from '../screenplay/index.ts';
import { CRS, MDM } from './standing.ts';

const DEFAULT_PROFILE: ProfileName = 'home-wifi';
const SOURCE = 'tc-netem(8)';

const probability = (summary: string) =>
  ({ kind: 'number', default: 0, min: 0, max: 1, summary, source: SOURCE }) as const;
const milliseconds = (summary: string) =>
  ({ kind: 'number', default: 0, min: 0, max: 3_600_000, summary, source: SOURCE }) as const;
const netem = (summary: string) =>
  ({ kind: 'text', default: '', summary, source: SOURCE, check: checkNetem }) as const;

export const LINK_SETTINGS: SettingTable = {
  delayMs: milliseconds('One-way delay in milliseconds'),
  jitterMs: milliseconds('Spread of the delay in milliseconds'),
  lossRandom: probability('Probability that a packet is lost'),
  duplicate: probability('Probability that a packet arrives twice'),
  netem: netem("Anything else, in netem's words: delay 100ms 20ms 25% loss gemodel 5% 30%"),
  up: netem('The same, toward the server only'),
  down: netem('The same, from the server only'),
};

/** A text is checked over a delay with jitter, for it may refine what the profile says. */
function checkNetem(text: string): void {
  readNetem(text, { delayMs: 1, jitterMs: 1 });
}

/** One link as it is when a run begins. */
export interface LinkSetUp {
  readonly name: string;
  /** The host that uses the server, and the server. */
  readonly ends: readonly [string, string];
  /** Toward the server. */
  readonly up: LinkParameters;
  readonly down: LinkParameters;
}

/** The parameters of a link. Errors: NETWORK_NETEM_SYNTAX, NETWORK_LINK_PARAMETER. */
export function parametersOf(
  name: string,
  { world }: ResolvedScreenplay,
  deployment: Deployment,
): Pick<LinkSetUp, 'up' | 'down'> {
  const { network } = world;
  const own = network.links.find((link) => link.name === name);
  const chosen = deployment['network-profile'];
  const asWritten = network.profile ?? DEFAULT_PROFILE;
  const profile = own?.profile ?? (chosen === 'as-written' ? asWritten : chosen);
  const base = Object.entries(PROFILES).find(([each]) => each === profile)?.[1].parameters ?? {};
  const layers = [network.settings, own?.settings ?? {}];
  const both = layers.reduce<LinkParameters>(
    (below, { netem: text = '', up: _up, down: _down, ...values }) => {
      return readNetem(String(text), { ...below, ...values });
    },
    base,
  );
  const oneWay = (direction: 'up' | 'down'): LinkParameters =>
    layers.reduce((below, settings) => readNetem(String(settings[direction] ?? ''), below), both);
  return { up: oneWay('up'), down: oneWay('down') };
}

/** Every link of a scenario that is not an attacker's, in the order of the world. */
export function linksOf(screenplay: ResolvedScreenplay): readonly LinkSetUp[] {
  const deployment = deploymentOf(screenplay.parameters);
  const { users, devices } = screenplay.world;
  const phones = [
    ...users.flatMap(({ name, handset }) =>
      handset === undefined ? [] : [{ host: handsetOf(name), link: linkOf(name) }],
    ),
    ...devices.flatMap(({ name, handset }) =>
      handset === undefined ? [] : [{ host: name, link: linkOf(name) }],
    ),
  ];
  return phones.flatMap(({ host, link }) => {
    const toMdm = `${host}-${MDM}`;
    return [
      { name: link, ends: [host, CRS] as const, ...parametersOf(link, screenplay, deployment) },
      { name: toMdm, ends: [host, MDM] as const, ...parametersOf(toMdm, screenplay, deployment) },
    ];
  });
}
