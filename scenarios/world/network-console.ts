/**
 * The console `net`: the simulated network in the hands of whoever is said to run it. It changes what links do to packets, cuts and
 * heals, holds and releases, at the virtual time at which the line is typed. No device has such a console: it is how a
 * scenario says what becomes of the network, as `net-admin` by convention, and how a trainer makes trouble in an exercise.
 * Anybody whom a scenario lets type may type here.
 */
import {
  NETEM_WORDS,
  netemOf,
  PROFILE_NAMES,
  PROFILES,
  readNetem,
  tcOf,
  type Link,
  type SimulatedFabric,
} from '../../network/simulated/index.ts';
import {
  choice,
  command,
  Console,
  nameOf,
  optional,
  positional,
  rest,
  type Command,
  type Kind,
  type Reply,
} from '../../devices/console/index.ts';
import type { Trace } from '../../sim/trace.ts';
import { worldError } from './errors.ts';
import { NET } from '../language/standing.ts';

const ALL = 'all';

/** Settings, perhaps for one direction: `toward crs delay 100ms`. */
interface Wanted {
  readonly toward?: string;
  readonly netem: string;
}

/** The console of the whole network of a world. */
export function networkConsole(fabric: SimulatedFabric, trace: Trace): Console {
  const words = wordsOf(fabric);
  return new Console({
    owner: NET,
    title: 'The simulated network',
    trace,
    commands: () => COMMANDS.map((each) => each(words)),
    screen: () => fabric.links.flatMap((each) => stateOf(each)),
  });
}

/** What the words of a line can be, on this network. */
type Words = ReturnType<typeof wordsOf>;

function wordsOf(fabric: SimulatedFabric) {
  const link: Kind<readonly Link[]> = nameOf(
    `a link such as alice-crs, or '${ALL}'`,
    () => [...fabric.links.map(({ name }) => name), ALL],
    (word) => {
      const found = fabric.linkNamed(word);
      return word === ALL ? fabric.links : found === undefined ? undefined : [found];
    },
  );
  const host = nameOf(
    'a host, by the name of its device',
    () => fabric.hosts,
    (word) => fabric.hosts.find((each) => each === word),
  );
  const settings: Kind<string> = {
    wants: 'settings as for tc',
    // Read over a delay with jitter, for it may refine what the link does already.
    read: (text) => {
      readNetem(wantedOf(text).netem, { delayMs: 1, jitterMs: 1 });
      return text;
    },
    offers: () => ['toward', ...fabric.hosts, ...NETEM_WORDS],
  };
  const groups: Kind<string> = {
    wants: 'hosts with a bar between the groups',
    read: (text) => text,
    offers: () => fabric.hosts,
  };
  const direction = {
    toward: optional(choice('toward'), 'followed by the host travelled to: one direction only'),
    host: optional(host, 'the host travelled to'),
  };
  return { fabric, link, host, settings, groups, direction };
}

const linkCommand = ({ link, settings }: Words): Command =>
  command({
    name: 'link',
    summary: "Change what a link does to packets, in netem's words; what is not named stays",
    parameters: {
      link: positional(link, `the link, or '${ALL}'`),
      settings: rest(
        settings,
        'delay, loss, duplicate, corrupt, reorder, rate, limit, mtu, block, udp-checksum, each also off; or clear',
      ),
    },
    examples: [
      'link alice-crs loss gemodel 5% 30%',
      'link alice-crs toward crs delay 100ms 20ms 25% distribution normal',
      'link all delay off loss 2%',
    ],
    run: ({ link: links, settings: text }) => {
      const { toward, netem } = wantedOf(text);
      const hosts = (each: Link): readonly string[] => (toward === undefined ? each.ends : [toward]);
      // All are read before one is changed.
      const changes = links.flatMap((each) =>
        hosts(each).map((end) => ({ each, end, parameters: readNetem(netem, each.parametersToward(end)) })),
      );
      for (const { each, end, parameters } of changes) each.setParameters(parameters, end);
      return links.flatMap((each) => settingsOf(each));
    },
  });

const profileCommand = ({ link }: Words): Command =>
  command({
    name: 'profile',
    summary: 'Make a link one of the named kinds of network; nothing stays of what it was',
    parameters: {
      link: positional(link, `the link, or '${ALL}'`),
      profile: positional(choice(...PROFILE_NAMES), 'the profile'),
    },
    examples: ['profile alice-crs roaming-satellite'],
    run: ({ link: links, profile }) => {
      for (const each of links) each.setParameters(PROFILES[profile].parameters);
      return links.flatMap((each) => settingsOf(each));
    },
  });

const cutCommand = ({ link, direction }: Words): Command =>
  command({
    name: 'cut',
    summary: 'Let nothing through a link, in both directions or one',
    parameters: { link: positional(link, 'the link'), ...direction },
    examples: ['cut alice-crs', 'cut alice-crs toward crs'],
    run: ({ link: links, toward, host: end }) => {
      for (const each of links) each.partition(true, oneOf(toward, end));
      return 'Cut.';
    },
  });

