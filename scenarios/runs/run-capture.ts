/**
 * The capture of a run: every link of its world, or one of them, as one pcapng file. Forks that probes are tried in are other worlds, and are not
 * in it.
 */
import { nearest } from '../../devices/console/index.ts';
import { concat } from '../../sim/octets.ts';
import { LinkCapture } from '../../network/capture/index.ts';
import { SimulatedFabric } from '../../network/simulated/index.ts';
import { assert } from '../../sim/errors.ts';
import type { World } from '../world/world.ts';
import { runError } from './errors.ts';

/** The file, below the folder of its variant. */
export const CAPTURE_FILE = 'capture.pcapng';

/** Octets of a capture that is kept until its run is over. One that is handed on as it is made has no bound. */
const CAPTURE_OCTETS_MAX = 512 * 1024 * 1024;

/** That a run is to be captured, and what becomes of the octets. */
export interface CaptureRequest {
  /** Whether the keys of TLS sessions go into the file. */
  readonly secrets: boolean;
  /** The only link that is captured; all of them when left out. */
  readonly link?: string | undefined;
  /** Takes the octets of the file as they are made. When it is left out they become an artefact of the run. */
  onOctets?(octets: Uint8Array<ArrayBuffer>): void;
}

/**
 * Captures `world` from now on. The function that is returned ends the capture, and gives the file if it was not handed on.
 * Throws RUN_NO_LINK. Errors, from whatever runs the world on: RUN_CAPTURE_FULL.
 */
export function captureOf(world: World, request: CaptureRequest): () => Uint8Array | undefined {
  const { options, clock, fabric } = world;
  const { screenplay, seed, tool } = options;
  assert(fabric instanceof SimulatedFabric, 'what is captured is simulated');
  const { link } = request;
  if (link !== undefined && fabric.linkNamed(link) === undefined) {
    const names = fabric.links.map(({ name }) => name);
    const near = nearest(link, names);
    throw runError('RUN_NO_LINK', `${screenplay.id}/${screenplay.variant.name} has no link '${link}'`, {
      fix: near === undefined ? `There are: ${names.join(', ')}.` : `Did you mean '${near}'?`,
    });
  }
  const file = new KeptOctets();
  const capture = new LinkCapture(fabric, {
    tool,
    title: `${screenplay.id}/${screenplay.variant.name}, seed ${seed}: ${link === undefined ? '' : `${link} alone, `}simulated, in virtual time, with made-up addresses`,
    beginsMs: screenplay.begins,
    clock,
    secrets: request.secrets,
    link,
    onOctets: (octets) => (request.onOctets === undefined ? file.add(octets) : request.onOctets(octets)),
  });
  fabric.show(capture);
  return () => {
    capture.finish();
    return request.onOctets === undefined ? file.whole() : undefined;
  };
}

class KeptOctets {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  add(octets: Uint8Array): void {
    this.#length += octets.length;
    if (this.#length > CAPTURE_OCTETS_MAX)
      throw runError('RUN_CAPTURE_FULL', `a capture of more than ${CAPTURE_OCTETS_MAX} octets`);
    this.#parts.push(octets);
  }

  whole(): Uint8Array {
    return concat(...this.#parts);
  }
}
