/**
 * The device that a process is: built from what the director says of it, on the sockets of this host, with its state from the disk. What
 * the director may ask of it is here too; each ask does what a hand or an eye would do.
 */
import { MILLISECOND } from '../../../sim/clock.ts';
import { fromAscii } from '../../../sim/octets.ts';
import type { Trace } from '../../../sim/trace.ts';
import type { LiveClock, LiveFabric } from '../../../network/live/index.ts';
import { canonicalNumber } from '../../../network/mikey/index.ts';
import { speech } from '../../../network/rtp/index.ts';
import type { Console } from '../../../devices/console/index.ts';
import { Crs, CRS_STATE_MAGIC, crsConsole } from '../../../devices/crs/index.ts';
import { deploymentOf } from '../../../devices/deployment.ts';
import { Contacts } from '../../../devices/contacts.ts';
import { Handset, handsetConsole } from '../../../devices/handset/index.ts';
import { Flash, FLASH_IMAGE_MAGIC, OpticalDisc } from '../../../devices/hardware/index.ts';
import type { Ports } from '../../../devices/ports.ts';
import { Rules } from '../../../devices/rules.ts';
import { CallNames } from '../../world/call-names.ts';
import type { Assets } from '../../world/index.ts';
import { SystemRandom } from '../system-random.ts';
import { controlError } from './errors.ts';
import type { ExchangeFolder } from './exchange-folder.ts';
import { KeptFile, type KeptFileOptions } from './kept-file.ts';
import { ASKS, type Ask, type Setup } from './message.ts';
import { parsePicture } from './picture-file.ts';

/** What a device is built from: the setup as the director sent it, and this host's clock, sockets and folders. */
export interface DeviceBodyOptions {
  readonly setup: Setup;
  readonly clock: LiveClock;
  readonly trace: Trace;
  readonly fabric: LiveFabric;
  readonly assets: Assets;
  readonly exchange: ExchangeFolder;
  /** Folder of its state; it forgets everything with its process when left out. */
  readonly state: string | undefined;
  readonly sync: KeptFileOptions['sync'];
}

/** A built device as its process uses it: its console, what a director may ask of it, and the keeping of its state. */
export interface DeviceBody {
  readonly console: Console;
  /** Who types at its terminal. */
  readonly user: string;
  /** Throws CONTROL_LINE for a wrong number of words, and what the device throws. */
  answer(what: Ask, words: readonly string[]): readonly string[];
  /** Keeps what has changed, if anything has. Resolves when all of its state is on the disk; rejects with CONTROL_STATE_FOLDER. */
  keep(): Promise<void>;
}

/** Errors: CRS_STATE_*, HARDWARE_FLASH_IMAGE for its state, CONTROL_STATE_FOLDER. */
export function deviceBody(options: DeviceBodyOptions): DeviceBody {
  const { setup, clock, trace } = options;
  const ports: Ports = {
    clock,
    random: new SystemRandom(),
    keys: new SystemRandom(),
    trace,
    deployment: deploymentOf(Object.fromEntries(setup.parameters)),
    rules: new Rules([]),
    begins: setup.begins,
  };
  const contacts = new Contacts(
    new Map([...setup.contacts].map(([name, number]) => [name, canonicalNumber(number)])),
  );
  return setup.handset === null
    ? crsBody(options, ports, contacts)
    : handsetBody(options, setup.handset, ports, contacts);
}

function crsBody(options: DeviceBodyOptions, ports: Ports, contacts: Contacts): DeviceBody {
  const { setup, fabric, exchange } = options;
  const file = keptFile(options, 'state', CRS_STATE_MAGIC);
  const crs = new Crs(ports, {
    name: setup.name,
    attachment: fabric.attach(setup.name),
    nameOf: (number) => contacts.nameOf(number),
    ...(file === undefined
      ? {}
      : {
          storage: {
            load: () => file.load(),
            save: (octets) => void file.save(octets).catch(() => undefined),
          },
        }),
  });
  const console = crsConsole(crs, ports.trace);
  return {
    console,
    user: 'crs-admin',
    keep: async () => file?.settled,
    answer: answering(console, {
      insert: ([name = '', file = '']) => {
        const disc = new OpticalDisc(name);
        const octets = exchange.read(file);
        if (octets.length > 0) disc.burn(octets);
        crs.drive.insert(disc, name);
        return [];
      },
      eject: () => {
        crs.drive.eject();
        return [];
      },
      extract: ([file = '']) => written(exchange, file, crs.extract()),
      state: ([file = '']) => written(exchange, file, crs.state),
    }),
  };
}