const partitionCommand = ({ fabric, groups }: Words): Command =>
  command({
    name: 'partition',
    summary: 'Let nothing pass between groups of hosts; with > instead of |, from the left to the right only',
    parameters: { groups: rest(groups, 'the hosts') },
    examples: ['partition alice-phone | crs bob-phone', 'partition alice-phone > crs'],
    run: ({ groups: text }) => {
      const oneWay = text.split(' ').includes('>');
      const named = text
        .split(oneWay ? '>' : '|')
        .map((group) => group.split(' ').filter((word) => word !== ''));
      fabric.split(named, oneWay);
      return oneWay ? 'Nothing passes from the left to the right.' : 'Nothing passes between the groups.';
    },
  });

const isolateCommand = ({ fabric, host }: Words): Command =>
  command({
    name: 'isolate',
    summary: 'Let nothing pass between a host and any other',
    parameters: { host: positional(host, 'the host') },
    examples: ['isolate alice-phone'],
    run: ({ host: which }) => {
      fabric.isolate(which);
      return `${which} is alone.`;
    },
  });

const healCommand = ({ fabric, link }: Words): Command =>
  command({
    name: 'heal',
    summary: 'End all partitions, isolations and cuts, or the cut of one link',
    parameters: { link: optional(link, 'the link') },
    examples: ['heal', 'heal alice-crs'],
    run: ({ link: links }) => {
      if (links === undefined) fabric.rejoin();
      for (const each of links ?? fabric.links)
        if (each.ends.some((end) => each.stateToward(end).cut)) each.partition(false);
      return 'Healed.';
    },
  });

const holdCommand = ({ link, direction }: Words): Command =>
  command({
    name: 'hold',
    summary: 'Keep the packets that would arrive over a link',
    parameters: { link: positional(link, 'the link'), ...direction },
    examples: ['hold alice-crs', 'hold alice-crs toward alice-phone'],
    run: ({ link: links, toward, host: end }) => {
      for (const each of links) each.hold(oneOf(toward, end));
      return 'What arrives is kept.';
    },
  });

const releaseCommand = ({ link, direction }: Words): Command =>
  command({
    name: 'release',
    summary: 'Hand over the packets that were kept, in their order',
    parameters: { link: positional(link, 'the link'), ...direction },
    examples: ['release alice-crs'],
    run: ({ link: links, toward, host: end }) => {
      const packets = links.reduce((sum, each) => sum + each.release(oneOf(toward, end)), 0);
      return `${packets} packets go on.`;
    },
  });

const showCommand = ({ fabric, link }: Words): Command =>
  command({
    name: 'show',
    summary: 'Show links: what they do, what they did, and the line for tc that does the same on Linux',
    parameters: { link: optional(link, 'the link') },
    examples: ['show', 'show alice-crs'],
    disturbs: false,
    run: ({ link: links = fabric.links }) => links.flatMap((each) => [...stateOf(each), ...tcLinesOf(each)]),
  });

/** In the order in which they are helped with. */
const COMMANDS: readonly ((words: Words) => Command)[] = [
  linkCommand,
  profileCommand,
  cutCommand,
  partitionCommand,
  isolateCommand,
  healCommand,
  holdCommand,
  releaseCommand,
  showCommand,
];

function wantedOf(text: string): Wanted {
  const [first, toward, ...others] = text.split(' ');
  if (first !== 'toward') return { netem: text };
  if (toward === undefined) throw worldError('WORLD_NO_DIRECTION', `'toward' is not followed by a host`);
  return { toward, netem: others.join(' ') };
}

function oneOf(toward: string | undefined, host: string | undefined): string | undefined {
  if (toward !== undefined && host === undefined)
    throw worldError('WORLD_NO_DIRECTION', `'toward' is not followed by a host`);
  return host;
}

function settingsOf(link: Link): Reply {
  return link.ends.map(
    (end) => `${link.name} toward ${end}: ${netemOf(link.parametersToward(end)) || 'clear'}`,
  );
}

function stateOf(link: Link): Reply {
  return settingsOf(link).map((line, index) => {
    const { cut, held, counts } = link.stateToward(link.ends[index] ?? '');
    const counted = Object.entries(counts).flatMap(([name, count]) =>
      count === 0 ? [] : [`${name} ${count}`],
    );
    const now = [...(cut ? ['cut'] : []), ...(held === undefined ? [] : [`held ${held}`])];
    return [line, ...now, ...counted].join('; ');
  });
}

function tcLinesOf(link: Link): Reply {
  const [a, b] = link.ends;
  return [b, a].flatMap((end, index) => {
    const { command: line, notes } = tcOf(link.parametersToward(end));
    return [`on ${link.ends[index] ?? ''}: ${line}`, ...notes.map((note) => `  (${note})`)];
  });
}
