/**
 * A scan for TCP ports of a CRS that a stranger can reach (clause para-17-b2): the attacker's place is in no list, so the declared port is one
 * that should not answer it either, unless only others are asked about. A port is reached when anything answers, a reset too: a port
 * without a listener should not show that there is a server behind it. UDP ports are not scanned, since one that is closed keeps as quiet
 * as one that is filtered.
 */
import { SECOND } from '../../../sim/clock.ts';
import type { Attachment } from '../../../network/fabric.ts';
import type { Kind } from '../../console/index.ts';
import { SIPS_PORT } from '../../signalling/packages.ts';
import {
  firstOf,
  inconclusive,
  opened,
  refused,
  refusedFor,
  type Arm,
  type Attack,
  type Outcome,
} from '../attack.ts';
import { FarEnd } from '../far-end.ts';
import type { Holdings } from '../holdings.ts';
import type { AttackAim } from '../path.ts';
import type { AttackStage } from '../stage.ts';

/** Services that a server is administered, watched or attacked by, the declared port, and its neighbours. */
const WELL_KNOWN = [
  21,
  22,
  23,
  25,
  53,
  80,
  110,
  111,
  123,
  135,
  139,
  143,
  161,
  389,
  443,
  445,
  465,
  514,
  587,
  636,
  873,
  993,
  995,
  1433,
  1521,
  2049,
  2375,
  3306,
  3389,
  5060,
  5062,
  5432,
  5672,
  5900,
  5985,
  6379,
  8000,
  8080,
  8443,
  9000,
  9090,
  9200,
  11211,
  27017,
  SIPS_PORT,
] as const;

const PORT_MAX = 65_535;
/** Ports that are tried at the same time: each is a connection with a port of its own at this end. */
const AT_ONCE_MAX = 8_192;
/** A host that is on no network. */
const NOBODY = 'nobody';
/** Ports that a report names. */
const PORTS_NAMED_MAX = 8;
/** Long enough for three attempts to connect. */
const ANSWER_LIMIT = 5 * SECOND;

/** Both ends are scanned too; 1 to 65,535. */
export type PortRange = readonly [first: number, last: number];

/** How a range is typed: `1-1024`, in order. */
export const PORT_RANGE: Kind<PortRange> = {
  wants: 'a range of ports such as 1-1024',
  read: (word) => {
    const [, first = '', last = ''] = /^(\d{1,5})-(\d{1,5})$/.exec(word) ?? [];
    const range = [Number(first), Number(last)] as const;
    return range[0] >= 1 && range[1] <= PORT_MAX && range[0] <= range[1] ? range : undefined;
  },
};

/** What is scanned, and from where. */
export interface ScanPortsOptions {
  readonly crs: string;
  /** Well-known ports when left out. */
  readonly range: PortRange | undefined;
  /** Leaves the declared port out: it is meant to answer. */
  readonly undeclared: boolean;
  readonly host: () => string;
}

/** Opens when any of the TCP ports answers within 5 s, if only with a reset. */
export class ScanPorts implements Attack {
  readonly #stage: AttackStage;
  readonly #crs: string;
  readonly #undeclared: boolean;
  readonly #ports: readonly number[];
  readonly #host: () => string;

  constructor(stage: AttackStage, { crs, range, undeclared, host }: ScanPortsOptions) {
    this.#stage = stage;
    this.#crs = crs;
    this.#undeclared = undeclared;
    const ports =
      range === undefined
        ? WELL_KNOWN
        : Array.from({ length: range[1] - range[0] + 1 }, (_, index) => range[0] + index);
    this.#ports = undeclared ? ports.filter((port) => port !== SIPS_PORT) : ports;
    this.#host = host;
  }

  aim(): AttackAim {
    return {
      attack: this.#undeclared ? 'scan-ports --undeclared' : 'scan-ports',
      route: 'outside',
      needs: [],
      asset: `ports of ${this.#stage.servers.size > 1 ? this.#crs : 'the CRS'}`,
      capability: 'reach',
      victim: null,
      call: null,
    };
  }

  try(arm: Arm, _held: Holdings, done: (outcome: Outcome) => void): void {
    const crs = this.#crs;
    // Controls: the declared port must answer the same question where nothing guards it, and a host that does not exist must not.
    const [host, ports] = {
      attempt: [crs, this.#ports] as const,
      positive: [crs, [SIPS_PORT]] as const,
      negative: [NOBODY, this.#ports.slice(0, AT_ONCE_MAX)] as const,
    }[arm];
    if (ports.length === 0) return done(inconclusive('there is no port to be scanned'));
    const farEnd = new FarEnd();
    const stop = this.#stage.trace.listen((event) => farEnd.take(event));
    const attach = (): Attachment => {
      const from = this.#host();
      farEnd.from(from);
      return arm === 'positive' ? this.#stage.attachInside(from, crs) : this.#stage.attach(from);
    };
    this.#scan(attach, host, ports, (reached) => {
      stop();
      if (reached.length === 0) {
        const detail = `none of ${ports.length} ports answers`;
        done(refusedFor(farEnd.reasons, () => refused('no-path', { detail }), detail));
      } else
        done(
          opened(
            `${reached.length} of ${ports.length} ports ${reached.length === 1 ? 'answers' : 'answer'}: ${named(reached)}`,
            {},
          ),
        );
    });
  }

  /** So many at once, and then the others. */
  #scan(
    attach: () => Attachment,
    host: string,
    ports: readonly number[],
    done: (reached: readonly number[]) => void,
  ): void {
    this.#scanAtOnce(attach(), host, ports.slice(0, AT_ONCE_MAX), (reached) => {
      const others = ports.slice(AT_ONCE_MAX);
      if (others.length === 0) return done(reached);
      this.#scan(attach, host, others, (more) => done([...reached, ...more]));
    });
  }

  #scanAtOnce(
    attachment: Attachment,
    host: string,
    ports: readonly number[],
    done: (reached: readonly number[]) => void,
  ): void {
    const reached = new Set<number>();
    const race = firstOf(
      this.#stage,
      ANSWER_LIMIT,
      () => inconclusive('that is all'),
      () => {
        attachment.detach();
        this.#stage.clock.schedule(SECOND, () => done([...reached].sort((a, b) => a - b)));
      },
    );
    for (const port of ports) {
      const answered = (): void => {
        if (!race.over) reached.add(port);
      };
      attachment.connect(
        { host, port },
        {
          onOpen: answered,
          onData: () => undefined,
          onClose: ({ reason }) => {
            if (reason === 'refused') answered();
          },
        },
      );
    }
  }
}

function named(ports: readonly number[]): string {
  const more = ports.length - PORTS_NAMED_MAX;
  return ports.slice(0, PORTS_NAMED_MAX).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