function handsetBody(
  options: DeviceBodyOptions,
  { user, platform, version, clockOffsetMs, otherVoip, voice, placed }: NonNullable<Setup['handset']>,
  ports: Ports,
  contacts: Contacts,
): DeviceBody {
  const { setup, fabric, exchange, assets } = options;
  const { name } = setup;
  const file = keptFile(options, 'flash', FLASH_IMAGE_MAGIC);
  const image = file?.load();
  const keys = ports.random.stream(`handset:${name}:flash`);
  const flash = image === undefined ? new Flash(keys) : Flash.restore(keys, image);
  let changed = false;
  flash.onChange = () => void (changed = true);
  const names = new CallNames();
  for (const [to, count] of placed) for (let n = 0; n < count; n++) names.next(user, to);
  const says = assets.speech[voice];
  const phone = new Handset(ports, {
    name,
    user,
    attachment: fabric.attach(name),
    platform,
    version,
    clockOffsetMs,
    contacts,
    readQr: assets.readQr,
    flash,
    nextCall: (from, to) => names.next(from, to),
    shield: (shielded) => (shielded ? fabric.unplug(name) : fabric.plug(name)),
    ...(otherVoip === '' ? {} : { otherVoip }),
    ...(says === undefined ? {} : { talk: speech(says) }),
  });
  const console = handsetConsole(phone, ports.trace, contacts, ports.rules);
  return {
    console,
    user,
    keep: async () => {
      if (!changed) return file?.settled;
      changed = false;
      return file?.save(phone.extract());
    },
    answer: answering(console, {
      scan: ([picture = '']) => {
        phone.scan(parsePicture(exchange.read(picture)));
        return [];
      },
      shield: ([shielded]) => {
        phone.shield(shielded === 'yes');
        return [];
      },
      extract: ([image = '']) => written(exchange, image, phone.extract()),
      facts: () => [phone.number ?? '', phone.line, phone.service],
    }),
  };
}

/** Where a device keeps its state. A run begins with new devices: what an earlier one left goes when it begins. */
function keptFile(
  { setup, state, sync }: DeviceBodyOptions,
  ending: string,
  magic: string,
): KeptFile | undefined {
  if (state === undefined) return undefined;
  const file = new KeptFile(state, `${setup.name}.${ending}`, sync === undefined ? {} : { sync });
  if (setup.time === 0) file.forgetOwn(fromAscii(magic));
  return file;
}

type Answers = Partial<Record<Ask, (words: readonly string[]) => readonly string[]>>;

function answering(console: Console, own: Answers): DeviceBody['answer'] {
  const answers: Answers = {
    type: ([by = '', line = '']) => console.type(line, by),
    screen: () => console.screen(),
    complete: ([line = '']) => console.complete(line),
    help: ([command = '']) => console.help(command === '' ? undefined : command),
    ...own,
  };
  return (what, words) => {
    const answer = answers[what];
    if (answer === undefined || words.length !== ASKS[what])
      throw controlError('CONTROL_LINE', `${console.owner} cannot be asked for '${what}' like this`);
    return answer(words);
  };
}

function written(exchange: ExchangeFolder, file: string, octets: Uint8Array): readonly string[] {
  exchange.write(file, octets);
  return [];
}

/** Lag as the answer to an ask. */
export function lagLines({ lag }: LiveClock): readonly string[] {
  return [lag.events, lag.p50, lag.p99, lag.max].map((value) =>
    String(Math.min(value, 3_600_000 * MILLISECOND)),
  );
}
