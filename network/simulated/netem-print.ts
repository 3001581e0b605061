/**
 * Link parameters in netem's words, and as lines for `tc` on Linux. The words are read back by `netem-read.ts` as the same
 * parameters. What tc cannot do by netem is said beside the line, with the tool that can.
 */
import type { LinkParameters, Reordering } from './link-parameters.ts';
import type { FourState, GilbertElliott } from './loss-models.ts';
import type { Rate } from './rate.ts';

/** `delay 100ms 20ms 25% distribution normal loss gemodel 5% 30% 100% 0%`; empty when nothing is on. */
export function netemOf(parameters: LinkParameters): string {
  const { mtuOctets, block, udpChecksum } = parameters;
  return words(
    ...netemPartsOf(parameters),
    mtuOctets !== undefined && `mtu ${mtuOctets}`,
    block !== undefined && `block ${block}`,
    udpChecksum === false && 'udp-checksum off',
  );
}

/** The commands that make a real interface behave as one direction of a link does. */
export interface TcLines {
  /** To be typed on the machine that sends in this direction; `eth0` stands for its interface. */
  readonly command: string;
  /** What the command leaves out, and how Linux does it. */
  readonly notes: readonly string[];
}

/**
 * Without a `limit` a calldrill link takes any number of packets, and netem 1,000: the line therefore names the largest limit that
 * netem takes.
 */
export function tcOf(parameters: LinkParameters): TcLines {
  const { lossRandom, lossState, lossGemodel, mtuOctets, block, udpChecksum, limitPackets } = parameters;
  const [first, ...furtherLoss] = lossOf(parameters);
  const { distribution, ...rest } = parameters;
  // A uniform jitter is what netem has without a word, and tc has no table of that name.
  const named = distribution === undefined || distribution === 'uniform' ? rest : parameters;
  const parts = netemPartsOf({ ...named, limitPackets: limitPackets ?? LIMIT_NONE }).filter(
    (part) => part === false || !furtherLoss.includes(part),
  );
  const isMixed = [lossRandom, lossState, lossGemodel].filter((each) => each !== undefined).length > 1;
  const { duplicate, delayCorrelation } = parameters;
  return {
    command: words('tc qdisc replace dev eth0 root netem', ...parts),
    notes: [
      ...(isMixed
        ? [
            `netem has one loss model at a time: of '${[first, ...furtherLoss].join(' ')}' only the first is in the line; put the other into a second qdisc`,
          ]
        : []),
      ...(delayCorrelation === undefined
        ? []
        : ['netem loses most of the correlation of a delay, and calldrill does not']),
      ...(duplicate === undefined
        ? []
        : ['netem may lose one of two copies; here a packet is lost or doubled, not both']),
      ...(mtuOctets === undefined ? [] : [`not netem: ip link set dev eth0 mtu ${mtuOctets}`]),
      ...(block === undefined
        ? []
        : [
            `not netem: nft add rule inet filter output ${block === 'all' ? '' : `meta l4proto ${block} `}drop`,
          ]),
      ...(udpChecksum === false ? ['not netem: the sender sets SO_NO_CHECK'] : []),
    ],
  };
}

const LIMIT_NONE = 4_294_967_295;

type Part = string | false;

function netemPartsOf(parameters: LinkParameters): readonly Part[] {
  const { delayMs, jitterMs, delayCorrelation, distribution, limitPackets, reorder, rate } = parameters;
  const { duplicate, duplicateCorrelation, corrupt, corruptCorrelation } = parameters;
  const hasDelay = delayMs !== undefined || jitterMs !== undefined;
  return [
    limitPackets !== undefined && `limit ${limitPackets}`,
    hasDelay &&
      words(
        `delay ${delayMs ?? 0}ms`,
        (jitterMs !== undefined || delayCorrelation !== undefined) && `${jitterMs ?? 0}ms`,
        delayCorrelation !== undefined && percent(delayCorrelation),
        distribution !== undefined && `distribution ${distribution}`,
      ),
    ...lossOf(parameters),
    duplicate !== undefined && likely('duplicate', duplicate, duplicateCorrelation),
    corrupt !== undefined && likely('corrupt', corrupt, corruptCorrelation),
    reorder !== undefined && reorderOf(reorder),
    rate !== undefined && rateOf(rate),
  ];
}

function lossOf({ lossRandom, lossCorrelation, lossState, lossGemodel }: LinkParameters): readonly string[] {
  return [
    ...(lossRandom === undefined ? [] : [likely('loss random', lossRandom, lossCorrelation)]),
    ...(lossState === undefined ? [] : [stateOf(lossState)]),
    ...(lossGemodel === undefined ? [] : [gemodelOf(lossGemodel)]),
  ];
}

function stateOf({ p13, p31, p32, p23, p14 }: FourState): string {
  const given = [p31, p32, p23, p14];
  while (given.length > 0 && given.at(-1) === undefined) given.pop();
  const defaults = [1 - p13, 0, 1, 0];
  return `loss state ${[p13, ...given.map((each, at) => each ?? defaults[at] ?? 0)].map(percent).join(' ')}`;
}

function gemodelOf({ p, r, oneMinusH = 1, oneMinusK = 0 }: GilbertElliott): string {
  return `loss gemodel ${[p, r, oneMinusH, oneMinusK].map(percent).join(' ')}`;
}

function reorderOf({ probability, correlation, gap }: Reordering): string {
  return words(likely('reorder', probability, correlation), gap !== undefined && `gap ${gap}`);
}

function rateOf({ bitsPerSecond, overheadOctets = 0, cellOctets = 0, cellOverheadOctets = 0 }: Rate): string {
  const [unit, size] = RATES.find(
    ([, each]) => bitsPerSecond >= each && Number.isInteger(bitsPerSecond / each),
  ) ?? ['bit', 1];
  const extra = [overheadOctets, cellOctets, cellOverheadOctets];
  while (extra.at(-1) === 0) extra.pop();
  return ['rate', `${bitsPerSecond / size}${unit}`, ...extra].join(' ');
}

const RATES = [
  ['gbit', 1e9],
  ['mbit', 1e6],
  ['kbit', 1e3],
] as const;

function likely(name: string, probability: number, correlation: number | undefined): string {
  return words(`${name} ${percent(probability)}`, correlation !== undefined && percent(correlation));
}

/** Moves the point of the decimal number, so that 0.07 is 7% and not 7.000000000000001%. */
function percent(probability: number): string {
  const [digits = '0', exponent = '0'] = String(probability).split('e');
  return `${Number(Number(`${digits}e${Number(exponent) + 2}`).toPrecision(12))}%`;
}

function words(...parts: readonly Part[]): string {
  return parts.filter((part) => part !== false && part !== '').join(' ');
}
